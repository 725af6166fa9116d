"""The register of official documents."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from cms.core.lists import address_without_page, slice_of
from cms.core.models import ContentPage, page_tabs
from cms.core.visibility import open_to_all
from cms.documents.kinds import DocumentKind
from cms.documents.models.document import OfficialDocumentPage
from search import memory
from search.vietnamese import compose, document_numbers

DOCUMENTS_PER_PAGE = 30


class DocumentIndexPage(ContentPage):
    """A register: the documents below it, the newest first."""

    search_type = "document_list"
    is_section = True
    page_description = _("A register of official documents.")
    parent_page_types = ["home.HomePage", "schools.SchoolPage"]
    subpage_types = ["documents.OfficialDocumentPage"]
    template = "documents/document_index_page.html"

    edit_handler = page_tabs(ContentPage.content_panels)

    class Meta:
        verbose_name = _("register of documents")
        verbose_name_plural = _("registers of documents")

    def documents(self) -> PageQuerySet:
        """The public documents below, the newest first."""
        found = open_to_all(OfficialDocumentPage.objects.descendant_of(self))
        return found.order_by(models.F("issued_on").desc(nulls_last=True), "-pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `documents`, a slice of the register, of the `kind`, `year` and `number` asked for; and the `kinds` and
        `years` that there are.
        """
        found = self.documents()
        kinds, years = memory.recall(("register", self.pk), lambda: _choices(found))
        asked = _asked(request, kinds, years)
        name = None if asked["number"] else ("register", self.pk, asked["kind"], asked["year"])
        return {
            **super().get_context(request, *args, **kwargs),
            **asked,
            "kinds": [choice for choice in DocumentKind if choice in kinds],
            "years": sorted(years, reverse=True),
            "documents": slice_of(_narrowed(found, **asked), request, DOCUMENTS_PER_PAGE, name),
            "others": address_without_page(request),
        }


def _choices(found: PageQuerySet) -> tuple[set[str], set[int]]:
    """The kinds and the years that there are among documents."""
    kinds, years = (set(found.order_by().values_list(name, flat=True)) for name in ("kind", "issued_on__year"))
    return kinds, years - {None}


def _asked(request: HttpRequest, kinds: set[str], years: set[int]) -> dict[str, Any]:
    """What the address asks of the register; a kind or a year that it has not counts as none."""
    kind, year = request.GET.get("kind", ""), request.GET.get("year", "")
    number = request.GET.get("number", "").replace("\0", "").strip()[:100]
    return {
        "kind": kind if kind in kinds else "",
        "year": int(year) if year.isdecimal() and len(year) == 4 and int(year) in years else None,
        "number": number,
    }


def _narrowed(found: PageQuerySet, kind: str, year: int | None, number: str) -> PageQuerySet:
    """Of a kind, of a year, and with a number: a whole one in any spelling, or the beginning or end of one."""
    if kind:
        found = found.filter(kind=kind)
    if year:
        found = found.filter(issued_on__year=year)
    if not number:
        return found
    if parsed := document_numbers.parse_typed(number):
        return found.filter(number_key__iexact=parsed.key)
    text = compose(number)
    if text.isdecimal() and len(text) < 9:
        return found.filter(serial=int(text))
    # Readers type small letters; SQLite takes Đ and đ for two letters, whatever is asked of it.
    return found.filter(models.Q(number__icontains=text) | models.Q(number__icontains=text.upper()))
