"""Abbreviations and their long forms, each found by the other."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files

from search.understanding.question import Word
from search.understanding.thesaurus import Match, Thesaurus
from search.vietnamese import fold, fold_tokens, tokens
from search.vietnamese.syllables import accented_forms


class Abbreviations:
    """A dictionary of abbreviations, read both ways."""

    def __init__(self, entries: Iterable[tuple[str, Sequence[str]]]) -> None:
        """From short forms with their long forms, the usual one first."""
        entries = list(entries)
        self._long = Thesaurus((short, long) for short, several in entries for long in several)
        # What an ambiguous one means on a page is not known: `KT` there is as often not `kinh tế`.
        self._short = Thesaurus((several[0], short) for short, several in entries if len(several) == 1)

    def long_forms(self, words: Sequence[Word]) -> list[Match]:
        """The abbreviations in a question. One that is a syllable too (TU and từ) counts only in capitals among others
        that are not.
        """
        shouting = all(word.capitals for word in words)
        return [
            match
            for match in self._long.matches([word.token for word in words])
            if any(
                (word.capitals and not shouting) or not accented_forms(fold(word.token))
                for word in words[match.start : match.end]
            )
        ]

    def short_forms(self, words: Sequence[Word]) -> list[Match]:
        """The long forms in a question."""
        return list(self._short.matches([word.token for word in words]))


@cache
def shipped(without: Collection[tuple[str, str]] = frozenset()) -> Abbreviations:
    """The dictionary that comes with the project, without some pairs of a short and a long form, in either order."""
    struck_out = {frozenset(map(_key, pair)) for pair in without}
    return Abbreviations(
        (short, left)
        for short, several in _entries()
        if (left := [long for long in several if frozenset((_key(short), _key(long))) not in struck_out])
    )


@cache
def _entries() -> Sequence[tuple[str, list[str]]]:
    lines = files(__package__).joinpath("abbreviations.txt").read_text("utf-8").splitlines()
    return [_entry(line) for line in lines if line.strip() and not line.startswith("#")]


def _key(text: str) -> str:
    return " ".join(fold_tokens(tokens(text)))


def _entry(line: str) -> tuple[str, list[str]]:
    short, _, long = line.partition(":")
    return short.strip(), [form.strip() for form in long.split(";")]
