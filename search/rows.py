"""Plain SQL for what every search asks: the ORM takes longer to build a query than the database to answer it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from search.models import AskedQuery, FacetLabel, OutboxEntry, Pin, Synonym, VersionStamp

_TABLES = {
    name: model._meta.db_table
    for name, model in {
        "page": Page,
        "site": Site,
        "restriction": PageViewRestriction,
        "collection": Collection,
        "collection_restriction": CollectionViewRestriction,
        "outbox": OutboxEntry,
        "label": FacetLabel,
        "synonym": Synonym,
        "pin": Pin,
        "asked_query": AskedQuery,
        "stamp": VersionStamp,
    }.items()
}


def rows(sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """The rows of a statement; in it `{page}` and the like stand for tables, `{values}` for the list of parameters."""
    with connection.cursor() as cursor:
        cursor.execute(sql.format(**_TABLES, values=", ".join(["%s"] * len(values))), values)
        return cursor.fetchall()


def moment(value: datetime | str) -> datetime:
    """A moment out of an expression: SQLite gives it as it stores it, as text without the offset from UTC."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if timezone.is_aware(found) else found.replace(tzinfo=UTC)
