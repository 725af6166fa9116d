"""The plain text of rich text and of StreamFields, a line for each paragraph.

Streams are read from their stored JSON: no picture is fetched from the database for its caption, and it is several
times faster than building the blocks' values.
"""

import re
from collections.abc import Iterator
from functools import singledispatch
from html import unescape
from typing import Any, NewType

from wagtail.blocks import Block, CharBlock, ListBlock, RichTextBlock, StreamValue, TextBlock
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.blocks.struct_block import BaseStructBlock
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock

FileId = NewType("FileId", int)  # stands for the file's title, which the caller fetches for many pages at once

_ATTRIBUTES = r"""(?:"[^"]*"|'[^']*'|[^"'>])*"""
_BREAK = re.compile(rf"</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|div|tr|td|th|br|hr)\b{_ATTRIBUTES}>", re.IGNORECASE)
_TAG = re.compile(rf"</?[a-z]{_ATTRIBUTES}>|<!--.*?-->", re.IGNORECASE | re.DOTALL)

_LINK = re.compile(rf"<a\b{_ATTRIBUTES}>", re.IGNORECASE)
_FILE = re.compile(r"""\bid=["']?([0-9]+)""")

_NEWLINES = re.compile(r"[\r\n]+")  # in HTML they are spaces


def html_lines(html: str) -> Iterator[str]:
    """The text of HTML: a line for each paragraph, heading and list item, tags gone and entities decoded."""
    text = _TAG.sub("", _BREAK.sub("\n", _NEWLINES.sub(" ", html)))
    return text_lines(unescape(text))


def rich_lines(html: str) -> Iterator[str | FileId]:
    """The same of rich text, then the files that it links to: a link to a file is a way of attaching it."""
    yield from html_lines(html)
    for link in _LINK.findall(html):
        if 'linktype="document"' in link and (file := _FILE.search(link)):
            yield FileId(int(file[1]))


def text_lines(text: str) -> Iterator[str]:
    """The lines of a text that have something in them, runs of spaces made one."""
    return filter(None, (" ".join(line.split()) for line in text.splitlines()))


def storable(text: str) -> str:
    """The text without what no database takes: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def stream_lines(value: StreamValue) -> Iterator[str | FileId]:
    """The text of a StreamField in reading order, with ids in the place of attached files' titles."""
    return block_lines(value.stream_block, list(value.raw_data))


def list_items(stored: Any) -> Iterator[Any]:
    """The items of a list block, from its stored form."""
    for item in stored or ():
        # As Wagtail tells them apart: lists were once stored without ids, and still are where code writes them.
        is_wrapped = isinstance(item, dict) and {"id", "type", "value"} <= item.keys()
        yield item["value"] if is_wrapped else item


@singledispatch
def block_lines(block: Block, stored: Any) -> Iterator[str | FileId]:
    """The text of a block, from its stored form. Nothing, where the kind of block holds none."""
    yield from ()


@block_lines.register
def _(block: BaseStreamBlock, stored: Any) -> Iterator[str | FileId]:
    for child in stored or ():
        if (kind := block.child_blocks.get(child["type"])) is not None:
            yield from block_lines(kind, child["value"])


@block_lines.register
def _(block: BaseStructBlock, stored: Any) -> Iterator[str | FileId]:
    for name, child in block.child_blocks.items():
        yield from block_lines(child, (stored or {}).get(name))


@block_lines.register
def _(block: ListBlock, stored: Any) -> Iterator[str | FileId]:
    for item in list_items(stored):
        yield from block_lines(block.child_block, item)


@block_lines.register(CharBlock)
@block_lines.register(TextBlock)
def _(block: CharBlock | TextBlock, stored: Any) -> Iterator[str | FileId]:
    if block.search_index:
        yield from text_lines(stored or "")


@block_lines.register
def _(block: RichTextBlock, stored: Any) -> Iterator[str | FileId]:
    yield from rich_lines(stored or "")


@block_lines.register
def _(block: TableBlock, stored: Any) -> Iterator[str | FileId]:
    table = stored or {}
    yield from text_lines(table.get("table_caption") or "")
    for row in table.get("data") or ():
        yield from text_lines(" ".join(str(cell) for cell in row if cell).replace("\n", " "))


@block_lines.register
def _(block: DocumentChooserBlock, stored: Any) -> Iterator[str | FileId]:
    if stored:
        yield FileId(stored)
