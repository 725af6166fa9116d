"""Typing slips, corrected from the index's own syllables and pairs of neighbours: a noisy channel.

A query is a path through candidates, one for each word: the word itself, and known words that one slip of the finger,
or one confusion of sounds, makes into it. The best path has the greatest sum of the log-probability of each word
after the one before and that of the slip. Only words that do not fit between their neighbours are doubted, so a sound
query costs a few look-ups and stays as it is.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise

from search.understanding.slips import Slip, slips
from search.understanding.vocabulary import Vocabulary
from search.vietnamese import fold
from search.vietnamese.syllables import accented_forms

_CHOICES = 6  # words that are weighed against a doubtful one
_REMEMBERED = 5_000  # words whose slips are kept: about 5 MB

_KNOWN = -2.0  # a word that the index knows, or that is a Vietnamese syllable, is less often a slip
_ACCENTS = -5.0  # the log-probability of other accents than were meant
_ACCENTS_AGREE = 1.5  # more, when the slip undone gives a syllable with just the accents that were typed


@dataclass(frozen=True)
class Correction:
    """What may have been meant by the word at `place`; `gain` says by how much that is likelier than what was typed:
    the logarithm of the ratio, below 0 when the word typed is likelier.
    """

    place: int
    meant: str
    gain: float


@dataclass(frozen=True)
class _Word:
    """A word typed or perhaps meant; `cost` is the log-probability of the slip that leads to it, 0 for none."""

    exact: str
    folded: str
    cost: float = 0.0

    @property
    def accented(self) -> bool:
        return self.exact != self.folded


class Speller:
    """Corrects by one vocabulary. Remembers the likely slips of the words it has doubted lately."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known_slips = lru_cache(maxsize=_REMEMBERED)(self._find_known_slips)

    def corrections(self, words: Sequence[str], fixed: Collection[int] = ()) -> list[Correction]:
        """Other readings of each doubtful word, the likeliest first.

        `words` are exact syllables; those at the indices `fixed` are not doubted. A correction has the accents that
        were typed with it, if there is such a word.
        """
        typed = [_Word(word, fold(word)) for word in words]
        choices = [[word] for word in typed]
        for place in _doubtful(typed, self.vocabulary):
            if place not in fixed:
                choices[place] += self._likely(place, typed)
        doubted = [place for place, some in enumerate(choices) if len(some) > 1]
        if not doubted:
            return []
        path = _best_path(choices, self.vocabulary)
        return [found for place in doubted for found in self._readings(place, choices[place], path)]

    def _likely(self, place: int, typed: Sequence[_Word]) -> list[_Word]:
        """The few words that would fit best between the neighbours as these were typed."""
        before = typed[place - 1] if place else None
        after = typed[place + 1] if place + 1 < len(typed) else None
        fits = [(_fit(word, before, after, self.vocabulary), word) for word in self._meant(typed[place])]
        return [word for _, word in nlargest(_CHOICES, fits, key=_first)]

    def _meant(self, word: _Word) -> Iterator[_Word]:
        """Known words one slip away, with the accents typed if there is such a word; of a word with accents also those
        that have others.
        """
        for slip in self._known_slips(word.folded):
            exact = slip.undo(word.exact) if word.accented else slip.meant
            agrees = exact != slip.meant and self.vocabulary.exact.count(exact) > 0
            yield _Word(exact if agrees else slip.meant, slip.meant, slip.cost + (_ACCENTS_AGREE if agrees else 0.0))
        if word.accented:
            others = self.vocabulary.exact.words.known(accented_forms(word.folded))
            yield from (_Word(exact, word.folded, _ACCENTS) for exact in others if exact != word.exact)

    def _find_known_slips(self, folded: str) -> list[Slip]:
        best: dict[str, Slip] = {}
        for slip in slips(folded):
            if slip.meant not in best or slip.cost > best[slip.meant].cost:
                best[slip.meant] = slip
        best.pop(folded, None)
        return [best[word] for word in self.vocabulary.folded.words.known(best)]

    def _readings(self, place: int, choices: Sequence[_Word], path: Sequence[_Word]) -> Iterator[Correction]:
        """The words but the typed one, by how well they fit between its neighbours on the best path."""
        before = path[place - 1] if place else None
        after = path[place + 1] if place + 1 < len(path) else None
        typed, *others = choices
        fit = _fit(typed, before, after, self.vocabulary)
        is_word = self.vocabulary.folded.count(typed.folded) > 0 or bool(accented_forms(typed.folded))
        fits = sorted(((_fit(word, before, after, self.vocabulary), word) for word in others), key=_first, reverse=True)
        for better, word in fits:
            known = _KNOWN if is_word and word.folded != typed.folded else 0.0
            yield Correction(place, self._spelled(word, before, after), better + known - fit)

    def _spelled(self, word: _Word, before: _Word | None, after: _Word | None) -> str:
        """The word with its accents, where those of a neighbour show that they are typed here."""
        accented = [neighbour for neighbour in (before, after) if neighbour and neighbour.accented]
        forms = self.vocabulary.exact.words.known(accented_forms(word.folded)) if accented else []
        if word.accented or not forms:
            return word.exact

        def fit(form: str) -> float:
            follows = self.vocabulary.exact.log_probability(form, before.exact if before else "")
            return follows + (self.vocabulary.exact.log_probability(after.exact, form) if after else 0.0)

        return max(forms, key=fit)


