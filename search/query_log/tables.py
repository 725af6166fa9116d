"""The tables of readers' questions: counts added up, thrown away in time, and looked through for suggestions."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from search.asking import AskedDay, AskedQuery
from search.chunks import chunks

_COUNTS = ("asked", "on_site", "found_nothing", "clicks", "positions", "pin_clicks")
_MOST_A_DAY = 20_000  # questions: more is a flood, and would fill the disk
_AT_ONCE = 100  # rows of one statement: SQLite takes 32,766 values, older ones 999
_LATEST = ("text", "folded", "answered_as", "results")

_ADD_UP = """
INSERT INTO {asked_day} (query_id, day, {columns}) VALUES {rows}
ON CONFLICT (query_id, day) DO UPDATE SET {sums}
"""
_SUM = "{name} = {table}.{name} + excluded.{name}"
_TOTALS = """
UPDATE {asked_query} SET
    asked = (SELECT COALESCE(SUM(day.asked), 0) FROM {asked_day} AS day WHERE day.query_id = {asked_query}.id),
    days = (SELECT COUNT(*) FROM {asked_day} AS day WHERE day.query_id = {asked_query}.id AND day.asked > 0)
WHERE id IN ({values})
"""


@dataclass(frozen=True)
class Question:
    """What is kept of a question beside its counts: see AskedQuery."""

    key: str
    text: str
    folded: str
    answered_as: str
    results: int


@dataclass
class Tally:
    """Counts of a question on one day; without the question itself, only clicks."""

    counts: Counter[str] = field(default_factory=Counter)
    question: Question | None = None

    def add(self, later: "Tally") -> None:
        self.counts += later.counts
        self.question = later.question or self.question


def write(tallies: dict[tuple[str, date], Tally]) -> None:
    """Add counts to what is there, by key and day, and take what is written out of `tallies`.

    In short transactions, so that nobody waits long. Clicks on a question that is not known are dropped, and all that
    comes on a day that has had too many questions already.
    """
    for day in {day for _key, day in tallies}:
        if AskedDay.objects.filter(day=day).count() >= _MOST_A_DAY:
            for place in [place for place in tallies if place[1] == day]:
                del tallies[place]
    for some in chunks(sorted(tallies), _AT_ONCE):
        with transaction.atomic():
            _write({place: tallies[place] for place in some})
        for place in some:
            del tallies[place]


def _write(tallies: Mapping[tuple[str, date], Tally]) -> None:
    questions = {key: tally.question for (key, _), tally in tallies.items() if tally.question}
    AskedQuery.objects.bulk_create(
        [AskedQuery(**vars(question)) for question in questions.values()],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=_LATEST,
    )
    ids = dict(AskedQuery.objects.filter(key__in={key for key, _ in tallies}).values_list("key", "pk"))
    known = [(ids[key], day, tally.counts) for (key, day), tally in tallies.items() if key in ids]
    if known:
        row = f"({', '.join(['%s'] * (2 + len(_COUNTS)))})"
        values = [value for pk, day, counts in known for value in (pk, day, *(counts[name] for name in _COUNTS))]
        sums = (_SUM.format(name=name, table=AskedDay._meta.db_table) for name in _COUNTS)
        _execute(_ADD_UP, values, columns=", ".join(_COUNTS), rows=", ".join([row] * len(known)), sums=", ".join(sums))
        _add_up(ids.values())


def forget_old() -> None:
    """Throw away the days before the last SEARCH_LOG_DAYS, and the questions that have no day left."""
    old = AskedDay.objects.filter(day__lte=timezone.localdate() - timedelta(days=settings.SEARCH_LOG_DAYS))
    while ids := list(old.values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            queries = set(AskedDay.objects.filter(pk__in=ids).values_list("query", flat=True))
            AskedDay.objects.filter(pk__in=ids).delete()
            AskedQuery.objects.filter(pk__in=queries, by_day__isnull=True).delete()
            _add_up(queries)


def _add_up(ids: Collection[int]) -> None:
    for some in chunks(ids, _AT_ONCE):
        _execute(_TOTALS, some, values=", ".join(["%s"] * len(some)))


def _execute(sql: str, parameters: Sequence[Any], **parts: str) -> None:
    tables = {"asked_day": AskedDay._meta.db_table, "asked_query": AskedQuery._meta.db_table}
    with connection.cursor() as cursor:
        cursor.execute(sql.format(**tables, **parts), parameters)
