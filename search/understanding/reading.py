"""A question on its way through the steps of understanding, and what comes out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from search.engines.base import Alternative, Preference
from search.understanding.abbreviations import Abbreviations
from search.understanding.numbers import KnownNumbers
from search.understanding.question import Question, Word, phrases
from search.understanding.spelling import Speller
from search.understanding.thesaurus import Thesaurus
from search.vietnamese import tokens

Holds = Callable[[Sequence[Sequence[str]]], Sequence[bool]]


@dataclass(frozen=True)
class Knowledge:
    """What questions are read by. `holds` asks the index, as it is now, which phrases some document has."""

    speller: Speller
    abbreviations: Abbreviations
    synonyms: Thesaurus
    known_numbers: KnownNumbers
    holds: Holds
    now: datetime


@dataclass(frozen=True)
class Understood:
    """A question as the index is asked it. The reader is told `showing_results_for` (the question as it was corrected),
    `did_you_mean` and what the question was `expanded` by, each for the words `expanded_from` at the same place;
    `marks` are the words to highlight.
    """

    tokens: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    preferences: tuple[Preference, ...] = ()
    showing_results_for: str = ""
    did_you_mean: str = ""
    expanded: tuple[str, ...] = ()
    expanded_from: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


class Reading:
    """A question as it is understood so far. Words at the places `fixed` are no keystrokes and no slips; those
    `numbered` are a document's number, and mean nothing else.
    """

    def __init__(self, question: Question, knowledge: Knowledge) -> None:
        self.question, self.knowledge = question, knowledge
        self.words = list(question.words)
        self.fixed: set[int] = set()
        self.numbered: frozenset[int] = frozenset()
        self.preferences: list[Preference] = []
        self.did_you_mean = ""
        self._alternatives: list[Alternative] = []
        self._expanded: dict[str, str] = {}
        self._marks: list[str] = []

    @property
    def tokens(self) -> list[str]:
        return [word.token for word in self.words]

    def with_words(self, others: Mapping[int, str]) -> list[Word]:
        """The words with others at some places."""
        return [
            replace(word, token=tokens(others[place])[0], shown=others[place]) if place in others else word
            for place, word in enumerate(self.words)
        ]

    def look_for(self, meaning: Sequence[str], start: int, end: int, weight: float = 1.0) -> None:
        """Look for `meaning` as well, in place of `words[start:end]`."""
        around = self.tokens
        before = around[start - 1] if start else ""
        after = around[end] if end < len(around) else ""
        self._alternatives.append(Alternative(tuple(meaning), before, after, weight))

    def expand(self, meaning: str, start: int, end: int, weight: float = 1.0) -> None:
        """The same for a long form or a synonym, of which the reader is told."""
        self.look_for(tokens(meaning), start, end, weight)
        self._marks += tokens(meaning)
        self._expanded[meaning] = " ".join(word.shown for word in self.words[start:end])

    def understood(self) -> Understood:
        changed = [word.shown for word in self.question.words] != [word.shown for word in self.words]
        return Understood(
            tokens=tuple(self.tokens),
            phrases=phrases(self.words),
            without=self.question.without,
            alternatives=tuple(self._alternatives),
            preferences=tuple(self.preferences),
            showing_results_for=self.question.spelled(self.words) if changed else "",
            did_you_mean=self.did_you_mean,
            expanded=tuple(self._expanded),
            expanded_from=tuple(self._expanded.values()),
            marks=(*self.tokens, *self._marks),
        )
