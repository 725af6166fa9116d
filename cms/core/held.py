"""What a body holds of the library, by id: read from its stored JSON, as text is in `cms.core.text`."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import Block, ListBlock, StreamValue
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.blocks.struct_block import BaseStructBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.core.text import list_items

_HOLDERS = (
    ImageChooserBlock,
    BaseStreamBlock,
    BaseStructBlock,
    ListBlock,
)  # of the many paragraphs none is looked into


def picture_ids(body: StreamValue) -> Iterator[int]:
    """The pictures in a body, in reading order."""
    yield from _pictures(body.stream_block, list(body.raw_data))


def _pictures(block: Block, stored: Any) -> Iterator[int]:
    if isinstance(block, ImageChooserBlock):
        yield from [stored] if stored else []
    for child, value in _inside(block, stored):
        if isinstance(child, _HOLDERS):
            yield from _pictures(child, value)


def _inside(block: Block, stored: Any) -> Iterator[tuple[Block, Any]]:
    """The blocks in a block, each with its stored form."""
    if isinstance(block, BaseStreamBlock):
        kinds = block.child_blocks
        yield from ((kinds[child["type"]], child["value"]) for child in stored or () if child["type"] in kinds)
    elif isinstance(block, BaseStructBlock):
        yield from ((child, (stored or {}).get(name)) for name, child in block.child_blocks.items())
    elif isinstance(block, ListBlock):
        yield from ((block.child_block, item) for item in list_items(stored))
