"""What anybody may open, as of now: read once for each answer, and applied to every query that makes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Substr
from django.db.models.lookups import Exact
from wagtail.models import Page

from search.rows import rows

NOTHING = Q(pk__in=())
Pages = TypeVar("Pages", bound=QuerySet[Any])

# Literals and no parameters: only so does SQLite see that its partial index holds the unpublished sections.
_STATE = """
SELECT 'site', {page}.id, {page}.path, 1 FROM {site} JOIN {page} ON {page}.id = {site}.root_page_id
UNION ALL
SELECT 'page', id, path, numchild FROM {page} WHERE NOT live AND numchild > 0
UNION ALL
SELECT 'page', {page}.id, {page}.path, {page}.numchild FROM {restriction} JOIN {page} ON {page}.id = page_id
    WHERE restriction_type <> 'none'
UNION ALL
SELECT 'collection', {collection}.id, {collection}.path, 1
    FROM {collection_restriction} JOIN {collection} ON {collection}.id = collection_id
    WHERE restriction_type <> 'none'
"""


@dataclass(frozen=True)
class Visible:
    """What an anonymous reader may open: pages that are live, in a site's tree, below nothing that is closed.

    `roots` are the sites', `closed` the paths of pages that are restricted or (with pages below them) unpublished,
    `leaves` the ids of those among them that nothing stands below, `private` the paths of restricted collections.
    """

    roots: tuple[str, ...]
    closed: tuple[str, ...]
    leaves: tuple[int, ...]
    private: tuple[str, ...]

    @classmethod
    def now(cls) -> "Visible":
        """One query."""
        found = rows(_STATE)
        sections = [path for kind, _id, path, children in found if kind == "page" and children]
        return cls(
            roots=_topmost(path for kind, _id, path, _children in found if kind == "site"),
            closed=_topmost(sections),
            leaves=tuple(key for kind, key, _path, children in found if kind == "page" and not children),
            private=tuple(path for kind, _id, path, _children in found if kind == "collection"),
        )

    def pages(self, found: Pages) -> Pages:
        """Those of the pages that anybody may open."""
        found = found.filter(_any(map(within, self.roots)), live=True)
        if self.closed:
            found = found.exclude(_any(map(subtree, self.closed)))
        return found.exclude(pk__in=self.leaves) if self.leaves else found

    def media(self, found: Pages) -> Pages:
        """Those of the pictures or files that anybody may see."""
        hidden = [Q(collection__path__startswith=path) for path in self.private]
        return found.exclude(_any(hidden)) if hidden else found

    def public_ids(self, page_ids: Iterable[int]) -> list[int]:
        """Those of the pages' ids that are of public ones; one query."""
        return list(self.pages(Page.objects.filter(pk__in=page_ids)).values_list("pk", flat=True))


def subtree(path: str) -> Q:
    """The page at `path` and all below it; a range, which (unlike LIKE) SQLite answers from the index."""
    return Q(path__range=(path, path + "Z" * Page.steplen))


def within(path: str) -> Q:
    """The same for a tree that holds much of everything: no index serves.

    Given the range, SQLite would read the whole tree and sort it, where the index of the order gives the first few.
    """
    return Q(Exact(Substr("path", 1, len(path)), Value(path)))


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, NOTHING)


def _topmost(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths without those that stand below another of them."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not (kept and path.startswith(kept[-1])):
            kept.append(path)
    return tuple(kept)
