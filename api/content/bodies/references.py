"""What a stored text refers to: pages, pictures and files, to be fetched for many texts at once."""

from functools import singledispatch
from typing import Any

from wagtail.blocks import Block, ListBlock, RichTextBlock
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.blocks.struct_block import BaseStructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from api.content.bodies import rich_text
from api.content.related import Related
from cms.core.text import list_items


@singledispatch
def want(block: Block, stored: Any, related: Related) -> None:
    """Want what a block refers to; nothing, where the kind of block refers to nothing."""


@want.register
def _(block: BaseStreamBlock, stored: Any, related: Related) -> None:
    for child in stored or ():
        if (kind := block.child_blocks.get(child["type"])) is not None:
            want(kind, child["value"], related)


@want.register
def _(block: BaseStructBlock, stored: Any, related: Related) -> None:
    for name, child in block.child_blocks.items():
        want(child, (stored or {}).get(name), related)


@want.register
def _(block: ListBlock, stored: Any, related: Related) -> None:
    for item in list_items(stored):
        want(block.child_block, item, related)


@want.register
def _(block: RichTextBlock, stored: Any, related: Related) -> None:
    pages, files = rich_text.references(stored or "")
    related.want_pages(pages)
    related.want_files(files)


@want.register
def _(block: ImageChooserBlock, stored: Any, related: Related) -> None:
    if stored:
        related.want_images([stored])


@want.register
def _(block: DocumentChooserBlock, stored: Any, related: Related) -> None:
    if stored:
        related.want_files([stored])
