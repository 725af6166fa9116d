"""Reads the values of parameters, beside what `search.parameters` reads: numbers, moments, choices."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from search import parameters
from search.queries import BadQuery

Read = Callable[[str, list[str]], Any]

MAX_ID = 2**31 - 1  # what the database's ids reach
_FIRST_DAY, _LAST_DAY = date(1000, 1, 1), date(9000, 1, 1)  # moments further away no clock can count


def ids(name: str, values: list[str]) -> tuple[int, ...]:
    """Numbers of pages, pictures and the like."""
    return tuple(_whole(name, value, MAX_ID) for value in parameters.several(name, values))


def year(name: str, values: list[str]) -> tuple[int, ...]:
    """Years."""
    return tuple(_whole(name, value, 8999, 1000) for value in parameters.several(name, values))


def one_of(choices: Iterable[str]) -> Read:
    """Some of the choices."""
    known = tuple(choices)

    def read(name: str, values: list[str]) -> tuple[str, ...]:
        chosen = parameters.several(name, values)
        if set(chosen) - set(known):
            raise BadQuery(name, _("Choose from: %(names)s.") % {"names": ", ".join(known)})
        return chosen

    return read


def bound(operator: str) -> Read:
    """A moment as the bound `operator` (gte, gt, lte, lt) of a range: the look-up and its value.

    A day takes part as a whole: what is after it begins with the next, what is up to it lasts until then.
    """

    def read(name: str, values: list[str]) -> tuple[str, datetime]:
        text = parameters.single(name, values)
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return operator, _moment(name, text)
        day = parameters.day(name, values)
        return ("gte" if operator in {"gte", "gt"} else "lt"), start_of(day, operator in {"gt", "lte"})

    return read


def start_of(day: date, following: bool = False) -> datetime:
    """The beginning of a day, or of the `following` one, as the site's clocks show it."""
    day = min(max(day, _FIRST_DAY), _LAST_DAY) + timedelta(days=following)
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def _moment(name: str, text: str) -> datetime:
    try:
        found = parse_datetime(text.replace(" ", "+") if "T" in text else text)  # a `+` that was not encoded
    except ValueError:
        found = None
    if found is None or not _FIRST_DAY.year <= found.year < _LAST_DAY.year:
        raise BadQuery(name, _("Give a day (2023-11-30) or a moment (2023-11-30T08:00:00+07:00)."))
    aware = found if timezone.is_aware(found) else timezone.make_aware(found, timezone.get_default_timezone())
    return aware.astimezone(UTC)  # PostgreSQL refuses offsets of more than sixteen hours


def _whole(name: str, value: str, most: int, least: int = 1) -> int:
    if re.fullmatch(r"[0-9]{1,10}", value) and least <= int(value) <= most:
        return int(value)
    raise BadQuery(name, _("Give a whole number from %(least)d to %(most)d.") % {"least": least, "most": most})
