"""The figures of the search report: what was asked in a period, what became of it, and how that went by days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, FloatField, QuerySet, Sum
from django.db.models.functions import Cast, Least, NullIf
from django.utils import timezone

from search.models import AskedDay, AskedQuery

_CLICKED = F("clicks") + F("pin_clicks")


def first_day(days: int) -> date:
    """The first of the last `days` days, today being the last."""
    return timezone.localdate() - timedelta(days - 1)


def questions(days: int) -> QuerySet[AskedQuery]:
    """The questions of the last `days` days, each with `times`, `nothing`, `click_rate` and `mean_position`.

    A rate is of those asked on the search page: apps do not tell of clicks. Several clicks may follow one question,
    from two pages of its results, so it is cut at 1.
    """
    asked = AskedQuery.objects.filter(by_day__day__gte=first_day(days)).annotate(
        times=Sum("by_day__asked"),
        nothing=Sum("by_day__found_nothing"),
        seen=Sum("by_day__on_site"),
        clicks=Sum("by_day__clicks"),
        pin_clicks=Sum("by_day__pin_clicks"),
        positions=Sum("by_day__positions"),
    )
    return asked.filter(times__gt=0).annotate(
        click_rate=Cast(Least(_CLICKED, F("seen")), FloatField()) / NullIf(F("seen"), 0),
        mean_position=Cast(F("positions"), FloatField()) / NullIf(F("clicks"), 0),
    )


@dataclass(frozen=True)
class Totals:
    """All questions of a period together; rates from 0 to 1, None where there is nothing to compare."""

    asked: int
    different: int
    nothing_rate: float | None
    click_rate: float | None
    mean_position: float | None


def totals(days: int) -> Totals:
    """The sums of the last `days` days."""
    of_period = AskedDay.objects.filter(day__gte=first_day(days), asked__gt=0)
    every = AskedDay.objects.filter(day__gte=first_day(days))
    names = ("asked", "on_site", "found_nothing", "clicks", "pin_clicks", "positions")
    sums: Mapping[str, Any] = every.aggregate(**{f"all_{name}": Sum(name, default=0) for name in names})
    asked, on_site, nothing, clicks, pin_clicks, positions = (sums[f"all_{name}"] for name in names)
    return Totals(
        asked=asked,
        different=of_period.values("query").distinct().count(),
        nothing_rate=nothing / asked if asked else None,
        click_rate=min((clicks + pin_clicks) / on_site, 1.0) if on_site else None,
        mean_position=positions / clicks if clicks else None,
    )


def by_day(days: int) -> Sequence[tuple[date, int, int]]:
    """Of each day of the period: the day, how often something was asked, and how often nothing was found."""
    first = first_day(days)
    counted = AskedDay.objects.filter(day__gte=first).values("day")
    sums = {row["day"]: row for row in counted.annotate(times=Sum("asked"), nothing=Sum("found_nothing"))}
    every = (first + timedelta(number) for number in range(days))
    return [(day, sums[day]["times"], sums[day]["nothing"]) if day in sums else (day, 0, 0) for day in every]
