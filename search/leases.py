"""Work on the outbox: pages taken for half a minute, then noted as done, as failed, or given back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from search.chunks import chunks
from search.models import OutboxEntry
from search.outbox import ROWS_PER_STATEMENT

MAX_BACKOFF = timedelta(hours=1)

_SETTLE = """
UPDATE {table}
SET synced_version = done.column2, indexed_path = done.column3, leased_until = NULL, attempts = 0, error = ''
FROM (VALUES {rows}) AS done WHERE page_id = done.column1 AND synced_version < done.column2
"""


@dataclass(frozen=True)
class Lease:
    """A page that this process works on, and the version that it will have dealt with."""

    page_id: int
    version: int


def has_due() -> bool:
    """Whether there is anything to lease; mostly not, and to ask takes no lock."""
    return OutboxEntry.objects.due().exists()


def lease(count: int) -> list[Lease]:
    """Take up to `count` due pages, the longest waiting first; nobody else gets them for half a minute."""
    if count < 1 or not has_due():
        return []
    with transaction.atomic():
        rows = OutboxEntry.objects.due().order_by("due_at", "touched_at", "page_id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        leases = [Lease(*row) for row in rows.values_list("page_id", "version")[:count]]
        _rows(leases).update(leased_until=timezone.now() + OutboxEntry.LEASE)
    return leases


def settle(leases: Iterable[Lease], paths: Mapping[int, str]) -> None:
    """Note that the index has these pages as of the leased version, at `paths` (by id; none: not in the index)."""
    table = connection.ops.quote_name(OutboxEntry._meta.db_table)

    def note(some: Sequence[Lease]) -> None:
        values = [value for one in some for value in (one.page_id, one.version, paths.get(one.page_id, ""))]
        with connection.cursor() as cursor:
            cursor.execute(_SETTLE.format(table=table, rows=", ".join(["(%s, %s, %s)"] * len(some))), values)

    _update(leases, note)


def fail(lease_: Lease, reason: str) -> None:
    """Put a page back, to be tried later and ever later; after MAX_ATTEMPTS it waits for an operator."""
    entry = OutboxEntry.objects.filter(pk=lease_.page_id, version=lease_.version)
    attempts = (entry.values_list("attempts", flat=True).first() or 0) + 1
    entry.update(
        attempts=attempts,
        error=reason,
        dead=attempts >= OutboxEntry.MAX_ATTEMPTS,
        due_at=timezone.now() + min(timedelta(seconds=2**attempts), MAX_BACKOFF),
    )
    _rows([lease_]).update(leased_until=None)


def release(leases: Iterable[Lease]) -> None:
    """Give pages back untried: the index could not be written, which is not their fault."""
    _update(leases, lambda some: _rows(some).update(leased_until=None))


def reserve(page_ids: Sequence[int]) -> None:
    """Keep these pages for whoever has just changed them and will bring in many at once; for half a minute."""
    OutboxEntry.objects.filter(pk__in=page_ids).update(leased_until=timezone.now() + OutboxEntry.LEASE)


def unreserve(page_ids: Sequence[int]) -> None:
    """Let anybody bring these pages in."""
    for some in chunks(page_ids, ROWS_PER_STATEMENT):
        OutboxEntry.objects.filter(pk__in=some).update(leased_until=None)


def _update(leases: Iterable[Lease], act: Callable[[Sequence[Lease]], object]) -> None:
    """`act` on many rows at once, but by itself on each that an editor's transaction holds.

    To hold some rows while waiting for another could be a deadlock, and the database might choose the editor's
    transaction to fail.
    """
    for some in chunks(leases, ROWS_PER_STATEMENT):
        with transaction.atomic():
            free = _free(some)
            if together := [one for one in some if one.page_id in free]:
                act(together)
        for one in some:
            if one.page_id not in free:
                act([one])


def _free(leases: Sequence[Lease]) -> set[int]:
    """The pages whose rows nobody else has locked; they are locked by us now, where the database can."""
    rows = _rows(leases)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return set(rows.values_list("page_id", flat=True))


def _rows(leases: Iterable[Lease]) -> QuerySet[OutboxEntry]:
    return OutboxEntry.objects.filter(pk__in=[lease_.page_id for lease_ in leases])
