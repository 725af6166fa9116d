"""Who is told of changes, and what has been told to whom."""

import base64
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search import sequencer
from search.models import PageChange

OVERLAP = timedelta(days=1)  # how long a secret that was replaced still signs beside the new one


def new_secret() -> str:
    """A secret in the form of the Standard Webhooks scheme."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class Receiver(models.Model):
    """Somebody else's server that is told of changes."""

    name = models.CharField(_("name"), max_length=100, help_text=_("Whose it is, for people."))
    url = models.URLField(_("address"), max_length=2000)
    kinds = models.JSONField(_("events"), default=list, blank=True)  # of PageChange.Kind; empty: all
    types = models.JSONField(_("kinds of pages"), default=list, blank=True)  # the API's names; empty: all
    secret = models.CharField(max_length=100, default=new_secret, editable=False)
    previous_secret = models.CharField(max_length=100, blank=True, editable=False)
    previous_until = models.DateTimeField(null=True, editable=False)
    position = models.PositiveBigIntegerField(default=sequencer.last, editable=False)  # what is queued up to
    is_active = models.BooleanField(_("active"), default=True, editable=False)
    disabled_because = models.TextField(_("disabled because"), blank=True, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("webhook receiver")
        verbose_name_plural = _("webhook receivers")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def wants(self, kind: str, page_type: str) -> bool:
        return (not self.kinds or kind in self.kinds) and (not self.types or page_type in self.types)

    def signing_secrets(self, now: datetime) -> list[str]:
        """The secret, and the one before it while receivers may still know only that."""
        old = [self.previous_secret] if self.previous_until and self.previous_until > now else []
        return [self.secret, *old]

    def rotate(self) -> None:
        """Make a new secret; the old one goes on signing for a day."""
        self.previous_secret, self.previous_until = self.secret, timezone.now() + OVERLAP
        self.secret = new_secret()
        self.save(update_fields=["secret", "previous_secret", "previous_until"])

    def disable(self, reason: str) -> None:
        """Send nothing more until somebody enables it; what happens meanwhile is kept for then."""
        self.is_active, self.disabled_because = False, reason
        self.save(update_fields=["is_active", "disabled_because"])

    def enable(self) -> None:
        """Go on at once where it ended: with what waits, and what was given up since nothing arrived any more."""
        given_up = Q(status=Delivery.Status.FAILED, finished_at__gte=self.failing_since or timezone.now())
        self.deliveries.filter(Q(status=Delivery.Status.WAITING) | given_up).update(
            status=Delivery.Status.WAITING, attempts=0, due_at=timezone.now(), finished_at=None
        )
        self.is_active, self.disabled_because, self.failing_since = True, "", None
        self.save(update_fields=["is_active", "disabled_because", "failing_since"])


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(status=Delivery.Status.WAITING)

    def due(self) -> "DeliveryQuerySet":
        return self.waiting().filter(due_at__lte=timezone.now())


class Delivery(models.Model):
    """One change for one receiver, and what came of sending it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("given up")
        SUPERSEDED = "superseded", _("superseded by a newer change")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    receiver = models.ForeignKey(
        Receiver, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("receiver")
    )
    seq = models.PositiveBigIntegerField(_("number of the change"))
    kind = models.CharField(_("event"), max_length=20, choices=PageChange.Kind)
    page_id = models.BigIntegerField(_("page"))
    page_type = models.CharField(_("kind of page"), max_length=100)
    status = models.CharField(_("state"), max_length=20, choices=Status, default=Status.WAITING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    answer = models.PositiveSmallIntegerField(_("answer"), null=True, help_text=_("The status of HTTP."))
    problem = models.TextField(_("problem"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-created_at", "-seq"]
        default_permissions = ("view", "change")  # a log; to change is to send again
        constraints = [models.UniqueConstraint(fields=["receiver", "seq"], name="webhooks_change_once")]
        indexes = [
            models.Index(fields=["receiver", "due_at"], condition=Q(status="waiting"), name="webhooks_waiting"),
            models.Index(fields=["-created_at", "-seq"], name="webhooks_log"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.page_type} {self.page_id}"

    def again(self) -> None:
        """Send it once more, with all attempts before it."""
        self.status, self.attempts, self.finished_at = self.Status.WAITING, 0, None
        self.due_at = timezone.now()
        self.save(update_fields=["status", "attempts", "finished_at", "due_at"])
        sequencer.news.set()

    def finish(self, status: str, **fields: Any) -> None:
        """Note how it ended, unless it has been superseded meanwhile."""
        Delivery.objects.filter(pk=self.pk, status=self.Status.WAITING).update(
            status=status, finished_at=timezone.now(), **fields
        )
