"""The sequence of what the public sees change, for `/changes/` and webhooks: each page's newest change, numbered.

One process at a time numbers, and a number is visible before the next is given: so who has read up to a number has
missed nothing before it, however many write at once.
"""

import logging
from collections.abc import Collection, Iterable, Mapping
from threading import Event

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page

from search import fingerprints, locks
from search.chunks import chunks
from search.engines.base import EngineUnavailable
from search.fingerprints import Fingerprint
from search.models import OutboxEntry, PageChange

logger = logging.getLogger(__name__)

BATCH = 200  # pages numbered in one transaction
BACKLOG = 5 * BATCH  # pages, some seconds' work

news = Event()  # set when this process has committed a change


def after_commit() -> None:
    """Called when a transaction with changes has committed: tells the thread that follows them."""
    news.set()


def adopt() -> None:
    """Let the sequence begin with pages that no signal has told of: those that the migrations made."""
    strangers = Page.objects.exclude(pk__in=OutboxEntry.objects.values("page_id"))
    for ids in chunks(strangers.values_list("pk", flat=True), BATCH):
        rows = [OutboxEntry(page_id=page_id, synced_version=1) for page_id in ids]
        OutboxEntry.objects.bulk_create(rows, ignore_conflicts=True)


def is_backlog() -> bool:
    """Whether more changes wait than are numbered in passing."""
    return OutboxEntry.objects.unsequenced()[:BACKLOG].count() == BACKLOG


def drain() -> int:
    """Number all changes that wait; how many were different for the public. Does nothing while another process does."""
    if not OutboxEntry.objects.unsequenced().exists():
        return 0
    numbered = 0
    try:
        with locks.hold(locks.Lock.SEQUENCE):
            while (batch := _batch()) is not None:
                numbered += batch
    except EngineUnavailable:
        logger.debug("another process numbers the changes")
    return numbered


def last() -> int:
    """The highest number given so far."""
    return PageChange.objects.aggregate(last=Max("seq"))["last"] or 0


def _batch() -> int | None:
    """Number one batch; None when nothing is left that could be.

    The versions are read before the pages: what changes in between waits with a higher version, and comes again.
    """
    waiting = dict(OutboxEntry.objects.unsequenced().order_by("page_id").values_list("page_id", "version")[:BATCH])
    public = fingerprints.of(waiting)
    with transaction.atomic():
        free = _free(waiting)
        changes = _changes(free, public)
        _give_numbers(changes)
        _note(free, waiting)
    return len(changes) if free else None


def _free(page_ids: Collection[int]) -> set[int]:
    """Those whose outbox rows no editor's transaction holds; ours until the end of this one, where the database can.

    To wait for the others could be a deadlock; they come with the next batch.
    """
    rows = OutboxEntry.objects.filter(pk__in=page_ids)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return set(rows.values_list("page_id", flat=True))


def _changes(page_ids: Collection[int], public: Mapping[int, Fingerprint]) -> list[PageChange]:
    """Those of the pages that are not for the public what they were, as they are now; numbers are still to come."""
    known = PageChange.objects.in_bulk(page_ids)
    before = {page_id: known.get(page_id) or PageChange(page_id=page_id, is_public=False) for page_id in page_ids}
    return [before[page_id] for page_id in sorted(before) if _is_different(before[page_id], public.get(page_id))]


def _is_different(change: PageChange, now: Fingerprint | None) -> bool:
    """Whether `now` is something else than `change` says; if so `change` says it afterwards."""
    if now is None:
        was_public, change.is_public = change.is_public, False
        return was_public
    if change.is_public and change.fingerprint == now.value:
        return False
    if not change.is_public:
        change.is_public, change.published_seq = True, 0  # the number that it is about to get
    change.type, change.fingerprint = now.type, now.value
    return True


def _give_numbers(changes: Iterable[PageChange]) -> None:
    changes = list(changes)
    if not changes:
        return
    newest = PageChange.objects.order_by("-seq").first()
    number, now = (newest.seq, max(newest.changed_at, timezone.now())) if newest else (0, timezone.now())
    for seq, change in enumerate(changes, number + 1):
        change.seq, change.changed_at = seq, now  # times rise with the numbers, whatever the clocks say
        change.published_seq = change.published_seq or seq
    fields = [field.name for field in PageChange._meta.fields if not field.primary_key]
    PageChange.objects.bulk_create(changes, update_conflicts=True, unique_fields=["page_id"], update_fields=fields)


def _note(page_ids: Collection[int], versions: Mapping[int, int]) -> None:
    rows = [OutboxEntry(page_id=page_id, sequenced_version=versions[page_id]) for page_id in page_ids]
    OutboxEntry.objects.bulk_update(rows, ["sequenced_version"])
