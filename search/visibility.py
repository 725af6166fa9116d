"""Who may be found: pages that an anonymous reader may open, and what hides those that no longer are."""

from collections.abc import Iterable

from search import fanout, memory
from search.chunks import chunks
from search.documents import lineage
from search.engines.base import Exclusion
from search.rows import rows

IDS_PER_QUERY = 5_000

_LIVE = "SELECT id, path FROM {page} WHERE live AND id IN ({values})"
_ROOTS = "SELECT {page}.path FROM {site} JOIN {page} ON {page}.id = {site}.root_page_id"
_BRANCHES = """
SELECT path FROM {page} WHERE NOT live AND numchild > 0 AND depth > 1
UNION SELECT {page}.path FROM {restriction} JOIN {page} ON {page}.id = page_id WHERE restriction_type <> 'none'
"""
_CLOSED = """
SELECT path FROM {page} WHERE path IN ({values}) AND (NOT live OR EXISTS (
    SELECT 1 FROM {restriction} WHERE page_id = {page}.id AND restriction_type <> 'none'))
"""
_PENDING = """
SELECT page_id, indexed_path FROM {outbox}
WHERE version > synced_version AND (indexed_path IS NULL OR indexed_path <> '')
"""


def public_ids(page_ids: Iterable[int]) -> set[int]:
    """Those of `page_ids` that anybody may open now; a query for each 5,000, and two for the state of the site.

    A page is public when it and all its ancestors are live, none of them is restricted, and a site shows
    the tree that it stands in. (Wagtail alone would go on serving what stands below an unpublished page.)
    """
    public: set[int] = set()
    for ids in chunks(page_ids, IDS_PER_QUERY):
        public |= _public_ids(ids)
    return public


def _public_ids(page_ids: list[int]) -> set[int]:
    paths = dict(rows(_LIVE, page_ids))
    roots, closed = memory.recall("roots", _roots), closed_branches()
    return {page_id for page_id, path in paths.items() if path.startswith(roots) and closed.isdisjoint(lineage(path))}


def _roots() -> tuple[str, ...]:
    return tuple(path for (path,) in rows(_ROOTS))


def closed_branches() -> frozenset[str]:
    """The paths of all pages that hide what stands below them: restricted ones, and those that are not live."""
    return memory.recall("closed branches", lambda: frozenset(path for (path,) in rows(_BRANCHES)))


def closed_paths(paths: Iterable[str]) -> set[str]:
    """The paths, among `paths` and their ancestors, of pages that are restricted or not live."""
    candidates = {ancestor for path in paths for ancestor in lineage(path)}
    return {path for some in chunks(sorted(candidates), IDS_PER_QUERY) for (path,) in rows(_CLOSED, some)}


def pending_removals() -> Exclusion:
    """What the index may still hold and must not show: pages changed since, that are not public now.

    Also those that are, but show a picture or file of a restricted collection: the index may hold its words.
    Whole closed sections are excluded by their path, so that a section of thousands costs one clause.
    """
    return memory.recall("pending removals", _pending_removals)


def _pending_removals() -> Exclusion:
    indexed = dict(rows(_PENDING))
    if not indexed:
        return Exclusion()
    public = public_ids(indexed)
    public -= fanout.showing_what_is_closed(public)
    return _exclusion({page_id: path for page_id, path in indexed.items() if page_id not in public})


def _exclusion(hidden: dict[int, str | None]) -> Exclusion:
    closed = closed_paths(path for path in hidden.values() if path)
    tops = tuple(sorted(path for path in closed if not closed.intersection(lineage(path)[:-1])))
    ids = frozenset(page_id for page_id, path in hidden.items() if not (path and path.startswith(tops)))
    return Exclusion(ids=ids, paths=tops)
