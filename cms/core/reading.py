"""Reads on their way into the database, and from there into the readers' index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from cms.core.models.reads import ReadCount
from search import outbox, stamps
from search.batches import Batch
from search.chunks import chunks

_MOST_WAITING = 20_000  # pages of one process that wait to be written
_AT_ONCE = 300  # rows of one statement: older SQLite takes 999 values
_INDEXED = "reads"  # the stamp that says when the index was last told

_ADD_UP = """
INSERT INTO {table} (page_id, day, count) VALUES {rows}
ON CONFLICT (page_id, day) DO UPDATE SET count = {table}.count + excluded.count
"""


@dataclass
class _Reads:
    count: int = 1

    def add(self, later: "_Reads") -> None:
        self.count += later.count


def add(page_id: int) -> None:
    """Count a read of a page."""
    _waiting.add((page_id, timezone.localdate()), _Reads())


def flush() -> None:
    """Write what waits. What cannot be written now waits on."""
    _waiting.flush()


def forget() -> None:
    """Drop what waits, as a new process has it."""
    _waiting.forget()


def tell_the_index() -> None:
    """Once a day let the index learn how often pages are read; at once, their numbers would be indexed all day long."""
    today = timezone.localdate()
    told_at = stamps.read([_INDEXED]).changed_at
    if told_at and timezone.localdate(told_at) == today:
        return
    read = ReadCount.objects.filter(day__gte=timezone.localdate(told_at) if told_at else date.min)
    with transaction.atomic():
        outbox.touch(set(read.values_list("page_id", flat=True)))
        stamps.bump([_INDEXED])


def _write(tallies: dict[tuple[int, date], _Reads]) -> None:
    """Add to what is there and take what is written out of `tallies`; reads of pages that are gone go with them."""
    for some in chunks(sorted(tallies), _AT_ONCE):
        with transaction.atomic():
            there = set(Page.objects.filter(pk__in={page_id for page_id, _ in some}).values_list("pk", flat=True))
            _add_up({place: tallies[place] for place in some if place[0] in there})
        for place in some:
            del tallies[place]


def _add_up(tallies: Mapping[tuple[int, date], _Reads]) -> None:
    if not tallies:
        return
    rows = ", ".join(["(%s, %s, %s)"] * len(tallies))
    values = [value for (page_id, day), reads in tallies.items() for value in (page_id, day, reads.count)]
    with connection.cursor() as cursor:
        cursor.execute(_ADD_UP.format(table=connection.ops.quote_name(ReadCount._meta.db_table), rows=rows), values)


_waiting = Batch[tuple[int, date], _Reads]("reads", _write, most=_MOST_WAITING)
