"""HTML from the clipboard as blocks of a body, by what the importer makes of old pages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.importing.body import blocks_of
from cms.core.importing.html import check_tags, lines_of_html
from cms.core.importing.lines import Line
from cms.core.importing.values import BlockKind, ImportedBlock
from cms.core.pasting.office import tidy
from cms.core.repairing.html import repaired_html
from cms.core.tables import as_block

PICTURE = re.compile(r"picture-([0-9]{1,9})")  # what stands for the address of a picture that is in the library
_AROUND_ITEMS = re.compile(r" ?(</?(?:ul|ol|li)>) ?")
_MAX_HEADING = 250  # characters, the block's limit
_MANY = 3  # guessed headings one after the other are an enumeration
_PARAGRAPHS = frozenset({BlockKind.TEXT, BlockKind.RICH})


@dataclass(frozen=True)
class Pasted:
    """Blocks as a stream stores them, and what the editor should know."""

    blocks: list[dict[str, Any]]
    notes: list[str]


def pasted(html: str) -> Pasted:
    """The blocks that a document in the clipboard becomes. Raises Unreadable for one that is too much.

    Pictures are those of `PICTURE`; of another an empty block holds the place, which has to be filled before the page
    can be published.
    """
    check_tags(html)
    repaired = repaired_html(tidy(html))
    lines = [line for line in lines_of_html(repaired.text) if line]
    levels = _levels(lines)
    found = list(_sorted_out(blocks_of(lines) if lines else [], levels))
    values = [value for kind, run in groupby(found, _group) for value in _values(kind, list(run), levels)]
    blocks = [{"type": name, "value": value, "id": str(uuid4())} for name, value in values]
    return Pasted(blocks, list(_notes(found, repaired.encoding)))


def _levels(lines: list[Line]) -> Mapping[str, str]:
    """The level of each heading by its text: documents begin with any, the page with 2."""
    given = {line.text: line.rich.level for line in lines if line.rich and line.rich.level}
    used = sorted(set(given.values()))
    return {text: str(min(2 + used.index(level), 4)) for text, level in given.items()}


def _sorted_out(blocks: list[ImportedBlock], levels: Mapping[str, str]) -> Iterator[ImportedBlock]:
    """The blocks, with guesses that are right for old pages but not here taken back."""
    for is_guess, run in groupby(blocks, lambda block: block.kind is BlockKind.HEADING and block.text not in levels):
        several = list(run)
        for block in several:
            is_text = block.kind is BlockKind.CAPTION or (is_guess and len(several) >= _MANY)
            yield replace(block, kind=BlockKind.TEXT) if is_text else block


def _group(block: ImportedBlock) -> BlockKind:
    """Paragraphs and lists share a text."""
    return BlockKind.TEXT if block.kind in _PARAGRAPHS else block.kind


def _values(kind: BlockKind, run: list[ImportedBlock], levels: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    match kind:
        case BlockKind.TEXT:
            yield "text", "".join(map(_paragraph, run))
        case BlockKind.HEADING:
            yield from (
                ("heading", {"text": block.text[:_MAX_HEADING], "level": levels.get(block.text, "2")}) for block in run
            )
        case BlockKind.TABLE:
            yield from (("table", as_block(block.rows, block.text)) for block in run)
        case BlockKind.PICTURE:
            yield from (("picture", _picture(block)) for block in run)


def _paragraph(block: ImportedBlock) -> str:
    html = block.html or escape(block.text, quote=False)
    return _AROUND_ITEMS.sub(r"\1", html) if block.kind is BlockKind.RICH else f"<p>{html}</p>"


def _picture(block: ImportedBlock) -> dict[str, Any]:
    alt, caption = (block.alt or block.text)[:255], block.text[:500]
    return {"image": picture_id(block), "alt_text": alt, "caption": caption, "credit": ""}


def picture_id(block: ImportedBlock) -> int | None:
    """The key of the picture in the library; none for one that stayed where it was."""
    found = PICTURE.fullmatch(block.source)
    return int(found[1]) if found else None


def _notes(blocks: list[ImportedBlock], encoding: str | None) -> Iterator[str]:
    missing = sum(block.kind is BlockKind.PICTURE and picture_id(block) is None for block in blocks)
    if missing:
        yield ngettext(
            "%(count)d picture did not come along, since the browser may not read it. An empty picture block holds "
            "its place: choose or upload the picture there.",
            "%(count)d pictures did not come along, since the browser may not read them. Empty picture blocks hold "
            "their places: choose or upload the pictures there.",
            missing,
        ) % {"count": missing}
    files = [block.text for block in blocks if block.kind is BlockKind.FILE]
    if files:
        yield _("Links to files of the other site were left out: %(files)s.") % {"files": ", ".join(files)}
    if encoding:
        yield _("The text was in %(encoding)s and is in Unicode now. Please read it through.") % {"encoding": encoding}
