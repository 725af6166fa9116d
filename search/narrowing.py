"""The filters of a question in the database's own terms, for the time when the index cannot be asked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from search.engines.base import Request
from search.pages import searchable_types

_NOTHING = Q(pk__in=())
_YEAR, _ID = re.compile("[1-8][0-9]{3}"), re.compile("[1-9][0-9]{0,17}")  # as documents write them, and within reach
_BY_THE_TREE = frozenset({"type", "section"})  # facets that need no look-up: every page has a type and a place
_BY_ID = frozenset({"school"})  # facets whose values are ids: look-ups by them take numbers alone


def passing(request: Request) -> PageQuerySet:
    """The searchable pages, live and in no private section, that pass the question's filters and dates.

    Those below an unpublished page are among them: what readers see is checked page by page.
    """
    types = searchable_types()
    chosen = [types[name] for name in request.filters.get("type", types) if name in types]
    found = Page.objects.live().public().type(*chosen)
    if "section" in request.filters:
        found = found.filter(_below(request.filters["section"]))
    if request.filters.keys() - _BY_THE_TREE or request.earliest is not None or request.latest is not None:
        found = found.filter(_any(Q(pk__in=_of_type(model, request)) for model in chosen))
    return found


def _below(sections: Iterable[str]) -> Q:
    paths = Page.objects.filter(pk__in=_numbers(_ID, sections)).values_list("path", flat=True)
    return _any(Q(path__startswith=path) & ~Q(path=path) for path in paths)


def _of_type(model: Any, request: Request) -> PageQuerySet:
    """The pages of one type, by what it says of itself; a type without a facet has no page that passes its filter."""
    found = model.objects.values("pk")
    for condition in _conditions(model.search_lookups, request):
        found = found.filter(condition)
    return found


def _conditions(lookups: Mapping[str, Any], request: Request) -> Iterator[Q]:
    for facet, values in request.filters.items():
        if facet == "year":
            yield _any(_in_year(lookups, year) for year in _numbers(_YEAR, values))
        elif facet in _BY_ID:
            ids = _numbers(_ID, values)
            yield _below(values) | Q(pk__in=ids) | _having(lookups, facet, ids)
        elif facet not in _BY_THE_TREE:
            yield _having(lookups, facet, values)
    if request.earliest is not None:
        yield _dated(lookups, gte=datetime.fromtimestamp(request.earliest, UTC))
    if request.latest is not None:
        yield _dated(lookups, lt=datetime.fromtimestamp(request.latest + 1, UTC))


def _having(lookups: Mapping[str, Any], facet: str, values: Iterable[Any]) -> Q:
    """A type without the facet has no page that passes; one may have it in several places."""
    names = lookups.get(facet, ())
    return _any(Q(**{f"{name}__in": values}) for name in ((names,) if isinstance(names, str) else names))


def _in_year(lookups: Mapping[str, Any], year: int) -> Q:
    """As the site's clocks show it."""
    clocks = timezone.get_default_timezone()
    return _dated(lookups, gte=datetime(year, 1, 1, tzinfo=clocks), lt=datetime(year + 1, 1, 1, tzinfo=clocks))


def _dated(lookups: Mapping[str, Any], **bounds: datetime) -> Q:
    if "date" not in lookups:
        return _NOTHING
    return Q(**{f"{lookups['date']}__{bound}": moment for bound, moment in bounds.items()})


def _numbers(pattern: re.Pattern[str], values: Iterable[str]) -> list[int]:
    return [int(value) for value in values if pattern.fullmatch(value)]


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, _NOTHING)
