"""The text inside files to download, taken out once for each file that is uploaded."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cms.core.models.media import Document


class FileTextManager(models.Manager):
    """Texts by document."""

    def of_present_files(self, document_ids: Iterable[int]) -> dict[int, "FileText"]:
        """What there is to read in the files that these documents have now, in one query."""
        found = self.filter(document_id__in=document_ids, state=FileText.State.READ)
        return {text.document_id: text for text in found.filter(file_name=F("document__file"))}


class FileText(models.Model):
    """What could be read of a document's file; `file_name` tells it from an older file of the same document."""

    class State(models.TextChoices):
        READ = "read", _("read")
        EMPTY = "empty", _("no text in it: scanned pictures perhaps")
        FAILED = "failed", _("could not be read")

    document = models.OneToOneField(
        Document, on_delete=models.CASCADE, related_name="text", primary_key=True, verbose_name=_("document")
    )
    file_name = models.CharField(_("file"), max_length=255)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    problem = models.TextField(_("reason"), blank=True)
    # Plain text in Unicode's composed form: of each page, or of the whole where pages have no numbers.
    pages = models.JSONField(_("text"), default=list)
    is_paged = models.BooleanField(_("with page numbers"), default=False)
    read_at = models.DateTimeField(_("read on"), auto_now=True)

    objects = FileTextManager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return f"{self.file_name}: {self.get_state_display()}"
