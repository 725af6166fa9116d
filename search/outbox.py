"""The outbox: which pages the index has to look at again, written in the transaction of the change."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page

from search import stamps
from search.chunks import chunks
from search.models import OutboxEntry

ROWS_PER_STATEMENT = 5_000  # SQLite takes 32,766 variables in a statement

_UPSERT = """
INSERT INTO {table} (page_id, version, synced_version, lineage, touched_at, changed_at, due_at, attempts, dead, error)
SELECT touched, 1, 0, '', %s, %s, %s, 0, false, '' FROM ({source}) AS pages WHERE true ORDER BY touched
ON CONFLICT (page_id) DO UPDATE SET
    version = {table}.version + 1,
    touched_at = CASE WHEN {table}.version > {table}.synced_version
        THEN {table}.touched_at ELSE excluded.touched_at END,
    changed_at = excluded.changed_at, due_at = excluded.due_at, attempts = 0, dead = false, error = ''
"""
_VALUES = "SELECT column1 AS touched FROM (VALUES {rows}) AS ids"


def touch(pages: QuerySet[Page] | Iterable[int]) -> None:
    """Note that these pages may have changed: a queryset of pages, or ids (of deleted pages too).

    Belongs into the transaction of the change. Bulk writes, which send no signal, call it themselves.
    """
    if isinstance(pages, QuerySet):
        _upsert(*pages.order_by().annotate(touched=F("pk")).values("touched").query.sql_with_params())
        stamps.bump_pages(pages)
    else:
        for ids in chunks(sorted(set(pages)), ROWS_PER_STATEMENT):
            _upsert(_VALUES.format(rows=", ".join(["(%s)"] * len(ids))), ids)
            stamps.bump_pages(Page.objects.filter(pk__in=ids))
    transaction.on_commit(_drain, robust=True)


def _upsert(source: str, parameters: Iterable[Any]) -> None:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    table = connection.ops.quote_name(OutboxEntry._meta.db_table)
    sql = _UPSERT.format(table=table, source=source)
    with connection.cursor() as cursor:
        cursor.execute(sql, [now, now, now, *parameters])


def _drain() -> None:
    from search import sync  # sync stands on the outbox; only this notice goes the other way

    sync.after_commit()


def touch_page(page: Page, created: bool = False) -> bool:
    """Note a change of `page`, and of everything below it where that inherits what has changed; whether it does.

    Of a page just `created` the index holds nothing: no search need leave it out.
    """
    lineage = _lineage(page)
    known = OutboxEntry.objects.filter(pk=page.pk).values_list("lineage", flat=True).first()
    if known == lineage:
        touch([page.pk])
        return False
    touch(subtree(page.path))
    if known and known.split("-")[0] != lineage.split("-")[0]:
        touch(_displaced())
    OutboxEntry.objects.filter(pk=page.pk).update(lineage=lineage, **({"indexed_path": ""} if created else {}))
    return not created


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
