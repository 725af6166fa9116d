"""Pages that list others of one type, a slice at a time."""

from collections.abc import Hashable
from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.query import PageQuerySet

from search import memory


class _Counted(Paginator):
    """Knows how many there are without counting them again as long as nothing changes."""

    name: Hashable

    @cached_property
    def count(self) -> int:
        return memory.recall(("count", self.name), lambda: self.object_list.count())


def slice_of(found: PageQuerySet, request: HttpRequest, size: int, name: Hashable = None) -> Slice:
    """The slice that the address asks for by `page`; a nonsensical one gives the nearest.

    `name` says what is listed, if that is the same for everybody and at any time.
    """
    pages = Paginator(found, size) if name is None else _Counted(found, size)
    pages.name = name
    return pages.get_page(request.GET.get("page"))


def address_without_page(request: HttpRequest) -> str:
    """What stands before `page=` in links to other slices: the address's other parameters."""
    parameters: Any = request.GET.copy()
    parameters.pop("page", None)
    return f"{parameters.urlencode()}&" if parameters else ""
