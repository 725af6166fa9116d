"""Capitals that TCVN3 lost: `TR¦êNG HÑT` in a font that is not known gives `TRƯờNG`, which was meant to be `TRƯỜNG`."""

import re
from collections.abc import Sequence

from search.vietnamese.encodings.judging import SMALL_TONED, is_syllable

_LETTERS = re.compile(r"[^\W\d_]+")


def restore(words: Sequence[str]) -> list[str]:
    """The words of a run with toned letters in capitals where the others are.

    A word whose other letters do not tell (Hà, ở) is like its neighbours, if they are of one mind.
    """
    known = [_is_capital(word) for word in words]
    return [
        word.upper() if own or (own is None and _around(known, place)) else word
        for place, (word, own) in enumerate(zip(words, known, strict=True))
    ]


def _is_capital(word: str) -> bool | None:
    """Whether a word is in capitals; None where its letters do not tell."""
    letters = "".join(_LETTERS.findall(word))
    firm = "".join(letter for letter in letters if letter not in SMALL_TONED)
    if len(firm) >= 2:
        return firm.isupper() if letters != firm or is_syllable(letters) else None
    return None if not firm or firm.isupper() else False


def _around(known: Sequence[bool | None], place: int) -> bool:
    """Whether the nearest words that tell, on either side, are in capitals."""
    before = next((mind for mind in reversed(known[max(0, place - 2) : place]) if mind is not None), None)
    behind = next((mind for mind in known[place + 1 : place + 3] if mind is not None), None)
    return (before or behind) is True and False not in (before, behind)
