"""Words that stand for other words: abbreviations and their long forms, editors' synonyms. Looked up when a question is
asked, so that a change needs no new index.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.vietnamese import fold_tokens, tokens


@dataclass(frozen=True)
class Match:
    """`words[start:end]` of a question stand for `meanings`: texts as people write them."""

    start: int
    end: int
    meanings: tuple[str, ...]


class Thesaurus:
    """Meanings by words, with any accents. The longest words that fit are taken, from left to right."""

    def __init__(self, entries: Iterable[tuple[str, str]] = ()) -> None:
        """From pairs of texts, the second of which may stand for the first."""
        meanings: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for text, meaning in entries:
            meanings[tuple(fold_tokens(tokens(text)))][meaning] = None
        self._meanings = {words: tuple(found) for words, found in meanings.items() if words}
        self._longest = max(map(len, self._meanings), default=0)

    def matches(self, words: Sequence[str]) -> Iterator[Match]:
        """What stands for parts of a question (exact tokens); the parts do not overlap."""
        folded, place = tuple(fold_tokens(words)), 0
        while place < len(folded):
            match = self._longest_at(folded, place)
            if match:
                yield match
            place = match.end if match else place + 1

    def _longest_at(self, folded: tuple[str, ...], start: int) -> Match | None:
        for end in range(min(start + self._longest, len(folded)), start, -1):
            if meanings := self._meanings.get(folded[start:end]):
                return Match(start, end, meanings)
        return None
