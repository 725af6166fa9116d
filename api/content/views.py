"""What all endpoints of content do alike: read the question, take what is public, fetch what it names, shape it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import local
from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.caching import cached
from api.content import paging, question, searching, selection
from api.content.filters import Filter, Found
from api.content.keeping import UNSTAMPED, state_of_list, state_of_one
from api.content.orders import Order
from api.content.question import Question
from api.content.reading import MAX_ID
from api.content.related import Related
from api.content.selection import Selection
from api.content.serializers import Sparse
from api.errors import NO_CACHE

SHAPES = 256  # selections of fields whose serializers are kept


class SparseShape(local):
    """A serializer with some of its fields: one for each thread, since its fields hold what is being answered."""

    def __init__(self, serializer: type[Sparse], fields: Selection) -> None:
        self._context: dict[str, Any] = {}
        self._serializer = serializer(context=self._context)
        selection.prune(self._serializer, fields)

    def shown(self, things: Sequence[Any], related: Related) -> list[Any]:
        """The things, with all that they name fetched at once."""
        self._context["related"] = related
        self._serializer.collect(list(things))
        return [self._serializer.to_representation(thing) for thing in things]


shape = lru_cache(maxsize=SHAPES)(SparseShape)


class ListViewSet(ViewSet):
    """A list and its single things. `kind` names what they are: a type of page, `image`, `file`, `redirect`."""

    kind: ClassVar[str]
    serializer: ClassVar[type[Sparse]]
    left_out_of_lists: ClassVar[frozenset[str]] = frozenset()  # fields that a list has only where they are named
    filters: ClassVar[tuple[Filter, ...]]
    orders: ClassVar[tuple[Order, ...]]  # the first is the default
    is_searchable: ClassVar[bool] = False
    is_page: ClassVar[bool] = False  # whether an id is a page's, whose own stamp its details have
    made_of: ClassVar[tuple[type[models.Model], ...]]  # whose changes change a list, beside what it names and shows

    def public(self, related: Related) -> Found:
        """All things of this kind that anybody may open."""
        raise NotImplementedError

    def fetched(self, found: Found, fields: Selection) -> Found:
        """The same with what these fields need, and without what they do not."""
        return found

    def completed(self, things: Sequence[Any], fields: Selection) -> Sequence[Any]:
        """The things of one answer, with what no join fetches."""
        return things

    @cached(state_of_list)
    def list(self, request: Request) -> Response:
        """A page of the list."""
        asked = question.of_list(request.query_params, self)
        related = related_to(request)
        part = self._part(asked, related)
        things = self.completed(part.things, asked.fields)
        results = shape(self.serializer, asked.fields).shown(things, related)
        around = {"next": _moved(request, part.next), "previous": _moved(request, part.previous)}
        return Response({"results": results, **around}, headers=NO_CACHE)

    @cached(state_of_one)
    def retrieve(self, request: Request, id: int) -> Response:
        """One thing in full, but for what only those get who name it."""
        fields = question.of_detail(request.query_params, self.serializer)
        fields = fields or self.detail_fields()
        related = related_to(request)
        found = self.fetched(self.public(related), fields).filter(pk=id) if id <= MAX_ID else ()
        if not (things := self.completed(list(found), fields)):
            raise Http404
        return Response(shape(self.serializer, fields).shown(things, related)[0], headers=NO_CACHE)

    def _part(self, asked: Question, related: Related) -> paging.Slice:
        found = asked.narrow(self.fetched(self.public(related), asked.fields), related.visible)
        if asked.search:
            return searching.take(asked, found, "" if self.kind == "page" else self.kind)
        return paging.take(found, asked.order, asked.page_size, asked.cursor, asked.identity)

    @classmethod
    def list_fields(cls) -> Selection:
        """The fields of a list that names none."""
        return selection.all_but(cls.serializer, cls.left_out_of_lists)

    @classmethod
    def detail_fields(cls) -> Selection:
        """The fields of one thing where none is named."""
        return selection.all_but(cls.serializer, UNSTAMPED) if cls.is_page else ()

    @classmethod
    def parameters(cls) -> Iterable[str]:
        """Every parameter that the list takes."""
        names = [item.name for item in cls.filters] + ["sort", "page_size", "cursor", selection.PARAMETER]
        return [*names, "search"] if cls.is_searchable else names


def related_to(request: Request) -> Related:
    """What surrounds the answer to this request."""
    return Related(request.build_absolute_uri("/")[:-1])


def wants(fields: Selection, *names: str) -> bool:
    """Whether one of the fields is asked for (none means all)."""
    return not fields or bool(selection.names(fields) & set(names))


def _moved(request: Request, cursor: str | None) -> str | None:
    """The address of the request, moved on to a cursor."""
    if cursor is None:
        return None
    given = request.query_params.copy()
    given["cursor"] = cursor
    return request.build_absolute_uri(f"?{given.urlencode()}")


class PageViewSet(ListViewSet):
    """Pages of one type, `model`."""

    model: ClassVar[Any]
    body: ClassVar[str] = ""  # the field that holds the text
    is_searchable = True
    is_page = True

    @property
    def made_of(self) -> tuple[type[models.Model], ...]:  # type: ignore[override]
        return (self.model,)

    def public(self, related: Related) -> QuerySet[Any]:
        return related.visible.pages(self.model.objects.all())

    def fetched(self, found: Found, fields: Selection) -> Found:
        found = found.select_related("locale")
        return found if not self.body or wants(fields, "body", "cited_documents") else found.defer(self.body)
