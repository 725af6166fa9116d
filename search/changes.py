"""What was published, changed or removed since a place in the sequence: for apps that keep a copy, and for webhooks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from search import sequencer
from search.models import PageChange
from search.visibility import public_ids


@dataclass(frozen=True)
class Change:
    """What has become of a page by `seq`. Of a removed one nothing is told but that it is gone."""

    seq: int
    page_id: int
    type: str
    kind: PageChange.Kind
    changed_at: datetime


def since(position: int, limit: int, *, types: Collection[str] = (), began: int = 0) -> list[Change]:
    """Up to `limit` changes after `position`, in order; those of `types` alone, where some are named.

    Who began with nothing at the number `began` needs to hear of no removal before it. A page that is not public any
    more counts as removed already while the sequencer is still to say so.
    """
    rows = PageChange.objects.filter(seq__gt=position).exclude(is_public=False, seq__lte=began).order_by("seq")
    if types:
        rows = rows.filter(type__in=types)
    return _told(list(rows[:limit]), position)


def is_history(position: int, told_at: datetime) -> bool:
    """Whether what was told at `told_at` of the numbers up to `position` still holds: no backup was restored since.

    Times rise with the numbers. Numbers that were given again have later times, and those not given again are missing.
    """
    if position > sequencer.last():
        return False
    newest = PageChange.objects.filter(seq__lte=position).order_by("-seq").first()
    return newest is None or newest.changed_at <= told_at


def _told(rows: Sequence[PageChange], position: int) -> list[Change]:
    public = public_ids(row.page_id for row in rows if row.is_public)
    return [
        Change(
            seq=row.seq,
            page_id=row.page_id,
            type=row.type,
            kind=row.kind_since(position) if row.page_id in public else PageChange.Kind.REMOVED,
            changed_at=row.changed_at,
        )
        for row in rows
    ]
