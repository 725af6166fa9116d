"""Repairs text of which nobody knows what it is in: finds the runs in an old encoding and decodes these alone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from search.vietnamese.encodings import capitals, paths
from search.vietnamese.encodings.fonts import Font, read_font
from search.vietnamese.encodings.judging import ENCODINGS, decoded, is_address, is_foreign, scores
from search.vietnamese.encodings.paths import Run, Word
from search.vietnamese.encodings.values import Encoding, Part, Repaired

# Not all that Python takes for spaces: VISCII has letters among the control characters.
_SPACES = re.compile("([ \\t\\n\\r\\f\\v\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+)")
_ENDS = (".", "!", "?", "…", ":", ";")  # of sentences, and where a quotation often begins
_FONT = 2.5  # what the name of a font is worth, more than one word and less than two
_REMEMBERED = 200_000  # words that are harmless, so that a text of these needs but one look
_harmless: set[str] = set()


def repair(text: str, font: str | None = None) -> Repaired:
    """The text in Unicode. `font` is the name of the one that shows it, or a style sheet's list, where it is known.

    What is Unicode already, another language, code or an address is given back as it is.
    """
    return repair_parts([Part(text, font)])[0]


def repair_parts(parts: Iterable[Part]) -> list[Repaired]:
    """The same for the pieces of a text, one for each: the words around a word help to see what it is in."""
    parts = list(parts)
    fonts = [read_font(part.font) for part in parts]
    trusted = {font for font in set(fonts) if font and _is_borne_out(font.encoding, parts, fonts)}
    plain = iter(_repaired_plain([part.text for part, font in zip(parts, fonts, strict=True) if font is None]))
    return [
        _repaired_in(part.text, font, is_trusted=font in trusted) if font else next(plain)
        for part, font in zip(parts, fonts, strict=True)
    ]


def _is_borne_out(encoding: Encoding, parts: Sequence[Part], fonts: Sequence[Font | None]) -> bool:
    """Whether what is in these fonts does look like it: Unicode was often pasted where the old font's name stayed."""
    texts = [part.text for part, font in zip(parts, fonts, strict=True) if font and font.encoding is encoding]
    return sum(_gain(text, encoding) for text in texts) >= 0


def _words(text: str) -> list[str]:
    return _SPACES.split(text)[::2]


def _gain(text: str, encoding: Encoding) -> float:
    found = [scores(word) for word in _words(text)]
    return sum(word.legacy[ENCODINGS.index(encoding)] - word.as_is for word in found)


def _repaired_in(text: str, font: Font, *, is_trusted: bool) -> Repaired:
    """A piece in one of the old fonts is in its encoding as a whole, or not at all."""
    gain = _gain(text, font.encoding) + (_FONT if is_trusted else -_FONT)
    if gain < 0:
        return Repaired(text)
    pieces = [piece if is_address(piece) else decoded(piece, font.encoding) for piece in _SPACES.split(text)]
    made = "".join(piece.upper() for piece in pieces) if font.capitals else "".join(_restored(pieces, font.encoding))
    return Repaired(made, font.encoding, paths.sureness(gain)) if made != text else Repaired(text)


def _repaired_plain(texts: list[str]) -> list[Repaired]:
    """Texts whose fonts tell nothing, one after the other."""
    if not any(map(_is_suspicious, texts)):
        return list(map(Repaired, texts))
    pieces = [_SPACES.split(text) for text in texts]
    found = paths.runs(list(_judged(pieces)))
    made, start = [], 0
    for text, split in zip(texts, pieces, strict=True):
        end = start + len(split[::2])
        inside = [run._replace(start=max(start, run.start) - start, end=min(end, run.end) - start)
                  for run in found if run.start < end and run.end > start]  # fmt: skip
        made.append(_applied(text, split, inside) if inside else Repaired(text))
        start = end
    return made


def _judged(pieces: list[list[str]]) -> Iterator[Word]:
    """The words of texts that were cut at their spaces."""
    opens = True
    for split in pieces:
        for word, space in zip(split[::2], [*split[1::2], ""], strict=True):
            yield Word(scores(word), opens)
            opens = "\n" in space or word.endswith(_ENDS) or (opens and not word)


def _is_suspicious(text: str) -> bool:
    """Whether any word would do better in an old encoding. For most texts a look at their new words is enough."""
    if text.isascii():
        return False
    unknown = set(text.split()) - _harmless
    if len(_harmless) > _REMEMBERED:
        _harmless.clear()
    for word in unknown:
        if scores(word).gain > 0:
            return True
        _harmless.add(word)
    return False


def _applied(text: str, split: list[str], inside: Sequence[Run]) -> Repaired:
    """The text, cut at its spaces, with the runs decoded."""
    weights: Counter[Encoding] = Counter()
    for run in inside:
        span = slice(2 * run.start, 2 * run.end - 1)
        meant = [piece if is_foreign(piece, run.encoding) else decoded(piece, run.encoding) for piece in split[span]]
        split[span] = _restored(meant, run.encoding)
        weights[run.encoding] += run.end - run.start
    made = "".join(split)
    if made == text:
        return Repaired(text)
    return Repaired(made, weights.most_common(1)[0][0], min(run.confidence for run in inside))


def _restored(pieces: list[str], encoding: Encoding) -> list[str]:
    """What an encoding is known to lose, brought back where the words around it tell."""
    if encoding is not Encoding.TCVN3:
        return pieces
    return list(chain.from_iterable(_lines(pieces)))


def _lines(pieces: list[str]) -> Iterator[list[str]]:
    """Words and spaces, the capitals restored line by line."""
    start = 0
    for place, piece in enumerate([*pieces, "\n"]):
        if "\n" in piece and (place % 2 or place == len(pieces)):
            line = pieces[start:place]
            line[start % 2 :: 2] = capitals.restore(line[start % 2 :: 2])
            yield [*line, *pieces[place : place + 1]]
            start = place + 1
