"""/api/v1/official-documents/"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from rest_framework import serializers

from api.content import examples, filters, orders, reading
from api.content.common import LEFT_OUT, CitedDocuments, PageSerializer
from api.content.described import described
from api.content.serializers import FileSerializer, LinkSerializer, Rows
from api.content.views import PageViewSet
from api.content.visibility import NOTHING
from cms.documents.kinds import DocumentKind
from cms.documents.models import DocumentFile, OfficialDocumentPage
from search.vietnamese import compose, document_numbers


class OfficialDocumentSerializer(PageSerializer):
    """An official document; the summary is what it is about (trích yếu)."""

    number = serializers.CharField(help_text="As printed, such as `444-KH/CTĐ`; may be empty.")
    serial = serializers.IntegerField(allow_null=True, help_text="The number's first part, such as 444.")
    issuer_code = serializers.CharField(help_text="The number's last part, such as `CTĐ`.")
    kind = serializers.CharField(help_text="What the filter `kind` takes, such as `ke-hoach`; may be empty.")
    kind_label = serializers.CharField(source="get_kind_display", help_text="In the language of the request.")
    issuer = serializers.CharField()
    signer_name = serializers.CharField(help_text="As printed.")
    signer = LinkSerializer(source="signer_id", allow_null=True, help_text="The signer's own page.")
    issued_on = serializers.DateField(allow_null=True)
    effective_on = serializers.DateField(allow_null=True, help_text="In force from this day.")
    files = Rows(FileSerializer(), of=(DocumentFile, "page_id"), show="file_id")
    cited_documents = CitedDocuments()


def _numbered(found: filters.Found, numbers: Iterable[str], _visible: Any) -> filters.Found:
    """Whatever way a number is spelled; what is no number of a known form must be given as it is printed."""
    parsed = {text: document_numbers.parse(compose(text)) for text in numbers}
    keys = [number.key for number in parsed.values() if number]
    return found.filter(Q(number_key__in=keys) | Q(number__in=[text for text, number in parsed.items() if not number]))


def _issued_in(found: filters.Found, years: Iterable[int], _visible: Any) -> filters.Found:
    condition = NOTHING
    for year in years:
        condition |= Q(issued_on__range=(date(year, 1, 1), date(year, 12, 31)))
    return found.filter(condition)


@described("official document", "official documents", "The newest first, unless sorted otherwise.", examples.DOCUMENT)
class OfficialDocumentViewSet(PageViewSet):
    kind = "document"
    model = OfficialDocumentPage
    serializer = OfficialDocumentSerializer
    left_out_of_lists = LEFT_OUT
    filters = (
        *filters.OF_PAGES,
        filters.subquery(
            "number", _numbered, "Only documents with this number, in any spelling, such as `444-KH/CTĐ`."
        ),
        filters.choices("kind", "kind", DocumentKind.values, "Only documents of this kind.", facet="document_kind"),
        filters.texts("issuer", "issuer", "Only documents issued by this body."),
        filters.texts("issuer_code", "issuer_code", "Only documents whose numbers end like this, such as `CTĐ`."),
        filters.linked("signer", lambda keys: Q(signer__in=keys), "Only documents signed by the person with this id."),
        filters.of_school(lambda _keys: NOTHING),
        *filters.days("issued_on", "issued_on", "was issued"),
        *filters.days("effective_on", "effective_on", "is in force from"),
        filters.Filter(
            "year",
            "Only documents issued in this year, such as `2023`.",
            filters.YEARS,
            reading.year,
            _issued_in,
            facet="year",
        ),
        filters.flag(
            "has_files", Q(pk__in=DocumentFile.objects.values("page")), "Only documents with files, or without."
        ),
    )
    orders = (
        *orders.both("issued_on", "issued_on", nullable=True)[::-1],
        *orders.both("effective_on", "effective_on", nullable=True),
        *orders.OF_PAGES,
    )
