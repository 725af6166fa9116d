"""The text of an old portal's page, as a crawler or a copy from the browser gives it."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cms.core.importing import legacy
from cms.core.importing.addresses import makes_sense
from cms.core.importing.body import blocks_of, check_complete
from cms.core.importing.byline import authors_of, byline_of, opening_byline
from cms.core.importing.chrome import without_tail
from cms.core.importing.fields import Field, FieldKind, fields_of, parse_reads
from cms.core.importing.header import Header, read_header
from cms.core.importing.lines import Line, lines_of, paragraphs_of
from cms.core.importing.values import Doubt, ImportedArticle, Incomplete, NoArticle, Undated, Unreadable

_HEAD_LINES = 3
_FOOT_LINES = 6
_ADDRESS = re.compile(r"https?://[^\s/]+/\S+", re.IGNORECASE)
_UNKNOWN = "\ufffd"


def parse(text: str, address: str = "") -> ImportedArticle:
    """Understand a page. `address` is its old one, where the caller knows it.

    Raises Incomplete for a page without title or date, Unreadable for one that cannot be used at all.
    """
    text, doubts = legacy.repaired_text(text)
    return understand(lines_of(text), address, doubts=[*lost(text), *doubts])


def understand(
    lines: list[Line], address: str = "", section: str = "", doubts: Iterable[Doubt] = ()
) -> ImportedArticle:
    """The same for a page that has been cut into lines, with what the caller knows of it."""
    found, lines = _take_address(lines)
    header = read_header(lines)
    try:
        article = _understood(header, address or found, section, tuple(doubts))
    except Unreadable as problem:
        if header.problem:
            raise NoArticle(header.problem) from None
        raise problem
    if header.problem:
        raise (Incomplete if header.is_dated else Undated)(header.problem, article)
    return article


def _understood(header: Header, address: str, section: str, doubts: tuple[Doubt, ...]) -> ImportedArticle:
    foot_fields, body = _take_foot_fields(without_tail(list(header.body)))
    fields = [*header.fields, *foot_fields]
    paragraphs = paragraphs_of(body)
    opening, used = opening_byline(paragraphs)
    closing, source, end = byline_of(paragraphs[used:])
    authors = (
        closing or opening or [author for value in _values(fields, FieldKind.AUTHOR) for author in authors_of(value)]
    )
    blocks = blocks_of(paragraphs[used:][:end])
    reads, doubtful_reads = _reads(fields)
    return ImportedArticle(
        title=header.title,
        published_at=header.published_at,
        blocks=tuple(blocks),
        authors=tuple(authors),
        reads=reads,
        address=address,
        source=source or next(iter(_values(fields, FieldKind.SOURCE)), ""),
        doubts=(*header.doubts, *doubtful_reads, *check_complete(blocks, bool(closing or source)), *doubts),
        section=section,
    )


def _take_address(lines: list[Line]) -> tuple[str, list[Line]]:
    """The page's own old address, and the lines without it.

    It stands in one of the first lines (crawlers write it there, as `Nguồn: …` too) or labelled in one of the last;
    there, `Nguồn: …` is where the article was taken from.
    """
    filled = [number for number, line in enumerate(lines) if line]
    for number in [*filled[:_HEAD_LINES], *filled[-_FOOT_LINES:]]:
        kinds = {FieldKind.ADDRESS} | ({FieldKind.SOURCE} if number in filled[:_HEAD_LINES] else set())
        values = [field.value for field in fields_of(lines[number]) if field.kind in kinds]
        if number in filled[:_HEAD_LINES]:
            values.append(lines[number].text)
        if (address := next(filter(_ADDRESS.fullmatch, values), None)) and makes_sense(address):
            return address, lines[:number] + lines[number + 1 :]
    return "", lines


def _take_foot_fields(lines: list[Line]) -> tuple[list[Field], list[Line]]:
    """Reads and dates printed below the text, and the lines without them."""
    fields: list[Field] = []
    first = max(0, len(lines) - 2 * _FOOT_LINES)
    kept = lines[:first]
    for line in lines[first:]:
        found = fields_of(line)
        if found and all(field.kind in {FieldKind.READS, FieldKind.DATE} for field in found):
            fields += found
        else:
            kept.append(line)
    return fields, kept


def _values(fields: list[Field], kind: FieldKind) -> list[str]:
    return [field.value for field in fields if field.kind is kind and field.value]


def _reads(fields: list[Field]) -> tuple[int | None, list[Doubt]]:
    """The largest number of reads named, and a doubt where one cannot be read."""
    values = _values(fields, FieldKind.READS)
    numbers = [number for number in map(parse_reads, values) if number is not None]
    if values and not numbers:
        return None, [Doubt(_("no number of reads can be read from “%(text)s”") % {"text": values[0]})]
    return max(numbers, default=None), []


def lost(text: str) -> list[Doubt]:
    """A doubt where characters are gone that nobody can bring back."""
    count = text.count(_UNKNOWN)
    return [Doubt(_("%(count)d characters had been lost before the import") % {"count": count})] if count else []
