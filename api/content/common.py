"""What pages of every type have in the API."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.content.bodies.shapes import numbers_in, text_of
from api.content.kinds import BODIES, api_path
from api.content.serializers import (
    AncestorsSerializer,
    LinkSerializer,
    PictureSerializer,
    ReadsField,
    SitePathField,
    SiteURLField,
    Sparse,
    TypeField,
)

SECTIONS = frozenset({"section", "event_list", "person_list", "document_list"})
# What a list has only when it is asked for: long, or of use for one page alone.
LEFT_OUT = frozenset({"body", "cited_documents", "ancestors", "reads", "seo_title", "search_description"})


@extend_schema_field({"type": "string", "format": "uri"})
class APIURLField(serializers.Field):
    """Where this API describes a page in full."""

    def to_representation(self, value: Any) -> str:
        related = self.context["related"]
        return related.base + api_path(related.type_of(value.content_type_id), value.pk)


class PageSerializer(Sparse):
    """What every page has."""

    id = serializers.IntegerField(source="pk", help_text="Stable as long as the page exists.")
    type = TypeField(source="content_type_id", help_text="The kind of page, such as `article`.")
    language = serializers.CharField(source="locale.language_code", help_text="BCP 47, such as `vi`.")
    title = serializers.CharField(help_text="Plain text: escape it before it goes into HTML.")
    slug = serializers.CharField(help_text="The last part of the address.")
    url = SiteURLField(source="url_path", help_text="The page on the site.")
    html_path = SitePathField(source="url_path", help_text="Its path there, such as `/tin-tuc/`.")
    api_url = APIURLField(source="*", help_text="The page in this API, with all that its type has.")
    summary = serializers.CharField(help_text="Plain text, may be empty.")
    cover = PictureSerializer(source="cover_id", allow_null=True)
    parent = LinkSerializer(source="path", above=(), allow_null=True, help_text="The page above it.")
    section = LinkSerializer(source="path", above=SECTIONS, allow_null=True, help_text="The nearest section above it.")
    school = LinkSerializer(
        source="path", above={"school"}, allow_null=True, help_text="The school among whose pages it stands."
    )
    ancestors = AncestorsSerializer(source="path", help_text="The pages above it, from the home page down.")
    first_published_at = serializers.DateTimeField(allow_null=True, help_text="On this site.")
    changed_at = serializers.DateTimeField(
        source="last_published_at", allow_null=True, help_text="When it was last published."
    )
    reads = ReadsField(source="pk", help_text="How often it was read, here and on the portal that it came from.")
    seo_title = serializers.CharField(help_text="For search engines, if another than the title.")
    search_description = serializers.CharField(help_text="For search engines.")


class CitedDocumentSerializer(Sparse):
    """An official document whose number stands in a text."""

    number = serializers.CharField(help_text="As printed in the text.")
    document = LinkSerializer(allow_null=True, source="page", help_text="The document, if the portal has it.")


class CitedDocuments(serializers.ListSerializer[Any]):
    """The official documents that a page's title, summary and text name; not the page's own number."""

    child: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"child": CitedDocumentSerializer(), "source": "*", **kwargs})

    def collect(self, values: list[Any]) -> None:
        self._found: Mapping[int, Mapping[str, str]] = {page.pk: _cited(page) for page in values}
        self.context["related"].want_numbers({key for found in self._found.values() for key in found})

    def to_representation(self, data: Any) -> list[Any]:
        related = self.context["related"]
        cited = [
            {"number": printed, "page": (related.document(key) or {}).get("id")}
            for key, printed in self._found[data.pk].items()
        ]
        return [self.child.to_representation(item) for item in cited]


def _cited(page: Any) -> dict[str, str]:
    body = BODIES.get(page.search_type)
    text = "\n".join((page.title, page.summary, text_of(getattr(page, body)) if body else ""))
    found = numbers_in(text)
    found.pop(page.search_number, None)
    return found
