"""Reads a question from an address, by the same rules for the API and for the search page.

An empty value counts as absent, for HTML forms send every field that they have. What is wrong is
reported all at once, so that nobody mends an address one mistake at a time.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from search.documents import FACETS
from search.queries import MAX_QUERY_LENGTH, BadQuery, SearchQuery, Sort

MAX_PAGE_SIZE = 100  # results in one answer
MAX_FILTER_VALUES = 50  # of one facet: more is no reader's choice, and each is a clause of the query
SEARCH_PARAMETERS = ("q", "literal", *FACETS, "date_from", "date_to", "sort", "page_size", "cursor", "facets")
SUGGEST_PARAMETERS = ("q",)


class BadParameters(ValueError):
    """An address that asks nothing answerable; `errors` holds a BadQuery for each mistake in it."""

    def __init__(self, *errors: BadQuery) -> None:
        super().__init__("; ".join(f"{error.parameter}: {error.reason}" for error in errors))
        self.errors = errors


def search_query(parameters: QueryDict) -> SearchQuery:
    """The question that an address asks. Raises BadParameters."""
    values, errors = _read(parameters, _SEARCH_FIELDS)
    filters, filter_errors = _read(parameters, dict.fromkeys(FACETS, _filter))
    errors += filter_errors + _unknown(parameters, SEARCH_PARAMETERS)
    if "date_from" in values and "date_to" in values and values["date_from"] > values["date_to"]:
        errors.append(BadQuery("date_from", _("The first day lies after the last day.")))
    if errors:
        raise BadParameters(*errors)
    text = values.pop("q", "")
    return replace(SearchQuery(text=text, filters=filters, page_size=settings.SEARCH_PAGE_SIZE), **values)


def suggest_text(parameters: QueryDict) -> str:
    """What the reader has typed so far. Raises BadParameters."""
    values, errors = _read(parameters, {"q": _text})
    errors += _unknown(parameters, SUGGEST_PARAMETERS)
    if errors:
        raise BadParameters(*errors)
    return values.get("q", "")


def given_once(parameters: QueryDict, names: tuple[str, ...]) -> dict[str, str]:
    """The values of parameters that must be there, each once, and no other. Raises BadParameters."""
    values, errors = _read(parameters, dict.fromkeys(names, _single))
    wrong = {error.parameter for error in errors}
    errors += [BadQuery(name, _("This is needed.")) for name in names if name not in values and name not in wrong]
    errors += _unknown(parameters, names)
    if errors:
        raise BadParameters(*errors)
    return values


def refuse_all(parameters: QueryDict) -> None:
    """For an address that takes no parameters. Raises BadParameters."""
    if errors := _unknown(parameters, ()):
        raise BadParameters(*errors)


def _read(
    parameters: QueryDict, fields: Mapping[str, Callable[[str, list[str]], Any]]
) -> tuple[dict[str, Any], list[BadQuery]]:
    """The values of those `fields` that are given, and what is wrong with the others."""
    values, errors = {}, []
    for name, read in fields.items():
        given = [_cleaned(value) for value in parameters.getlist(name)]
        if any(given):
            try:
                values[name] = read(name, given)
            except BadQuery as error:
                errors.append(error)
    return values, errors


def _unknown(parameters: QueryDict, known: Iterable[str]) -> list[BadQuery]:
    return [BadQuery(name, _("There is no such parameter.")) for name in parameters if name not in known]


def _cleaned(value: str) -> str:
    """Without NUL, which databases refuse; Django has already replaced what is not UTF-8."""
    return value.replace("\0", " ").strip()


def _single(name: str, values: list[str]) -> str:
    if len(values) > 1:
        raise BadQuery(name, _("Give this only once."))
    return values[0]


def _text(name: str, values: list[str]) -> str:
    return _short(name, _single(name, values))


def _short(name: str, value: str) -> str:
    if len(value) > MAX_QUERY_LENGTH:
        raise BadQuery(name, _("Use at most %(limit)d characters.") % {"limit": MAX_QUERY_LENGTH})
    return value


def _filter(name: str, values: list[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(_short(name, value) for value in values if value))
    if len(chosen) > MAX_FILTER_VALUES:
        raise BadQuery(name, _("Give at most %(limit)d values.") % {"limit": MAX_FILTER_VALUES})
    return chosen


def _day(name: str, values: list[str]) -> date:
    text = _single(name, values)
    try:
        # fromisoformat alone would take 20230201 and 2023-W05-1 as well.
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadQuery(name, _("Give a day that exists as year-month-day, such as 2023-11-30."))


def _sort(name: str, values: list[str]) -> Sort:
    text = _single(name, values)
    if text not in list(Sort):
        raise BadQuery(name, _("Choose one of: %(names)s.") % {"names": ", ".join(Sort)})
    return Sort(text)


def _flag(name: str, values: list[str]) -> bool:
    text = _single(name, values)
    if text not in ("true", "false"):
        raise BadQuery(name, _("Give “true” or “false”."))
    return text == "true"


def _page_size(name: str, values: list[str]) -> int:
    text = _single(name, values)
    if re.fullmatch(r"[0-9]{1,3}", text) and 1 <= int(text) <= MAX_PAGE_SIZE:
        return int(text)
    raise BadQuery(name, _("Give a whole number from 1 to %(limit)d.") % {"limit": MAX_PAGE_SIZE})


def _facets(name: str, values: list[str]) -> tuple[str, ...]:
    wanted = dict.fromkeys(part.strip() for value in values for part in value.split(",") if part.strip())
    if wanted.keys() - set(FACETS):
        raise BadQuery(name, _("Choose from: %(names)s.") % {"names": ", ".join(FACETS)})
    return tuple(wanted)


_SEARCH_FIELDS: Mapping[str, Callable[[str, list[str]], Any]] = {
    "q": _text,
    "literal": _flag,
    "date_from": _day,
    "date_to": _day,
    "sort": _sort,
    "page_size": _page_size,
    "cursor": _single,
    "facets": _facets,
}
