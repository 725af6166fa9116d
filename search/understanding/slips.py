"""What a slip of the finger, or of the ear, makes of a word, and how likely that is."""

from collections.abc import Iterator
from typing import NamedTuple

# Log-probabilities of a certain slip: a reader slips in about one word of twenty (-3), in one of some fifty ways (-4).
# The more usual ones come a little cheaper.
_SWAPPED = _DOUBLED = _CONFUSED = -5.0
_NEIGHBOUR = -5.5
_MISSED = _ADDED = -6.0
_REPLACED = -7.0

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Beginnings of syllables that many speakers do not tell apart, north or south.
_CONFUSIONS = (("l", "n"), ("s", "x"), ("ch", "tr"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("d", "v"), ("gi", "v"))


def _keyboard() -> dict[str, frozenset[str]]:
    """Each letter's neighbours on the keyboard: beside it, above and below it."""
    places = {letter: (row, column + row / 2) for row, keys in enumerate(_ROWS) for column, letter in enumerate(keys)}
    return {
        letter: frozenset(
            other
            for other, (row, column) in places.items()
            if other != letter and abs(row - place[0]) <= 1 and abs(column - place[1]) <= 1
        )
        for letter, place in places.items()
    }


_NEIGHBOURS = _keyboard()


class Slip(NamedTuple):
    """`meant` became the word typed, at the log-probability `cost`: `typed[start:end]` stands for `right`.

    `swapped`: the two letters there stand in the wrong order, whatever they are.
    """

    meant: str
    cost: float
    start: int
    end: int
    right: str
    swapped: bool = False

    def undo(self, typed: str) -> str:
        """The slip undone in the same word with its accents."""
        right = typed[self.start : self.end][::-1] if self.swapped else self.right
        return typed[: self.start] + right + typed[self.end :]


def slips(word: str) -> Iterator[Slip]:
    """All single slips that may have led to a folded word; the same word may have been meant by several."""
    for place in range(len(word)):
        yield from _at(place, word)
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        for letter in _LETTERS:
            yield Slip(head + letter + tail, _MISSED, place, place, letter)
    for pair in _CONFUSIONS:
        for said, meant in (pair, pair[::-1]):
            if word.startswith(said):
                yield Slip(meant + word[len(said) :], _CONFUSED, 0, len(said), meant)


def _at(place: int, word: str) -> Iterator[Slip]:
    """A letter that is too much, swapped with the next one, or in place of another."""
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    yield Slip(head + tail, _DOUBLED if head[-1:] == letter else _ADDED, place, place + 1, "")
    if tail:
        yield Slip(head + tail[0] + letter + tail[1:], _SWAPPED, place, place + 2, "", swapped=True)
    near = _NEIGHBOURS.get(letter, frozenset())
    for other in _LETTERS:
        yield Slip(head + other + tail, _NEIGHBOUR if other in near else _REPLACED, place, place + 1, other)
