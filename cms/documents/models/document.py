"""Official documents with their files."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.models import Orderable

from cms.core.file_notices import FilesNotice
from cms.core.models import ContentPage, page_tabs
from cms.core.text import FileId, text_lines
from cms.core.visibility import open_files, open_to_all
from cms.documents.forms import OfficialDocumentForm
from cms.documents.kinds import DocumentKind, kind_of
from cms.people.models import PersonPage
from search.documents import FacetValue
from search.vietnamese import document_numbers


class OfficialDocumentPage(ContentPage):
    """An official document; the summary is what it is about (trích yếu)."""

    number = models.CharField(
        _("number"), max_length=100, blank=True, help_text=_("As printed, such as 444-KH/CTĐ or 15/2023/NĐ-CP.")
    )
    # Parsed from the number; the key is equal for all spellings of a number.
    number_key = models.CharField(max_length=100, blank=True, db_index=True, editable=False)
    serial = models.PositiveIntegerField(null=True, blank=True, editable=False)
    issuer_code = models.CharField(max_length=100, blank=True, editable=False)
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=DocumentKind,
        blank=True,
        db_index=True,
        help_text=_("Left empty: what the number says."),
    )
    issuer = models.CharField(_("issued by"), max_length=255, blank=True)
    signer_name = models.CharField(_("signed by"), max_length=255, blank=True, help_text=_("As printed."))
    signer = models.ForeignKey(
        PersonPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the signer's page"),
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True, db_index=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)

    search_type = "document"
    search_prefetch = ("files",)
    search_lookups = {**ContentPage.search_lookups, "date": "issued_on", "document_kind": "kind"}
    page_description = _("A document with its number and its files.")
    parent_page_types = ["documents.DocumentIndexPage"]
    subpage_types: list[str] = []
    template = "documents/official_document_page.html"
    base_form_class = OfficialDocumentForm

    content_panels = [
        TitleFieldPanel("title", help_text=_("As printed. The number has a field of its own.")),
        FieldRowPanel([FieldPanel("number"), FieldPanel("kind")]),
        FieldPanel("summary", heading=_("What it is about")),
        MultiFieldPanel(
            [
                FieldPanel("issuer", help_text=_("As it stands at the head of the document.")),
                FieldPanel("signer_name"),
                PageChooserPanel("signer", help_text=_("If the portal has a page of the person.")),
                FieldRowPanel(
                    [
                        FieldPanel("issued_on", help_text=_("The date beside the place, at the head of the document.")),
                        FieldPanel("effective_on", help_text=_("Only if the document names such a day.")),
                    ]
                ),
            ],
            heading=_("Issued"),
        ),
        InlinePanel(
            "files",
            heading=_("Files"),
            label=_("file"),
            help_text=_("Best the signed scan and, below it, the text as Word or PDF: only text can be searched."),
        ),
        FilesNotice(heading=_("What readers cannot find in the files")),
        FieldPanel("cover"),
    ]
    edit_handler = page_tabs(content_panels)

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Take the number apart first, so that whoever saves the page keeps its parts right."""
        self._read_number()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """The same for a draft, which Wagtail saves without looking closely."""
        self._read_number()
        super().minimal_clean()

    def _read_number(self) -> None:
        """Tidy the number and keep its parts; the kind is what it says where nobody has chosen one."""
        parsed = document_numbers.parse_typed(self.number)
        self.number, self.number_key = (parsed.printed, parsed.key) if parsed else (self.number, "")
        self.serial, self.issuer_code = (parsed.serial, parsed.issuer) if parsed else (None, "")
        self.kind = self.kind or kind_of(parsed)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the `attached` files that anybody may download, and the `signer` if public."""
        context = super().get_context(request, *args, **kwargs)
        signer = open_to_all(PersonPage.objects.filter(pk=self.signer_id)).first() if self.signer_id else None
        return {
            **context,
            "attached": open_files(item.file for item in self.files.select_related("file__collection")),
            "signer": signer,
        }

    def search_date(self) -> datetime | None:
        return at_midnight(self.issued_on)

    def search_lines(self) -> Iterator[str | FileId]:
        yield from text_lines(self.number)
        yield from text_lines(self.summary)
        yield from text_lines(self.issuer)
        yield from text_lines(self.signer_name)
        yield from (FileId(item.file_id) for item in self.files.all())

    def search_names(self) -> Iterable[str]:
        return [self.number] if self.number else []

    def search_facets(self) -> Mapping[str, tuple[FacetValue, ...]]:
        return {"document_kind": (FacetValue(self.kind, str(self.get_kind_display())),) if self.kind else ()}

    @property
    def search_number(self) -> str:  # type: ignore[override]
        return self.number_key


class DocumentFile(Orderable):
    """A file of an official document."""

    page = ParentalKey(OfficialDocumentPage, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("core.Document", on_delete=models.CASCADE, related_name="+", verbose_name=_("file"))

    panels = [FieldPanel("file")]

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")


def at_midnight(day: Any) -> datetime | None:
    """The beginning of a day as the site's clocks show it."""
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone()) if day else None


def registered(keys: Iterable[str]) -> dict[str, OfficialDocumentPage]:
    """The public documents with these numbers (keys), the newest of those that share one; no query for none."""
    wanted = set(keys)
    if not wanted:
        return {}
    found = open_to_all(OfficialDocumentPage.objects.filter(number_key__in=wanted)).order_by("issued_on", "pk")
    return {page.number_key: page for page in found}