def _doubtful(words: Sequence[_Word], vocabulary: Vocabulary) -> Iterator[int]:
    """Words that do not belong to any of their neighbours here; alone, those that the index does not know."""
    fits = [_belong(left, right, vocabulary) for left, right in pairwise(words)]
    for place, word in enumerate(words):
        beside = fits[max(0, place - 1) : place + 1]
        known = any(beside) if beside else vocabulary.folded.count(word.folded) > 0
        if not known and len(word.folded) > 1 and word.folded.isalpha():
            yield place


def _belong(left: _Word, right: _Word, vocabulary: Vocabulary) -> bool:
    if left.accented and right.accented:
        return vocabulary.exact.attract(left.exact, right.exact)
    return vocabulary.folded.attract(left.folded, right.folded)


def _best_path(choices: Sequence[Sequence[_Word]], vocabulary: Vocabulary) -> Sequence[_Word]:
    """The likeliest of all paths (Viterbi): of those that end in the same word only the best can go on."""
    ends: list[tuple[float, tuple[_Word, ...]]] = [(0.0, ())]
    for some in choices:
        ends = [max((_longer(score, path, word, vocabulary) for score, path in ends), key=_first) for word in some]
    return max(ends, key=_first)[1]


def _longer(
    score: float, path: tuple[_Word, ...], word: _Word, vocabulary: Vocabulary
) -> tuple[float, tuple[_Word, ...]]:
    following = _log_probability(word, path[-1] if path else None, vocabulary)
    return score + word.cost + following, (*path, word)


def _fit(word: _Word, before: _Word | None, after: _Word | None, vocabulary: Vocabulary) -> float:
    """How well a word fits between two neighbours: a log-probability."""
    following = _log_probability(after, word, vocabulary) if after else 0.0
    return word.cost + _log_probability(word, before, vocabulary) + following


def _log_probability(word: _Word, before: _Word | None, vocabulary: Vocabulary) -> float:
    """Of a word after another, or at the beginning; between two words with accents these count as much as letters."""
    folded = vocabulary.folded.log_probability(word.folded, before.folded if before else "")
    if before is None or not (before.accented and word.accented):
        return folded
    return (folded + vocabulary.exact.log_probability(word.exact, before.exact)) / 2


def _first(pair: tuple[float, object]) -> float:
    return pair[0]
