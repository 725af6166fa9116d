"""What the search service keeps in the database."""

from datetime import timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.asking import AskedDay, AskedQuery
from search.guidance import ExpectedPage, Pin, RelevanceTest
from search.vietnamese import fold_tokens, tokens

__all__ = [
    "AskedDay",
    "AskedQuery",
    "ExpectedPage",
    "FacetLabel",
    "OutboxEntry",
    "Pin",
    "RelevanceTest",
    "Synonym",
    "VersionStamp",
    "VocabularyEdition",
    "VocabularyPart",
]


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    def pending(self) -> Self:
        """Pages whose last change the index does not have yet."""
        return self.filter(version__gt=F("synced_version"))

    def due(self) -> Self:
        """Pending pages that may be worked on now: neither leased, nor waiting, nor given up."""
        now = timezone.now()
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
        return self.pending().filter(free, due_at__lte=now, dead=False)


class OutboxEntry(models.Model):
    """Says that a page may have changed; one row for each page, kept for good.

    `version` grows with every change and `synced_version` follows it once the index has the page as
    it was then or later; so a change that arrives in the middle of a sync stays pending, and the
    version never starts again, even when the page is deleted.
    """

    page_id = models.BigIntegerField(primary_key=True)
    version = models.PositiveBigIntegerField(default=1)
    synced_version = models.PositiveBigIntegerField(default=0)
    # Where in the tree the index holds the page: "" when it holds none, null when that is not known.
    indexed_path = models.CharField(max_length=255, null=True)  # noqa: DJ001
    # A digest of what the page's descendants inherit (address, place, live, title), as of its last change.
    lineage = models.CharField(max_length=32, blank=True, default="")
    touched_at = models.DateTimeField(default=timezone.now)  # of the oldest change that is pending
    # Of the last change. With the database's own default, for processes of the version before, which do not know it.
    changed_at = models.DateTimeField(default=timezone.now, db_default=Now())
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    dead = models.BooleanField(default=False)
    error = models.TextField(blank=True, default="")

    objects = OutboxQuerySet.as_manager()

    LEASE = timedelta(seconds=30)  # several times what a batch takes, and what a killed worker costs
    MAX_ATTEMPTS = 10

    class Meta:
        verbose_name = _("page waiting for the index")
        verbose_name_plural = _("pages waiting for the index")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(version__gt=F("synced_version")), name="search_outbox_pending"),
        ]

    def __str__(self) -> str:
        return f"page {self.page_id}, version {self.synced_version} of {self.version}"


class VersionStamp(models.Model):
    """How often what bears a name has changed: the sum of the versions of all rows with that name.

    There are as many rows as there ever were writers at once. Each takes one that no other holds, so that they
    do not wait for each other; and the sum, unlike the number of the last change, grows with every commit,
    in whatever order they commit.
    """

    name = models.CharField(max_length=100, db_index=True)
    version = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("stamp of changes")
        verbose_name_plural = _("stamps of changes")

    def __str__(self) -> str:
        return f"{self.name}: {self.version}"


class FacetLabel(models.Model):
    """What people call a facet's value: `section` 12 is “Tin tức”."""

    facet = models.CharField(max_length=32)
    value = models.CharField(max_length=255)
    label = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("facet label")
        verbose_name_plural = _("facet labels")
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="search_facet_label")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}: {self.label}"


class VocabularyEdition(models.Model):
    """The words of the index as they were counted at one time; `index_state` tells whether it has changed since."""

    made_at = models.DateTimeField(default=timezone.now)
    words = models.PositiveBigIntegerField()
    documents = models.PositiveIntegerField()
    index_state = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("edition of the vocabulary")
        verbose_name_plural = _("editions of the vocabulary")

    def __str__(self) -> str:
        return f"{self.words} words of {self.documents} documents"


class VocabularyPart(models.Model):
    """A piece of one of an edition's tables (`search.understanding.vocabulary.Table`), in the order of the keys."""

    edition = models.ForeignKey(VocabularyEdition, on_delete=models.CASCADE, related_name="parts")
    table = models.CharField(max_length=20)
    data = models.BinaryField()

    class Meta:
        verbose_name = _("part of the vocabulary")
        verbose_name_plural = _("parts of the vocabulary")

    def __str__(self) -> str:
        return f"{self.table}, {len(self.data)} bytes"


class Synonym(models.Model):
    """Words that editors want found for others."""

    class Direction(models.TextChoices):
        BOTH = "both", _("both ways")
        ONE = "one", _("one way: the first words also find the others")

    words = models.CharField(
        _("words"), max_length=200, help_text=_("What readers type, such as “hội thảo”. Accents do not matter.")
    )
    meaning = models.CharField(
        _("also find"), max_length=200, help_text=_("What pages say instead, such as “tọa đàm”.")
    )
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, default=Direction.BOTH)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words", "pk"]
        constraints = [models.UniqueConstraint(fields=["words", "meaning"], name="search_synonym_once")]

    def __str__(self) -> str:
        arrow = "↔" if self.direction == self.Direction.BOTH else "→"
        return f"{self.words} {arrow} {self.meaning}"

    def clean(self) -> None:
        """Both sides must hold words, and not the same ones."""
        words, meaning = fold_tokens(tokens(self.words)), fold_tokens(tokens(self.meaning))
        if not words:
            raise ValidationError({"words": _("Give at least one word.")})
        if not meaning:
            raise ValidationError({"meaning": _("Give at least one word.")})
        if words == meaning:
            raise ValidationError({"meaning": _("These are the same words: accents and capitals do not matter.")})
