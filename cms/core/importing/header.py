"""Title and date, the labelled lines around them, and where the text begins."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cms.core.importing.chrome import is_head_chrome, is_owner, without_tail
from cms.core.importing.dates import parse_date
from cms.core.importing.fields import Field, FieldKind, fields_of
from cms.core.importing.lines import Line, ends_sentence
from cms.core.importing.values import Doubt, Part, Unreadable

MAX_TITLE = 255  # characters, Wagtail's limit
_HEADER_LINES = 60
_FOOT_LINES = 10
_MAX_HEADER_LINE = 300  # characters; a longer line is the first paragraph
_MAX_BARE_DATE = 60  # characters
# `Yên Bái, ngày 10 tháng 11 năm 2023`, as letters are dated.
_PLACE = re.compile(r"[^\W\d_][^\d,.;:]{1,30}, ?(?=ngày [0-9])", re.IGNORECASE)
# A title broken here goes on in the next line.
_GOES_ON = re.compile(r"(?:[,:–-]|(?<!\w)(?:và|của|với|về|các|cho|tại|trong|năm|tỉnh|là))$", re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """What stands above the text; `fields` are its labelled lines, `body` the lines below it.

    A page without title or date has none here either, and the `problem` says so.
    """

    title: str
    published_at: datetime | None
    fields: tuple[Field, ...]
    body: tuple[Line, ...]
    doubts: tuple[Doubt, ...] = ()
    problem: str = ""
    is_dated: bool = True  # something looks like a date, even if it is none


def read_header(lines: list[Line]) -> Header:
    """Find the date, and by it the title: above it, or else below it."""
    at = _date_line(lines)
    dated = [] if at is None else [lines[at]]
    above, below = ([], lines) if at is None else (lines[:at], lines[at + 1 :])
    is_above_text = bool(dated) and any(map(_is_title_line, without_tail(below)))
    if not is_above_text:  # a date below the text says nothing of where the title is
        above, below = [], above + below
    title, doubts = _title_above(above), []
    if not title:
        title, skipped, below = _title_below(below)
        above = above + skipped
        doubts = [Doubt(_("the title was taken from below the date"), Part.TITLE)] if is_above_text else []
    if len(title) > 1:
        doubts.append(Doubt(_("the title stood on %(count)d lines") % {"count": len(title)}, Part.TITLE))
    fields = [field for line in [*above, *dated] for field in fields_of(line)]
    published_at, no_date = _date_in(dated)
    below_fields, body = _skip_fields(below, " ".join(title))
    return Header(
        title=" ".join(title),
        published_at=published_at,
        fields=(*fields, *below_fields),
        body=tuple(body),
        doubts=tuple(doubts),
        problem=no_date or title_problem(" ".join(title)),
        is_dated=bool(dated),
    )


def title_problem(title: str) -> str:
    """Why this cannot be a title; empty if it can."""
    if not any(map(str.isalnum, title)):
        return _("no title found")
    return _("the title has more than %(limit)d characters") % {"limit": MAX_TITLE} if len(title) > MAX_TITLE else ""


def _date_line(lines: list[Line]) -> int | None:
    """The number of the line with the date: a labelled one before a bare one, which may be the site's clock."""
    head = _head(lines)
    foot = [number for number, line in enumerate(lines) if line][-_FOOT_LINES:]
    for numbers, accepts in (
        (head, _has_labelled_date), (head, _is_bare_date), (foot, _has_labelled_date), (foot, is_placed_date)
    ):  # fmt: skip
        for number in numbers:
            if accepts(lines[number]):
                return number
    return None


def _head(lines: list[Line]) -> list[int]:
    """The numbers of the lines that can belong to a header."""
    numbers: list[int] = []
    for number, line in enumerate(lines):
        if len(line.text) > _MAX_HEADER_LINE or len(numbers) == _HEADER_LINES:
            break
        if line:
            numbers.append(number)
    return numbers


def _labelled_date(line: Line) -> str | None:
    return next((field.value for field in fields_of(line) if field.kind is FieldKind.DATE), None)


def _has_labelled_date(line: Line) -> bool:
    return _labelled_date(line) is not None


def _is_bare_date(line: Line) -> bool:
    """Whether the line is a date and nothing else. Raises nothing: a slip of the finger is a date all the same."""
    if len(line.text) > _MAX_BARE_DATE or is_head_chrome(line):
        return False
    try:
        return parse_date(_bare(line)) is not None
    except Unreadable:
        return True


def is_placed_date(line: Line) -> bool:
    """Whether the line is a date as letters have it: `Yên Bái, ngày 10 tháng 11 năm 2023`."""
    return bool(_PLACE.match(line.text)) and _is_bare_date(line)


def _bare(line: Line) -> str:
    return _PLACE.sub("", line.text.strip("|[]() "))


def _date_in(dated: list[Line]) -> tuple[datetime | None, str]:
    """The date in the line, if there is a line, or why there is none."""
    if not dated:
        return None, _("no date found")
    labelled = _labelled_date(dated[0])
    text = _bare(dated[0]) if labelled is None else labelled
    try:
        date = parse_date(text)
    except Unreadable as problem:
        return None, str(problem)
    return date, "" if date else _("no date can be read from “%(text)s”") % {"text": text[:_MAX_BARE_DATE]}


def _is_title_line(line: Line) -> bool:
    return bool(line) and not is_head_chrome(line) and not fields_of(line)


def _title_above(lines: list[Line]) -> list[str]:
    """The last line above the date that can be a title, with the lines that it continues."""
    candidates = [number for number, line in enumerate(lines) if _is_title_line(line)]
    named = [number for number in candidates if not is_owner(lines[number])] or candidates
    if not named:
        return []
    first = last = named[-1]
    while first - 1 in named and continues(lines[first - 1].text, lines[first].text):
        first -= 1
    return [line.text for line in lines[first : last + 1]]


def _title_below(lines: list[Line]) -> tuple[list[str], list[Line], list[Line]]:
    """The first line that can be a title, with those that continue it; the lines before it and those behind."""
    for number, line in enumerate(lines):
        if _is_title_line(line):
            if len(line.text) > MAX_TITLE or ends_sentence(line.text):
                break
            end = number + 1
            while end < len(lines) and _is_title_line(lines[end]) and continues(lines[end - 1].text, lines[end].text):
                end += 1
            return [line.text for line in lines[number:end]], lines[:number], lines[end:]
    return [], [], lines


def continues(before: str, text: str) -> bool:
    """Whether a title that breaks after `before` goes on with `text`."""
    both_capitals = before.isupper() and text.isupper()
    return both_capitals or text[0].islower() or bool(_GOES_ON.search(before)) or before.count("“") > before.count("”")


def _skip_fields(lines: list[Line], title: str) -> tuple[list[Field], list[Line]]:
    """The labelled lines before the text, and the text; chrome and the title printed once more are left out."""
    fields: list[Field] = []
    for number, line in enumerate(lines):
        if found := fields_of(line):
            fields += found
        elif line and line.text.casefold() != title.casefold() and not is_head_chrome(line):
            return fields, lines[number:]
    return fields, []
