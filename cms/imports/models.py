"""An import, and what became of each of its pages."""

import uuid
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.importing.report import LABELS, Outcome
from cms.news.models import NewsIndexPage


class Import(models.Model):
    """What somebody uploaded for a section, and how far it has come."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        COLUMNS = "columns", _("Asks for the columns")
        READY = "ready", _("Ready to be looked through")
        RUNNING = "running", _("Running")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Done")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Could not be read")

    ACTIVE = (State.READING, State.RUNNING, State.UNDOING)  # a worker has, or is to have, something to do
    RESTING = (State.READY, State.STOPPED, State.DONE, State.UNDONE, State.FAILED, State.COLUMNS)

    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)  # the name of its folder
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Who set going what goes on or went on last; the rights of this user count, and it is told of the end.
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    section = models.ForeignKey(NewsIndexPage, models.SET_NULL, null=True, related_name="+", verbose_name=_("section"))
    section_title = models.CharField(max_length=255)  # as it was called then; the section may be deleted
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    problem = models.TextField(blank=True, default="")
    overwrite = models.BooleanField(_("replace pages that were edited since an earlier import"), default=False)
    refused = models.JSONField(default=dict)  # files that were not taken, and why
    columns = models.JSONField(default=dict)  # field → column of the tables
    sections = models.JSONField(default=dict)  # section of the old portal → id of ours
    created_at = models.DateTimeField(_("uploaded on"), default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)  # when it came into its state
    files_removed_at = models.DateTimeField(null=True)
    # The worker that has it, and until when nobody else may take it; see `cms.imports.leases`.
    lease = models.CharField(max_length=32, blank=True, default="")
    leased_until = models.DateTimeField(null=True)
    task = models.CharField(max_length=64, blank=True, default="")  # the one that waits to be begun

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.section_title}, {timezone.localtime(self.created_at):%d/%m/%Y %H:%M}"

    @property
    def is_active(self) -> bool:
        """Whether a worker has something to do."""
        return self.state in self.ACTIVE

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(settings.IMPORTS_DIR) / str(self.key)

    def outcomes(self) -> Mapping[str, int]:
        """How many pages met each outcome; under `""` those that wait."""
        return dict(self.pages.order_by().values_list("outcome").annotate(Count("pk")))


class PageQuerySet(models.QuerySet["ImportPage"]):
    def waiting(self) -> "PageQuerySet":
        """Those that an import has still to do."""
        return self.filter(outcome="")

    def doubtful(self) -> "PageQuerySet":
        """Those that somebody should look at, and nobody has."""
        return self.filter(is_doubtful=True)

    def written(self) -> "PageQuerySet":
        """Those of which something was written."""
        return self.filter(outcome__in=[Outcome.MADE, Outcome.CHANGED])

    def to_undo(self) -> "PageQuerySet":
        """Those whose writing has not been taken back, nor been looked at in vain."""
        return self.written().filter(undone="")

    def to_check(self) -> "PageQuerySet":
        """Those that there are two of: the old page and ours."""
        return self.filter(page_id__isnull=False).exclude(undone=ImportPage.Undone.DELETED)


class ImportPage(models.Model):
    """A page of the old portal: what was understood, what an editor says of it, what became of it.

    A page that cannot be imported, or a file that was refused, has a `problem` and no article.
    """

    class Undone(models.TextChoices):
        DELETED = "deleted", _("Deleted again")
        RESTORED = "restored", _("As it was before")
        KEPT = "kept", _("Kept")

    of = models.ForeignKey(Import, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    origin = models.TextField()  # for people: the file's name, with the place in it
    page_file = models.TextField(blank=True, default="")  # below the import's folder, as the next ones
    media_folders = models.JSONField(default=list)  # where its pictures may be
    old_section = models.TextField(blank=True, default="")  # as the old portal called it
    problem = models.TextField(blank=True, default="")
    corrections = models.JSONField(default=dict)
    is_doubtful = models.BooleanField(default=False)
    # What became of it. The transaction that writes the page writes this, too.
    outcome = models.CharField(max_length=10, blank=True, default="", choices=[(o.value, LABELS[o]) for o in Outcome])
    reason = models.TextField(blank=True, default="")
    title = models.TextField(blank=True, default="")
    url = models.TextField(blank=True, default="")
    doubts = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    page_id = models.BigIntegerField(null=True)  # stays when the page is deleted
    trace = models.JSONField(default=dict)  # what is needed to take it back
    undone = models.CharField(max_length=10, blank=True, default="", choices=Undone)
    undone_reason = models.TextField(blank=True, default="")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # See `cms.imports.stored`. Last in the row: what is counted and listed is found without reading over it.
    article = models.JSONField(null=True)

    wagtail_reference_index_ignore = True
    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of an import")
        verbose_name_plural = _("pages of imports")
        ordering = ["of", "number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="imports_page_number")]
        indexes = [
            models.Index(fields=["of", "outcome", "number"], name="imports_page_outcome"),
            models.Index(fields=["of", "number"], condition=Q(is_doubtful=True), name="imports_page_doubtful"),
        ]

    def __str__(self) -> str:
        return self.title or self.origin
