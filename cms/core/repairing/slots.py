"""The texts of a page one by one, wherever they lie: in fields, in the blocks of a stream, in records of an export."""

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from html import escape, unescape
from typing import Any, NamedTuple

from wagtail.blocks import Block, CharBlock, ListBlock, RichTextBlock, TextBlock
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.blocks.struct_block import BaseStructBlock
from wagtail.contrib.table_block.blocks import TableBlock

from cms.core.repairing.html import repaired_pieces
from search.vietnamese.encodings import Repaired


class Slot(NamedTuple):
    """The place of a text: what holds it (a dictionary or a list), under which key, and what people call the place."""

    holder: Any
    key: Any
    name: str = ""
    is_html: bool = False


class Change(NamedTuple):
    """A text that was repaired, as it was before and as it is now."""

    slot: Slot
    before: str
    repaired: Repaired


def repair_slots(slots: Iterable[Slot]) -> list[Change]:
    """Repair the texts where they lie, all at once, since the words of one tell of the others."""
    filled = [slot for slot in slots if isinstance(slot.holder[slot.key], str)]
    texts = [slot.holder[slot.key] for slot in filled]
    found = repaired_pieces([_as_html(slot, text) for slot, text in zip(filled, texts, strict=True)])
    changes = [
        Change(slot, text, repaired if slot.is_html else repaired._replace(text=unescape(repaired.text)))
        for slot, text, repaired in zip(filled, texts, found, strict=True)
        if repaired.encoding
    ]
    for slot, _before, repaired in changes:
        slot.holder[slot.key] = repaired.text
    return changes


def _as_html(slot: Slot, text: str) -> str:
    return text if slot.is_html else escape(text, quote=False)


def slots_of(value: Any, html: Sequence[str] = (), key: str = "") -> Iterator[Slot]:
    """The texts of plain data, as JSON holds them; those of the keys in `html` are HTML."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        path = f"{key}.{name}" if key else str(name)
        if isinstance(inner, str):
            yield Slot(value, name, path, name in html)
        else:
            yield from slots_of(inner, html, path)


@singledispatch
def block_slots(block: Block, holder: Any, key: Any, name: str) -> Iterator[Slot]:
    """The texts of a block that is stored at `holder[key]`; none, where the kind of block holds no text."""
    yield from ()


@block_slots.register
def _(block: BaseStreamBlock, holder: Any, key: Any, name: str) -> Iterator[Slot]:
    for child in holder[key] or ():
        if (kind := block.child_blocks.get(child["type"])) is not None:
            yield from block_slots(kind, child, "value", name)


@block_slots.register
def _(block: BaseStructBlock, holder: Any, key: Any, name: str) -> Iterator[Slot]:
    for child, kind in block.child_blocks.items():
        if isinstance(holder[key], dict) and child in holder[key]:
            yield from block_slots(kind, holder[key], child, name)


@block_slots.register
def _(block: ListBlock, holder: Any, key: Any, name: str) -> Iterator[Slot]:
    items = holder[key] or []
    for place, item in enumerate(items):
        # As `cms.core.text.list_items` tells them apart.
        is_wrapped = isinstance(item, dict) and {"id", "type", "value"} <= item.keys()
        yield from block_slots(block.child_block, *((item, "value") if is_wrapped else (items, place)), name)


@block_slots.register(CharBlock)
@block_slots.register(TextBlock)
def _(block: CharBlock | TextBlock, holder: Any, key: Any, name: str) -> Iterator[Slot]:
    yield Slot(holder, key, name)


@block_slots.register
def _(block: RichTextBlock, holder: Any, key: Any, name: str) -> Iterator[Slot]:
    yield Slot(holder, key, name, is_html=True)


@block_slots.register
def _(block: TableBlock, holder: Any, key: Any, name: str) -> Iterator[Slot]:
    for slot in slots_of(holder[key] or {}):
        if slot.name == "table_caption" or slot.name.startswith("data."):
            yield slot._replace(name=name)
