"""A month of a calendar on the wall: weeks of days, with what happens on each."""

import re
from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from cms.events.models import EventPage

_MONTH = re.compile("(19|20|21)([0-9]{2})-(0[1-9]|1[0-2])")  # as far as anybody turns the leaves


@dataclass(frozen=True)
class Day:
    """A day on the leaf; those of the months before and after fill its first and last week."""

    date: date
    inside: bool
    events: tuple["EventPage", ...]


@dataclass(frozen=True)
class Month:
    """A month by its first day."""

    first: date

    @classmethod
    def asked(cls, text: str, today: date) -> "Month":
        """The month that an address names, such as 2023-11; this one where it names none."""
        found = _MONTH.fullmatch(text)
        return cls(date(int(found[1] + found[2]), int(found[3]), 1) if found else today.replace(day=1))

    @property
    def next(self) -> "Month":
        return Month((self.first + timedelta(days=31)).replace(day=1))

    @property
    def previous(self) -> "Month":
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def name(self) -> str:
        """As addresses name it."""
        return f"{self.first:%Y-%m}"

    @property
    def begins(self) -> datetime:
        """Its first moment by the site's clocks."""
        return datetime(self.first.year, self.first.month, 1, tzinfo=timezone.get_default_timezone())

    def weeks(self, events: Iterable["EventPage"]) -> list[list[Day]]:
        """Its weeks, from Monday on."""
        spans = [(timezone.localdate(event.starts_at), timezone.localdate(event.ends_at), event) for event in events]

        def on(day: date) -> Day:
            here = tuple(event for first, last, event in spans if first <= day <= last)
            return Day(day, day.month == self.first.month, here)

        leaf = Calendar().monthdatescalendar(self.first.year, self.first.month)
        return [[on(day) for day in week] for week in leaf]
