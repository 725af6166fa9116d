"""Stamps: how often each kind of content has changed, for whoever keeps copies of answers.

A stamp is bumped in the transaction of the change, and so is seen with it, and not without it. Who makes an answer
reads the stamps first and the content afterwards: then an answer is never older than its stamp.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from search.models import VersionStamp
from search.rows import moment, rows

Name = type[models.Model] | str

INDEX = "index"  # the readers' index has been written

_watched: set[type[models.Model]] = set()

_FREE = "SELECT id FROM {stamp} WHERE name = %s ORDER BY id LIMIT 1"
_BUMP = "UPDATE {stamp} SET version = version + 1, changed_at = %s WHERE id = ({free})"
_READ = "SELECT name, SUM(version), MAX(changed_at) FROM {stamp} WHERE name IN ({values}) GROUP BY name"
_PAGE = "SELECT 'page', version, changed_at FROM {outbox} WHERE page_id = %s"


@dataclass(frozen=True)
class State:
    """Content as of some moment, by the names that were asked for: how often each has changed, and when last.

    The moments tell states apart as well: after a restore of the database versions begin again where the backup was.
    """

    versions: Mapping[str, int]
    moments: Mapping[str, datetime]

    @property
    def changed_at(self) -> datetime | None:
        """When any of it changed last; None if nothing ever has."""
        return max(self.moments.values(), default=None)


def watch(*kinds: type[models.Model]) -> None:
    """Let changes of these models be stamped; those of pages are in any case."""
    _watched.update(kinds)


def bump(names: Iterable[Name]) -> None:
    """Note a change of each of these; models that nobody watches are passed over."""
    for name in sorted({_text(name) for name in names if _is_stamped(name)}):
        if not _bump(name):
            VersionStamp.objects.create(name=name)


def bump_pages(pages: QuerySet[Page]) -> None:
    """Note a change of the types of these pages, and of pages as such."""
    types = pages.order_by().values_list("content_type_id", flat=True).distinct()
    models_ = [ContentType.objects.get_for_id(pk).model_class() for pk in types]
    if models_:
        bump([Page, *filter(None, models_)])


def read(names: Iterable[Name], page_id: int | None = None) -> State:
    """The state of all that bears these names, and of one page, in one query.

    Raises LookupError for a model whose changes nobody watches: what it says could not be trusted.
    """
    texts = [_text(name) for name in names if _is_stamped(name, strictly=True)]
    parts: list[tuple[str, list[Any]]] = [(_READ, [*texts])] if texts else []
    if page_id is not None:
        parts.append((_PAGE, [page_id]))
    values = ", ".join(["%s"] * len(texts))
    sql = " UNION ALL ".join(part.replace("{values}", values) for part, _ in parts)
    found = rows(sql, [value for _, some in parts for value in some])
    return State({name: int(version) for name, version, _ in found}, {name: moment(at) for name, _, at in found})


def _bump(name: str) -> bool:
    """Count up on a row that is free; False where there is none, or all are held by other transactions."""
    free = _FREE + (" FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else "")
    table = connection.ops.quote_name(VersionStamp._meta.db_table)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_BUMP.replace("{free}", free).format(stamp=table), [now, name])
        return bool(cursor.rowcount)


def _text(name: Name) -> str:
    return name if isinstance(name, str) else name._meta.label_lower


def _is_stamped(name: Name, strictly: bool = False) -> bool:
    stamped = isinstance(name, str) or issubclass(name, Page) or name in _watched
    if strictly and not stamped:
        raise LookupError(f"changes of {name._meta.label} are not stamped: see search.stamps.watch")  # type: ignore[union-attr]
    return stamped
