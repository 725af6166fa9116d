"""The filters of lists: what each is called, how its value is read, and what it lets through."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page

from api.content import reading
from api.content.reading import MAX_ID, Read
from api.content.visibility import NOTHING, Visible, subtree, within
from search import parameters
from search.parameters import MAX_FILTER_VALUES
from search.queries import MAX_QUERY_LENGTH

Found = QuerySet[Any]
Narrow = Callable[[Found, Any, Visible], Found]

LARGE = 2_000  # pages below another: more are not read and sorted for the first few of them

_ID = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string", "minLength": 1, "maxLength": MAX_QUERY_LENGTH}
_BOUNDS = {"gte": "at or after", "gt": "after", "lte": "at or before", "lt": "before"}


def _many(values: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "maxItems": MAX_FILTER_VALUES, "items": dict(values)}


YEARS = _many({"type": "integer", "minimum": 1000, "maximum": 8999})


@dataclass(frozen=True)
class Filter:
    """A parameter that narrows a list. `facet` is the search index's facet that says the same, if there is one."""

    name: str
    description: str
    schema: Mapping[str, Any]
    read: Read
    narrow: Narrow
    facet: str = ""

    @property
    def is_repeatable(self) -> bool:
        return self.schema.get("type") == "array"


def ids(name: str = "id", description: str = "Only those with these ids.") -> Filter:
    """The things with these ids."""
    return Filter(name, description, _many(_ID), reading.ids, lambda found, keys, _visible: found.filter(pk__in=keys))


def texts(name: str, lookup: str, description: str, facet: str = "") -> Filter:
    """What has exactly one of these values."""
    return Filter(name, description, _many(_TEXT), parameters.several, _having(lookup), facet)


def subquery(name: str, narrow: Narrow, description: str, facet: str = "") -> Filter:
    """What another table says has to do with one of these values."""
    return Filter(name, description, _many(_TEXT), parameters.several, narrow, facet)


def choices(name: str, narrow: str | Narrow, known: Iterable[str], description: str, facet: str = "") -> Filter:
    """What has one of these of the values that there are, by a look-up or otherwise."""
    values = list(known)
    schema = _many({"type": "string", "enum": values})
    by = _having(narrow) if isinstance(narrow, str) else narrow
    return Filter(name, description, schema, reading.one_of(values), by, facet)


def linked(name: str, condition: Callable[[list[int]], Q], description: str, facet: str = "") -> Filter:
    """What has to do with one of these pages; a page that is not public has nothing to do with anything."""

    def narrow(found: Found, keys: Iterable[int], visible: Visible) -> Found:
        return found.filter(condition(visible.public_ids(keys)))

    return Filter(name, description, _many(_ID), reading.ids, narrow, facet)


def flag(name: str, condition: Q, description: str) -> Filter:
    """What meets a condition (`true`) or does not (`false`)."""

    def narrow(found: Found, value: bool, _visible: Visible) -> Found:
        return found.filter(condition) if value else found.exclude(condition)

    return Filter(name, description, {"type": "boolean"}, parameters.flag, narrow)


def moments(name: str, lookup: str, what: str) -> tuple[Filter, ...]:
    """A range of moments."""

    def narrow(found: Found, value: tuple[str, Any], _visible: Visible) -> Found:
        return found.filter(**{f"{lookup}__{value[0]}": value[1]})

    return tuple(
        Filter(
            f"{name}__{operator}",
            f"Only what {what} {words} this moment (`2023-11-30T08:00:00+07:00`) or whole day (`2023-11-30`).",
            {"anyOf": [{"type": "string", "format": "date-time"}, _DAY]},
            reading.bound(operator),
            narrow,
        )
        for operator, words in _BOUNDS.items()
    )


def days(name: str, lookup: str, what: str) -> tuple[Filter, ...]:
    """A range of days."""
    return tuple(
        Filter(
            f"{name}__{operator}", f"Only what {what} {words} this day.", _DAY, parameters.day, _by(lookup, operator)
        )
        for operator, words in _BOUNDS.items()
    )


def on_day(lookup: str, what: str) -> Filter:
    """One day, as the site's clocks show it."""

    def narrow(found: Found, day: Any, _visible: Visible) -> Found:
        start, end = reading.start_of(day), reading.start_of(day, following=True)
        return found.filter(**{f"{lookup}__gte": start, f"{lookup}__lt": end})

    return Filter("on", f"Only what {what} on this day, such as `2023-11-08`.", _DAY, parameters.day, narrow)


def years(lookup: str, what: str, facet: str = "") -> Filter:
    """Years, as the site's clocks show them."""

    def narrow(found: Found, chosen: Iterable[int], _visible: Visible) -> Found:
        condition = NOTHING
        for year in chosen:
            start, end = reading.start_of(date(year, 1, 1)), reading.start_of(date(year, 12, 31), following=True)
            condition |= Q(**{f"{lookup}__gte": start, f"{lookup}__lt": end})
        return found.filter(condition)

    return Filter("year", f"Only what {what} in this year, such as `2023`.", YEARS, reading.year, narrow, facet)


def _by(lookup: str, operator: str) -> Narrow:
    return lambda found, value, _visible: found.filter(**{f"{lookup}__{operator}": value})


def _having(lookup: str) -> Narrow:
    return lambda found, values, _visible: found.filter(**{f"{lookup}__in": values})


def below(keys: Iterable[int]) -> Q:
    """Pages below one of these."""
    condition = NOTHING
    for path in Page.objects.filter(pk__in=list(keys)).values_list("path", flat=True):
        condition |= _tree(path) & ~Q(path=path)
    return condition


def _directly_below(keys: Iterable[int]) -> Q:
    condition = NOTHING
    for path, depth in Page.objects.filter(pk__in=list(keys)).values_list("path", "depth"):
        condition |= _tree(path) & Q(depth=depth + 1)
    return condition


def _tree(path: str) -> Q:
    """The page at `path` and all below it, in the way that suits their number."""
    some = Page.objects.filter(subtree(path)).order_by().values_list("pk")[:LARGE]
    return within(path) if len(some) == LARGE else subtree(path)


# What every type of page can be filtered by.
OF_PAGES = (
    ids(),
    texts("slug", "slug", "Only pages with this last part of the address."),
    texts("language", "locale__language_code", "Only pages in this language (BCP 47), such as `vi`."),
    linked("child_of", _directly_below, "Only pages directly below the page with this id."),
    linked("descendant_of", below, "Only pages below the page with this id, at any depth."),
    linked("section", below, "Only pages in the section with this id, or below it.", facet="section"),
    *moments("first_published_at", "first_published_at", "was first published on this site"),
    *moments("changed_at", "last_published_at", "was last published or changed"),
)


def of_school(named: Callable[[list[int]], Q]) -> Filter:
    """What stands below a school's page, or names the school: as the search understands it."""
    text = "Only what belongs to the school with this id, or names it."
    return linked("school", lambda keys: below(keys) | named(keys), text, facet="school")
