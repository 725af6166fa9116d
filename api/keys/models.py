"""Keys of the programs that use the API: who has one, what for, how often, until when."""

import logging
import re
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import token_hex
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import DatabaseError, models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

_FORMAT = re.compile(r"(trang_[0-9a-f]{12})_([0-9a-f]{48})", re.ASCII)
_NOBODY = sha256(token_hex(24).encode()).hexdigest()


class Scope(models.TextChoices):
    """What a key is good for."""

    READ = "read", _("Read pages, pictures and files")
    SEARCH = "search", _("Search and complete what readers type")
    CHANGES = "changes", _("Follow all changes, to keep a copy")


def check_scopes(values: object) -> None:
    """A list of scopes, one at least, none twice."""
    if not isinstance(values, list) or not values or len(set(values)) < len(values) or set(values) - set(Scope.values):
        raise ValidationError(_("Choose what the key is good for."))


class KeyManager(models.Manager["Key"]):
    """Keys made and found again."""

    def make(self, **fields: Any) -> tuple["Key", str]:
        """A new key, and the text of it, which nobody can ever tell again."""
        key = self.model(**fields)
        return key, key.renew()

    def find(self, text: str) -> "Key | None":
        """The key that this is the text of, whatever has become of it.

        A wrong secret takes as long as a wrong name. What is compared are digests: the secret is 192 bits of chance,
        which no list of words leads to, so that one round of SHA-256 is enough.
        """
        if not (match := _FORMAT.fullmatch(text)):
            return None
        key = self.filter(prefix=match[1]).first()
        return key if compare_digest(key.digest if key else _NOBODY, _digest(match[2])) else None


class Key(models.Model):
    """A program's key. Of its text only a name, to know it by, and a digest of the secret are kept."""

    name = models.CharField(
        _("name"), max_length=100, help_text=_("The program that uses the key, such as “Ứng dụng di động”.")
    )
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("Who answers for it: a person, an e-mail, a telephone.")
    )
    scopes = models.JSONField(_("good for"), default=list, validators=[check_scopes])
    rate = models.PositiveIntegerField(
        _("requests a minute"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
        help_text=_("Left empty: as many as are usual for keys."),
    )
    expires_at = models.DateTimeField(
        _("good until"), null=True, blank=True, help_text=_("Left empty: until it is revoked.")
    )
    prefix = models.CharField(_("key"), max_length=18, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("made on"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked on"), null=True, editable=False)

    objects = KeyManager()
    wagtail_reference_index_ignore = True

    # A key in use costs one write in this time: in the embedded default each would wait for whoever is saving.
    NOTE_USE_EVERY = timedelta(hours=1)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def renew(self) -> str:
        """Give the key another text, and save it."""
        self.prefix, secret = f"trang_{token_hex(6)}", token_hex(24)
        self.digest = _digest(secret)
        self.save()
        return f"{self.prefix}_{secret}"

    def revoke(self) -> Self:
        """Let it be good for nothing from the next request on; the row stays, for whoever asks what it was."""
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])
        return self

    def get_state(self) -> str:
        """What people are told of it."""
        if self.revoked_at:
            return gettext("revoked")
        if self.has_expired():
            return gettext("expired")
        return gettext("in use") if self.last_used_at else gettext("not used yet")

    def has_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    def limit(self) -> int:
        """How many requests a minute it may make."""
        return self.rate or settings.API_KEY_RATE

    def note_use(self) -> None:
        """Keep that it has been used, once in a while."""
        now = timezone.now()
        if self.last_used_at is None or now - self.last_used_at >= self.NOTE_USE_EVERY:
            try:
                Key.objects.filter(pk=self.pk).update(last_used_at=now)
            except DatabaseError:
                logger.warning("The use of the key %s could not be noted", self.prefix, exc_info=True)


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
