"""The outbox: which pages the index has to look at again, written in the transaction of the change."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page

from search.chunks import chunks
from search.models import OutboxEntry

ROWS_PER_STATEMENT = 5_000  # SQLite takes 32,766 variables in a statement
MAX_BACKOFF = timedelta(hours=1)

_UPSERT = """
INSERT INTO {table} (page_id, version, synced_version, lineage, touched_at, due_at, attempts, dead, error)
SELECT touched, 1, 0, '', %s, %s, 0, false, '' FROM ({source}) AS pages WHERE true ORDER BY touched
ON CONFLICT (page_id) DO UPDATE SET
    version = {table}.version + 1,
    touched_at = CASE WHEN {table}.version > {table}.synced_version
        THEN {table}.touched_at ELSE excluded.touched_at END,
    due_at = excluded.due_at, attempts = 0, dead = false, error = ''
"""
_VALUES = "SELECT column1 AS touched FROM (VALUES {rows}) AS ids"


@dataclass(frozen=True)
class Lease:
    """A page that this process works on, and the version that it will have dealt with."""

    page_id: int
    version: int


def touch(pages: QuerySet[Page] | Iterable[int]) -> None:
    """Note that these pages may have changed: a queryset of pages, or ids (of deleted pages too).

    Belongs into the transaction of the change. Bulk writes, which send no signal, call it themselves.
    """
    if isinstance(pages, QuerySet):
        _upsert(*pages.order_by().annotate(touched=F("pk")).values("touched").query.sql_with_params())
    else:
        for ids in chunks(sorted(set(pages)), ROWS_PER_STATEMENT):
            _upsert(_VALUES.format(rows=", ".join(["(%s)"] * len(ids))), ids)
    transaction.on_commit(_drain, robust=True)


def _upsert(source: str, parameters: Iterable[Any]) -> None:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    table = connection.ops.quote_name(OutboxEntry._meta.db_table)
    sql = _UPSERT.format(table=table, source=source)
    with connection.cursor() as cursor:
        cursor.execute(sql, [now, now, *parameters])


def _drain() -> None:
    from search import sync  # sync stands on the outbox; only this notice goes the other way

    sync.after_commit()


def touch_page(page: Page) -> None:
    """Note a change of `page`, and of everything below it where that inherits what has changed."""
    lineage = _lineage(page)
    known = OutboxEntry.objects.filter(pk=page.pk).values_list("lineage", flat=True).first()
    if known == lineage:
        touch([page.pk])
        return
    touch(subtree(page.path))
    if known and known.split("-")[0] != lineage.split("-")[0]:
        touch(_displaced())
    OutboxEntry.objects.filter(pk=page.pk).update(lineage=lineage)


def _displaced() -> QuerySet[Page]:
    """Pages that stand elsewhere in the tree than the index thinks: a move shifts siblings, silently."""
    indexed_path = OutboxEntry.objects.filter(page_id=OuterRef("pk")).values("indexed_path")
    return (
        Page.objects.annotate(indexed_path=Subquery(indexed_path))
        .exclude(indexed_path="")
        .exclude(path=F("indexed_path"))
    )


def _lineage(page: Page) -> str:
    """Digests of a page's place, and of what else descendants show or obey: address, title, whether it is live."""
    return f"{_digest(page.path)}-{_digest(repr((page.url_path, page.title, page.live)))}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=7).hexdigest()


def subtree(path: str) -> QuerySet[Page]:
    """The page at `path` and all below it; a range, which (unlike LIKE) SQLite answers from the index."""
    return Page.objects.filter(path__range=(path, path + "Z" * Page.steplen))


def lease(count: int) -> list[Lease]:
    """Take up to `count` due pages, the longest waiting first; nobody else gets them for a minute."""
    if count < 1 or not OutboxEntry.objects.due().exists():  # mostly so, and it spares taking the write lock
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
    for lease_ in leases:
        OutboxEntry.objects.filter(pk=lease_.page_id, synced_version__lt=lease_.version).update(
            synced_version=lease_.version,
            indexed_path=paths.get(lease_.page_id, ""),
            leased_until=None,
            attempts=0,
            error="",
        )


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
    _rows(leases).update(leased_until=None)


def _rows(leases: Iterable[Lease]) -> QuerySet[OutboxEntry]:
    return OutboxEntry.objects.filter(pk__in=[lease_.page_id for lease_ in leases])
