"""Lists for readers hold only what anybody may open, and pages offer only files that anybody may download."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Collection, CollectionViewRestriction, Page
from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound=PageQuerySet)
Media = TypeVar("Media", bound=QuerySet[Any])


def open_to_all(pages: Pages) -> Pages:
    """Those of `pages` that are live, below no unpublished page and in no private section.

    Two queries beside that of the pages, whatever their number.
    """
    unpublished = Page.objects.filter(live=False, numchild__gt=0, depth__gt=1).values_list("path", flat=True)
    below_unpublished = Q(pk__in=[])
    for path in unpublished:
        below_unpublished |= Q(path__range=(path, path + "Z" * Page.steplen))
    return pages.live().public().exclude(below_unpublished)


def private_collections() -> tuple[str, ...]:
    """The paths, in the tree of collections, below which pictures and files are not for everybody; one query."""
    restricted = CollectionViewRestriction.objects.exclude(restriction_type=CollectionViewRestriction.NONE)
    return tuple(restricted.values_list("collection__path", flat=True))


def closed_collections(request: HttpRequest | None) -> frozenset[int]:
    """The ids of private collections and of those below them; looked up once for each request."""
    if request is None:
        return _closed_collections()
    if not hasattr(request, "closed_collections"):
        request.closed_collections = _closed_collections()
    return request.closed_collections


def _closed_collections() -> frozenset[int]:
    paths = private_collections()
    below = Q(pk__in=())
    for path in paths:
        below |= Q(path__startswith=path)
    return frozenset(Collection.objects.filter(below).values_list("pk", flat=True)) if paths else frozenset()


def in_open_collections(media: Media) -> Media:
    """Those of the pictures or files that are in no private collection; one query beside theirs."""
    hidden = Q(pk__in=())
    for path in private_collections():
        hidden |= Q(collection__path__startswith=path)
    return media.exclude(hidden)


def open_files(files: Iterable[Any]) -> list[Any]:
    """Those of the files (or pictures, with their collections) that anybody may download."""
    private = private_collections()
    return [file for file in files if not file.collection.path.startswith(private)]
