"""Brings changes to receivers: queued in the order of their numbers, sent, tried again for a day.

Receivers do not wait for each other: each has a thread of its own while it has something to get, and one at a time in
all processes together.
"""

import json
import logging
from datetime import UTC, timedelta
from threading import BoundedSemaphore, Thread

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from standardwebhooks import Webhook

from api.content.kinds import api_path
from api.webhooks import sending
from api.webhooks.models import Delivery, Receiver
from search import changes, sequencer
from search.changes import Change
from search.models import PageChange

logger = logging.getLogger(__name__)

BATCH = 100  # changes queued in one transaction
# Between the attempts; all together a little less than a day.
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 8 * 3600, 8 * 3600))
LEASE = timedelta(minutes=2)  # longer than an attempt can take
KEPT = timedelta(days=30)  # in the log
LANES = 32  # receivers that are sent to at once

_free_lanes = BoundedSemaphore(LANES)
GONE = 410


def follow() -> None:
    """Queue what is new, and begin to send what is due. Returns at once: others wait for their turn."""
    queue()
    for receiver_id in _with_something_due().values_list("pk", flat=True):
        if not _free_lanes.acquire(blocking=False):
            return
        Thread(target=_lane, args=(receiver_id,), name=f"webhooks-{receiver_id}", daemon=True).start()


def _lane(receiver_id: int) -> None:
    try:
        deliver(receiver_id)
    except Exception:
        logger.exception("Webhooks of receiver %d could not be sent", receiver_id)
    finally:
        connection.close()
        _free_lanes.release()


def forget() -> None:
    """Drop what is finished and old from the log."""
    Delivery.objects.filter(finished_at__lt=timezone.now() - KEPT).delete()


# Queueing


def queue() -> None:
    """Note for each active receiver the changes that it wants, up to the newest."""
    newest = sequencer.last()
    for receiver_id in Receiver.objects.filter(is_active=True, position__lt=newest).values_list("pk", flat=True):
        while _queue_batch(receiver_id):
            pass


def _queue_batch(receiver_id: int) -> bool:
    """Whether there may be more."""
    with transaction.atomic():
        receiver = Receiver.objects.select_for_update().filter(pk=receiver_id, is_active=True).first()
        if receiver is None:
            return False
        found = changes.since(receiver.position, BATCH)
        for change in found:
            if receiver.wants(change.kind, change.type):
                _queue_one(receiver, change)
        if found:
            receiver.position = found[-1].seq
            receiver.save(update_fields=["position"])
    return len(found) == BATCH


def _queue_one(receiver: Receiver, change: Change) -> None:
    """An older change of the page that still waits gives way; a publication nobody has heard of stays one."""
    older = receiver.deliveries.waiting().filter(page_id=change.page_id, seq__lt=change.seq)
    kind = change.kind
    if kind == PageChange.Kind.CHANGED and older.filter(kind=PageChange.Kind.PUBLISHED).exists():
        kind = PageChange.Kind.PUBLISHED
    older.update(status=Delivery.Status.SUPERSEDED, finished_at=timezone.now())
    receiver.deliveries.create(seq=change.seq, kind=kind, page_id=change.page_id, page_type=change.type)


# Sending


def _with_something_due() -> QuerySet[Receiver]:
    due = Delivery.objects.due().filter(receiver=OuterRef("pk"))
    return _free(Receiver.objects.filter(Exists(due)))


def _free(receivers: QuerySet[Receiver]) -> QuerySet[Receiver]:
    now = timezone.now()
    return receivers.filter(Q(leased_until=None) | Q(leased_until__lt=now), is_active=True)


def deliver(receiver_id: int) -> None:
    """Send all that is due to one receiver, unless that is being done already."""
    receivers = Receiver.objects.filter(pk=receiver_id)
    if not _free(receivers).update(leased_until=timezone.now() + LEASE):
        return
    try:
        while delivery := _next(receiver_id):
            receivers.update(leased_until=timezone.now() + LEASE)
            with translation.override(settings.LANGUAGE_CODE):  # the log is for editors
                attempt(delivery)
    finally:
        receivers.update(leased_until=None)


def _next(receiver_id: int) -> Delivery | None:
    due = Delivery.objects.due().filter(receiver=receiver_id, receiver__is_active=True)
    return due.select_related("receiver").order_by("seq").first()


def attempt(delivery: Delivery) -> None:
    """Send once, and note what came of it."""
    body = json.dumps(payload(delivery)).encode()
    answer = sending.post(delivery.receiver.url, body, signed(delivery, body))
    note = _succeeded if answer.is_success else _failed
    note(delivery, answer)


def payload(delivery: Delivery) -> dict[str, object]:
    """What is sent: which page and what became of it. No word of the page itself, which may have been closed since."""
    removed = delivery.kind == PageChange.Kind.REMOVED
    address = settings.WAGTAILADMIN_BASE_URL + api_path(delivery.page_type, delivery.page_id)
    return {
        "type": f"page.{delivery.kind}",
        "timestamp": timezone.localtime(delivery.created_at).isoformat(),
        "data": {
            "id": delivery.page_id,
            "type": delivery.page_type,
            "api_url": None if removed else address,
            "seq": delivery.seq,
        },
    }


def signed(delivery: Delivery, body: bytes) -> dict[str, str]:
    """The headers of the Standard Webhooks scheme; with two signatures while a secret is being replaced."""
    now, message = timezone.now().astimezone(UTC), f"msg_{delivery.pk.hex}"
    secrets = delivery.receiver.signing_secrets(now)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Trang-Webhooks/1",
        "webhook-id": message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(message, now, body.decode()) for secret in secrets),
    }


def _succeeded(delivery: Delivery, answer: sending.Answer) -> None:
    delivery.finish(Delivery.Status.DELIVERED, attempts=delivery.attempts + 1, answer=answer.status, problem="")
    Receiver.objects.filter(pk=delivery.receiver_id).exclude(failing_since=None).update(failing_since=None)


def _failed(delivery: Delivery, answer: sending.Answer) -> None:
    now, receiver = timezone.now(), delivery.receiver
    noted = {"attempts": delivery.attempts + 1, "answer": answer.status, "problem": answer.problem}
    if receiver.failing_since is None:
        receiver.failing_since = now
        receiver.save(update_fields=["failing_since"])
    if answer.status == GONE:
        delivery.finish(Delivery.Status.FAILED, **noted)
        receiver.disable(_("The receiver has answered that it is gone for good (410)."))
    elif delivery.attempts < len(BACKOFF):
        waiting = Delivery.objects.waiting().filter(pk=delivery.pk)
        waiting.update(due_at=now + BACKOFF[delivery.attempts], **noted)
    else:
        delivery.finish(Delivery.Status.FAILED, **noted)
        if now - receiver.failing_since >= sum(BACKOFF, timedelta()):
            receiver.disable(_("For a day nothing could be delivered. The last problem: %s") % _shown(answer))


def _shown(answer: sending.Answer) -> str:
    return " ".join(filter(None, (str(answer.status or ""), answer.problem)))
