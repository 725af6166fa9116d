"""Cuts the text of a page into clean lines and puts wrapped lines together again."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cms.core.importing.values import Rich

_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Marks without a width, and control characters; some portals are full of them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# Word's bullets from symbol fonts lie in the private use area.
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc", "•"))
_SENTENCE_END = re.compile(r"(?:[.!?…:;]|\./)[\"'”’»)\]]*$")
_WRAP_WIDTH = range(50, 121)  # characters, where programs wrap lines
_WRAP_SLACK = 16  # a wrapped line falls short by less than the longest word


@dataclass(frozen=True)
class Line:
    """A line without surrounding spaces; `indent` counts those that stood before it. Blank ones have no text.

    One that comes from HTML is `rich`: it knows what it was there.
    """

    text: str
    indent: int = 0
    rich: Rich | None = None

    def __bool__(self) -> bool:
        return bool(self.text)


def lines_of(text: str) -> list[Line]:
    """All lines of `text`, blank ones too, in NFC, with single plain spaces and nothing invisible."""
    text = unicodedata.normalize("NFC", text).translate(_BULLETS)
    return [_line(raw) for raw in _ENDS.split(text)]


def _line(raw: str) -> Line:
    visible = _INVISIBLE.sub("", raw).rstrip()
    return Line(" ".join(visible.split()), len(visible) - len(visible.lstrip()))


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does: `.`, `!`, `…`, `./.`, a quotation mark behind it."""
    return bool(_SENTENCE_END.search(text))


def paragraphs_of(lines: list[Line]) -> list[Line]:
    """The paragraphs: each line is one, unless it goes on in the next because a program had wrapped it."""
    return [paragraph for run in _runs(lines) for paragraph in _unwrapped(run)]


def _runs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines with no blank line between them."""
    run: list[Line] = []
    for line in [*lines, Line("")]:
        if line:
            run.append(line)
        elif run:
            yield run
            run = []


def _unwrapped(run: list[Line]) -> list[Line]:
    if _is_wrapped(run):
        return [Line(" ".join(line.text for line in run), run[0].indent)]
    paragraphs = run[:1]
    for before, line in pairwise(run):
        if not ends_sentence(before.text) and line.text[0].islower():
            paragraphs[-1] = Line(f"{paragraphs[-1].text} {line.text}", paragraphs[-1].indent)
        else:
            paragraphs.append(line)
    return paragraphs


def _is_wrapped(run: list[Line]) -> bool:
    """At least three lines, all but the last about equally long, few ending a sentence: nobody writes paragraphs so."""
    widths = [len(line.text) for line in run[:-1]]
    sentences = sum(ends_sentence(line.text) for line in run[:-1])
    return (
        len(widths) >= 2
        and sentences * 2 < len(widths)
        and all(width in _WRAP_WIDTH for width in widths)
        and max(widths) - min(widths) < _WRAP_SLACK
        and len(run[-1].text) <= max(widths)
    )
