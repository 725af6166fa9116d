"""The shapes of a body and of its blocks, for the schema and the renderer."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from api.content.bodies import blocks, html, references
from api.content.related import Related
from api.content.serializers import FileSerializer, PictureSerializer, Sparse
from cms.core.blocks import BodyBlock
from cms.core.text import block_lines
from cms.documents.linking import link_to
from search.vietnamese import compose, document_numbers

_BODY = BodyBlock()


def _always(name: str) -> serializers.CharField:
    """A `type` that says which of the shapes a block has."""
    field = type("BlockTypeField", (serializers.CharField,), {})
    return extend_schema_field({"type": "string", "const": name})(field)()


class BlockSerializer(serializers.Serializer[Any]):
    """What every block has."""

    id = serializers.CharField(allow_null=True, help_text="Stable while the block stands in the page.")


class TextBlockSerializer(BlockSerializer):
    """`text`: paragraphs and lists."""

    type = _always("text")
    html = serializers.CharField(help_text="Sanitised HTML with absolute addresses.")


class HeadingBlockSerializer(BlockSerializer):
    """`heading`: a heading inside the page, whose title is level 1."""

    type = _always("heading")
    level = serializers.IntegerField(min_value=2, max_value=4)
    text = serializers.CharField()


class PictureItemSerializer(serializers.Serializer[Any]):
    image = PictureSerializer()
    alt = serializers.CharField(help_text="What the picture shows, in this place.")
    caption = serializers.CharField()
    credit = serializers.CharField()


class PictureBlockSerializer(BlockSerializer, PictureItemSerializer):
    """`picture`: a picture with its caption."""

    type = _always("picture")


class GalleryBlockSerializer(BlockSerializer):
    """`gallery`: pictures side by side."""

    type = _always("gallery")
    pictures = PictureItemSerializer(many=True)


class QuoteBlockSerializer(BlockSerializer):
    """`quote`: a quotation, in plain text."""

    type = _always("quote")
    text = serializers.CharField()
    who = serializers.CharField(help_text="Who said it; may be empty.")


class MergedCellsSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField(help_text="Of the first cell, from 0.")
    column = serializers.IntegerField(help_text="Of the first cell, from 0.")
    rows = serializers.IntegerField(help_text="How many rows the cell takes.")
    columns = serializers.IntegerField(help_text="How many columns the cell takes.")


class TableBlockSerializer(BlockSerializer):
    """`table`: cells of plain text."""

    type = _always("table")
    caption = serializers.CharField()
    first_row_is_header = serializers.BooleanField()
    first_column_is_header = serializers.BooleanField()
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    merged = MergedCellsSerializer(many=True, help_text="Cells that take the place of others.")


class FilesBlockSerializer(BlockSerializer):
    """`files`: files to download."""

    type = _always("files")
    title = serializers.CharField()
    files = FileSerializer(many=True)


class VideoBlockSerializer(BlockSerializer):
    """`video`: a video of a provider's."""

    type = _always("video")
    url = serializers.CharField(help_text="The video's own page.")
    title = serializers.CharField()
    player_url = serializers.CharField(allow_null=True, help_text="The provider's player, to be put in a frame.")
    still = PictureSerializer(allow_null=True)


class HighlightBlockSerializer(BlockSerializer):
    """`highlight`: a box that stands out."""

    type = _always("highlight")
    title = serializers.CharField()
    html = serializers.CharField(help_text="Sanitised HTML with absolute addresses.")


BLOCKS: dict[str, Any] = {
    "text": TextBlockSerializer,
    "heading": HeadingBlockSerializer,
    "picture": PictureBlockSerializer,
    "gallery": GalleryBlockSerializer,
    "quote": QuoteBlockSerializer,
    "table": TableBlockSerializer,
    "files": FilesBlockSerializer,
    "video": VideoBlockSerializer,
    "highlight": HighlightBlockSerializer,
}


@extend_schema_field(
    PolymorphicProxySerializer(component_name="Block", serializers=BLOCKS, resource_type_field_name="type", many=True)
)
class BlocksField(serializers.Field):
    """The blocks, as they have been made. Apps pass over the types that they do not know: new ones may come."""

    def to_representation(self, value: Any) -> Any:
        return value


class Body:
    """A stored text, shown once as blocks and, if asked for, as HTML."""

    def __init__(self, stored: list[Mapping[str, Any]], related: Related) -> None:
        self._stored, self._related = stored, related

    @cached_property
    def blocks(self) -> list[blocks.Block]:
        return blocks.shown(self._stored, self._related)

    @property
    def html(self) -> str:
        """With links to the official documents whose numbers stand in the text, as on the site."""
        found = {key: self._related.document(key) for key in numbers_in(_texts(self._stored))}
        return link_to(html.rendered(self.blocks), {key: link["url"] for key, link in found.items() if link})


class BodySerializer(Sparse):
    """The text of a page, once as a whole and once block by block: take what suits."""

    html = serializers.CharField(help_text="All of it as sanitised HTML with absolute addresses.")
    blocks = BlocksField(help_text="Pass over blocks whose `type` you do not know: new ones may come.")

    def collect(self, values: list[Any]) -> None:
        for value in values:
            stored = stored_blocks(value)
            references.want(_BODY, stored, self.related)
            if "html" in self.fields:
                self.related.want_numbers(numbers_in(_texts(stored)))

    def to_representation(self, instance: Any) -> Any:
        return super().to_representation(Body(stored_blocks(instance), self.related))


def stored_blocks(value: Any) -> list[Mapping[str, Any]]:
    """What the database holds of a StreamField's value; rich text by itself is one block."""
    if isinstance(value, str):
        return [{"type": "text", "value": value, "id": None}] if value else []
    return list(value.raw_data)


def numbers_in(text: str) -> dict[str, str]:
    """The official documents that a text cites: key → number as printed."""
    return {number.key: number.printed for _start, _end, number in document_numbers.find(compose(text))}


def text_of(value: Any) -> str:
    """The plain text of a StreamField's value, or of rich text."""
    return _texts(stored_blocks(value))


def _texts(stored: list[Mapping[str, Any]]) -> str:
    return "\n".join(line for line in block_lines(_BODY, stored) if isinstance(line, str))
