"""Lists for readers hold only what anybody may open, and pages offer only files that anybody may download."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.query import PageQuerySet

from search import memory
from search.visibility import closed_branches

Pages = TypeVar("Pages", bound=PageQuerySet)
Media = TypeVar("Media", bound=QuerySet[Any])


def open_to_all(pages: Pages) -> Pages:
    """Those of `pages` that are live, below no unpublished page and in no private section.

    At most one query beside that of the pages, whatever their number.
    """
    closed = Q(pk__in=[])
    for path in sorted(closed_branches()):
        closed |= Q(path__range=(path, path + "Z" * Page.steplen))
    return pages.live().exclude(closed)


def restricted_pages() -> frozenset[str]:
    """The paths of pages with a restriction of their own, and of aliases of such pages."""
    return memory.recall("restricted pages", _restricted_pages)


def _restricted_pages() -> frozenset[str]:
    paths = PageViewRestriction.objects.values_list("page__path", "page__aliases__path")
    return frozenset(path for pair in paths for path in pair if path)


def private_collections() -> tuple[str, ...]:
    """The paths, in the tree of collections, below which pictures and files are not for everybody."""
    return memory.recall("private collections", _private_collections)


def _private_collections() -> tuple[str, ...]:
    restricted = CollectionViewRestriction.objects.exclude(restriction_type=CollectionViewRestriction.NONE)
    return tuple(restricted.values_list("collection__path", flat=True))


def closed_collections() -> frozenset[int]:
    """The ids of private collections and of those below them."""
    return memory.recall("closed collections", _closed_collections)


def _closed_collections() -> frozenset[int]:
    below = Q(pk__in=())
    for path in (paths := private_collections()):
        below |= Q(path__startswith=path)
    return frozenset(Collection.objects.filter(below).values_list("pk", flat=True)) if paths else frozenset()


def in_open_collections(media: Media) -> Media:
    """Those of the pictures or files that are in no private collection."""
    return media.exclude(collection__in=closed_collections())


def open_files(files: Iterable[Any]) -> list[Any]:
    """Those of the files (or pictures) that anybody may download."""
    closed = closed_collections()
    return [file for file in files if file.collection_id not in closed]
