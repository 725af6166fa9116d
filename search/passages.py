"""Which passages of a text to show, and where to cut them: offsets only, no mark and no markup."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

_WEIGHT = 100  # of a feature that is everywhere in the text
FIRST_MARK = "\u0300"  # nearly all text stands before it, and need not be looked up
_ZERO_WIDTH_JOINER = "\u200d"

# Something at `text[start:end]` that makes a passage worth showing: start, end, key; those of one kind have one key.
# There are hundreds on a page of results: hence a plain tuple, which is quick to make and to take apart.
Feature = tuple[int, int, str]


class Passage(NamedTuple):
    """`text[start:end]`, and whether it begins and ends in the middle of a paragraph."""

    start: int
    end: int
    cut_before: bool
    cut_after: bool


def best_passages(text: str, features: Sequence[Feature], count: int, width: int) -> list[Passage]:
    """Up to `count` passages of about `width` characters that do not overlap, in the order of the text.

    `text` has no blank ends; neither the starts nor the ends of `features` decrease. Each passage is the one that
    shows most, and what a passage before it shows counts a quarter. Without features it is the text's beginning.
    """
    frequency = Counter([key for _, _, key in features])
    # A rare feature is worth up to twice a common one; a repetition is worth nothing.
    weights = {key: _WEIGHT + _WEIGHT // times for key, times in frequency.items()}
    passages: list[Passage] = []
    enough = 1
    while len(passages) < count and (window := _best_window(features, weights, width, passages, enough)):
        passage = _passage(text, window, passages, width)
        passages.append(passage)
        if len(passages) == count:
            break
        shown = {key for _, _, key in features_within(features, passage.start, passage.end)}
        if len(passages) == 1:  # the next shows something new, or half as much again; two stray words do not help
            enough = min(_WEIGHT, sum(weights[key] for key in shown) // 8)
        for key in shown:
            weights[key] //= 4
    if not passages and text and count > 0:
        passages.append(_passage(text, (0, 0), [], width))
    return sorted(passages)


def features_within(features: Sequence[Feature], start: int, end: int) -> Sequence[Feature]:
    """Those that lie in `start … end`; neither the starts nor the ends of `features` decrease."""
    return features[bisect_left(features, start, key=itemgetter(0)) : bisect_right(features, end, key=itemgetter(1))]


def _best_window(
    features: Sequence[Feature], weights: dict[str, int], width: int, taken: Sequence[Passage], enough: int
) -> tuple[int, int] | None:
    """Where the features within `width` characters weigh most and weigh enough, each kind once; the first of equals."""
    best, best_score, most = None, enough - 1, sum(weights.values())
    seen = dict.fromkeys(weights, -1)  # where each kind was last: it is inside, unless that is before `left`
    score = left = 0
    start = features[0][0] if features else 0
    for right, (_, end, key) in enumerate(features):
        if seen[key] < left:
            score += weights[key]
        seen[key] = right
        while end - start > width and left < right:
            gone = features[left][2]
            if seen[gone] == left:
                score -= weights[gone]
            left += 1
            start = features[left][0]
        if score > best_score and all(end <= passage.start or passage.end <= start for passage in taken):
            best, best_score = (start, end), score
            if score == most:  # nothing can beat what shows all
                break
    return best


def _passage(text: str, window: tuple[int, int], taken: Sequence[Passage], width: int) -> Passage:
    """The window with its surroundings, `width` characters in all, or fewer for a good place to cut."""
    first, last = window
    low, high = 0, len(text)
    for other in taken:
        if other.end <= first:
            low = max(low, other.end)
        elif other.start >= last:
            high = min(high, other.start)
    room = max(0, width - (last - first)) // 2
    start, cut_before = _start(text, max(low, first - room), first)
    high = max(last, min(high, start + width))
    end, cut_after = _end(text, last, high, start)
    while end > start and text[end - 1].isspace():
        end -= 1
    return Passage(start, end, cut_before, cut_after)


def _start(text: str, low: int, first: int) -> tuple[int, bool]:
    """Where to begin in `low … first`, and whether that cuts a paragraph."""
    if low == 0:
        return 0, False
    paragraph = text.rfind("\n", low - 1, first) + 1
    start = paragraph or _border(text, range(low, first), first)
    while start < first and text[start].isspace() and not is_mark(text, start + 1):
        start += 1
    return start, not paragraph


def _end(text: str, last: int, high: int, start: int) -> tuple[int, bool]:
    """Where to stop in `last … high`, and whether that cuts a paragraph; half of the room must be filled."""
    if high == len(text):
        return high, False
    paragraph = text.rfind("\n", max(last, (start + high) // 2), high + 1)
    if paragraph >= 0:
        return paragraph, False
    border = _border(text, range(high, last, -1), last)
    if border > start:
        return border, True
    while high > start + 1 and _is_joined(text, high):  # one word without end
        high -= 1
    return high, True


def is_mark(text: str, index: int) -> bool:
    """Whether a combining mark stands there, one that found no letter to compose with."""
    return text[index : index + 1] >= FIRST_MARK and unicodedata.category(text[index])[0] == "M"


def _is_joined(text: str, index: int) -> bool:
    """Whether a cut there would part what is seen as one character."""
    return is_mark(text, index) or _ZERO_WIDTH_JOINER in text[index - 1 : index + 1]


def _border(text: str, places: range, otherwise: int) -> int:
    """The first of the places where a word ends or begins."""
    for index in places:
        if (text[index].isspace() or text[index - 1].isspace()) and not _is_joined(text, index):
            return index
    return otherwise
