"""Which words of a text are in which encoding: the likeliest path through the words (Viterbi)."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from search.vietnamese.encodings.judging import CANNOT_BE, ENCODINGS, Scores
from search.vietnamese.encodings.values import Encoding

# What a run must gain to be taken for legacy text. Two words that are syllables in an old encoding and nothing at all
# as they stand are enough (`§éi thñ`); three that might be words of another language are.
_ENTRY = 7.0
_EXIT = 4.0  # what comes behind legacy text is rather that, too
_OPENING = 1.0  # how much less either costs where a line or a sentence begins
# Where most of a text is in one encoding, the rest rather is, too: for each word so much more, so little for a run.
_LEAN, _ENTRY_AGAIN = 0.75, 5.0

_AS_IS = -1


class Word(NamedTuple):
    """A word's scores, and whether a line, a sentence or a piece of the text begins with it."""

    scores: Scores
    opens: bool = False


class Run(NamedTuple):
    """Words from `start` to before `end` that are in one encoding."""

    start: int
    end: int
    encoding: Encoding
    confidence: float


def runs(words: Sequence[Word]) -> list[Run]:
    """The runs that are in an old encoding, in order."""
    if not _may_have(words):
        return []
    path = _path(words, [_ENTRY] * len(ENCODINGS))
    if (main := _main(words, path)) is not None:
        entries = [_ENTRY_AGAIN if place == main else _ENTRY for place in range(len(ENCODINGS))]
        path = _path([_leaning(word, main) for word in words], entries)
    return [_run(words, start, end, encoding) for start, end, encoding in _stretches(path)]


def sureness(margin: float) -> float:
    """The confidence that a difference of scores gives, from 0.5 on."""
    return 1 / (1 + math.exp(-min(max(margin, 0.0), 50.0) / 2))


def _may_have(words: Sequence[Word]) -> bool:
    """Whether any run can gain enough; most texts need no more than this."""
    gains = [[legacy - word.scores.as_is for legacy in word.scores.legacy] for word in words]
    return any(sum(gain for gain in column if gain > 0) > _ENTRY - _OPENING for column in zip(*gains, strict=True))


def _main(words: Sequence[Word], path: Sequence[int]) -> int | None:
    """The encoding that more of the telling words are in than in anything else, if there is one."""
    counts = Counter(state for word, state in zip(words, path, strict=True) if _tells(word.scores, state))
    state, count = max(counts.items(), key=lambda item: item[1], default=(_AS_IS, 0))
    return state if state != _AS_IS and 2 * count > counts.total() else None


def _tells(scores: Scores, state: int) -> bool:
    """Whether the word is in no other reading what it is in this one."""
    return scores.as_is > max(scores.legacy) if state == _AS_IS else scores.legacy[state] > scores.as_is


def _leaning(word: Word, main: int) -> Word:
    """The word with a little more for this encoding, if that makes of it what can be said, or if it is odd as it is."""
    as_is, own = word.scores.as_is, word.scores.legacy[main]
    if word.scores.is_plain or (own < min(0.0, as_is) and (as_is >= 0 or own <= CANNOT_BE)):
        return word
    leaning = max(own, min(0.0, as_is)) + _LEAN
    legacy = tuple(leaning if place == main else score for place, score in enumerate(word.scores.legacy))
    return word._replace(scores=word.scores._replace(legacy=legacy))


def _path(words: Sequence[Word], entries: Sequence[float]) -> list[int]:
    """For each word the index of its encoding, _AS_IS where it stands as it is. `entries` is what each costs."""
    as_is, legacy = 0.0, [-math.inf] * len(ENCODINGS)
    steps: list[tuple[int, list[int]]] = []  # for each word where each of its readings comes from
    for word, opens in words:
        discount = _OPENING if opens else 0.0
        best = max(legacy)
        leaves = best - _EXIT + discount > as_is
        enters = [max(as_is, best) - entry + discount for entry in entries]
        came = legacy.index(best) if best > as_is else _AS_IS
        stays = [score > entered for score, entered in zip(legacy, enters, strict=True)]
        steps.append(
            (legacy.index(best) if leaves else _AS_IS, [place if stay else came for place, stay in enumerate(stays)])
        )
        legacy = [
            max(score, entered) + found for score, entered, found in zip(legacy, enters, word.legacy, strict=True)
        ]
        as_is = (best - _EXIT + discount if leaves else as_is) + word.as_is
    return _traced(steps, _AS_IS if as_is >= max(legacy) else legacy.index(max(legacy)))


def _traced(steps: list[tuple[int, list[int]]], state: int) -> list[int]:
    """The path back from its last state, the right way round."""
    path = []
    for from_as_is, from_legacy in reversed(steps):
        path.append(state)
        state = from_as_is if state == _AS_IS else from_legacy[state]
    return path[::-1]


def _stretches(path: list[int]) -> Iterator[tuple[int, int, Encoding]]:
    start = 0
    for state, members in groupby(path):
        end = start + len(list(members))
        if state != _AS_IS:
            yield start, end, ENCODINGS[state]
        start = end


def _run(words: Sequence[Word], start: int, end: int, encoding: Encoding) -> Run:
    """With the confidence that comes of the distance to the next best reading of the same words."""
    gains = [
        sum(word.scores.legacy[place] - word.scores.as_is for word in words[start:end]) - _ENTRY + _OPENING
        for place in range(len(ENCODINGS))
    ]
    own = gains.pop(ENCODINGS.index(encoding))
    return Run(start, end, encoding, sureness(own - max(0.0, *gains)))
