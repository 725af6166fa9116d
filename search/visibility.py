"""Who may be found: pages that an anonymous reader may open, and what hides those that no longer are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction, Site

from search.chunks import chunks
from search.engines.base import Exclusion
from search.models import OutboxEntry

IDS_PER_QUERY = 5_000


@dataclass(frozen=True)
class _Place:
    """Where a live page stands: its id and its path in the tree."""

    page_id: int
    path: str


def public_ids(page_ids: Iterable[int]) -> set[int]:
    """Those of `page_ids` that anybody may open now; three queries for each 5,000.

    A page is public when it and all its ancestors are live, none of them is restricted, and a site shows
    the tree that it stands in. (Wagtail alone would go on serving what stands below an unpublished page.)
    """
    return {
        place.page_id
        for ids in chunks(page_ids, IDS_PER_QUERY)
        for place in _public_places(Page.objects.filter(pk__in=ids))
    }


def _public_places(pages: QuerySet[Page]) -> list[_Place]:
    places = [_Place(*row) for row in pages.filter(live=True).values_list("pk", "path")]
    roots = tuple(Site.objects.values_list("root_page__path", flat=True))
    closed = closed_paths(place.path for place in places)
    return [
        place
        for place in places
        if place.path.startswith(roots) and not any(path in closed for path in lineage(place.path))
    ]


def lineage(path: str) -> list[str]:
    """The paths of a page's ancestors and its own, from the root down."""
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]


def closed_paths(paths: Iterable[str]) -> set[str]:
    """The paths, among `paths` and their ancestors, of pages that are restricted or not live."""
    candidates = {ancestor for path in paths for ancestor in lineage(path)}
    restricted = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.NONE)
    return {
        path
        for some in chunks(sorted(candidates), IDS_PER_QUERY)
        for path in Page.objects.filter(path__in=some)
        .filter(Q(live=False) | Q(pk__in=restricted.values("page_id")))
        .values_list("path", flat=True)
    }


def pending_removals() -> Exclusion:
    """What the index may still hold and must not show: pages changed since, that are not public now.

    Whole closed sections are excluded by their path, so that a section of thousands costs one clause.
    """
    entries = OutboxEntry.objects.pending().exclude(indexed_path="").values_list("page_id", "indexed_path")
    indexed = dict(entries)
    if not indexed:
        return Exclusion()
    public = public_ids(indexed)
    return _exclusion({page_id: path for page_id, path in indexed.items() if page_id not in public})


def _exclusion(hidden: dict[int, str | None]) -> Exclusion:
    closed = closed_paths(path for path in hidden.values() if path)
    tops = tuple(sorted(path for path in closed if not closed.intersection(lineage(path)[:-1])))
    ids = frozenset(page_id for page_id, path in hidden.items() if not (path and path.startswith(tops)))
    return Exclusion(ids=ids, paths=tops)
