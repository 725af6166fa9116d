"""Which syllables and which pairs of neighbours the index holds, and how often: what corrections are measured by.

Words are kept as 32 bits of a hash and 8 bits of a count: 5 bytes for each of a million pairs and more of 38,000
documents. At that size one lookup in 3,500 takes a stranger for a pair that is there.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp2, log, log2
from zlib import crc32

from search.vietnamese import fold_tokens, pairs, tokens

TABLES = ("exact", "folded", "exact_pairs", "folded_pairs")
_STEPS = 8  # steps of a count for each doubling: within 5 per cent of the truth
_BUCKET_BITS = 6  # while counting, words are spread over 64 buckets, so that only one is counted at a time
_PAIR_WEIGHT = 0.75
# Two words belong together that stand side by side so often, or so many times more often than by chance.
_OFTEN, _ATTRACTION = 20, 4.0
_REMEMBERED = 10_000  # counts and log-probabilities each: about 2 MB
_UNSEEN = 0.05  # occurrences that a word is taken to have which the index has never seen


def _hash(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


def _log(count: int) -> int:
    return min(255, round(_STEPS * log2(count)))


_COUNTS = [exp2(steps / _STEPS) for steps in range(256)]


@dataclass(frozen=True)
class Table:
    """Counts by word. `hashes` are rising; `logs` hold a byte for each."""

    hashes: "array[int]"
    logs: bytes

    def count(self, word: str) -> float:
        """How often the index holds the word, within 5 per cent; 0.0 for never."""
        key = _hash(word)
        place = bisect_left(self.hashes, key)
        if place < len(self.hashes) and self.hashes[place] == key:
            return _COUNTS[self.logs[place]]
        return 0.0

    def known(self, words: Iterable[str]) -> list[str]:
        """Those of the words that the index holds; for hundreds of candidates, of which few are words."""
        hashes, size = self.hashes, len(self.hashes)
        found = []
        for word in words:
            key = crc32(word.encode())
            place = bisect_left(hashes, key)
            if place < size and hashes[place] == key:
                found.append(word)
        return found

    def to_bytes(self) -> bytes:
        return self.hashes.tobytes() + self.logs

    @classmethod
    def from_bytes(cls, data: bytes) -> "Table":
        """What `to_bytes` gave. Raises ValueError for anything else."""
        size, rest = divmod(len(data), _ENTRY)
        if rest:
            raise ValueError("a table's length is a whole number of entries")
        hashes = array("I")
        hashes.frombytes(data[: 4 * size])
        return cls(hashes, data[4 * size :])


_ENTRY = 5  # bytes


@dataclass(frozen=True, eq=False)
class Grams:
    """Words and pairs of neighbours in one spelling, exact or folded; `size` counts the words of all texts."""

    words: Table
    pairs: Table
    size: int

    @cached_property
    def count(self) -> Callable[[str], float]:
        """How often the index holds a word. The readings of one question ask for the same few again and again, so
        some are remembered.
        """
        return lru_cache(maxsize=_REMEMBERED)(self.words.count)

    def log_probability(self, word: str, before: str = "") -> float:
        """Of a word after another one, 0.75 by their pair and 0.25 by the word alone; "" stands for no neighbour."""
        return self._remembered(word, before)

    @cached_property
    def _remembered(self) -> Callable[[str, str], float]:
        return lru_cache(maxsize=_REMEMBERED)(self._log_probability)

    def _log_probability(self, word: str, before: str) -> float:
        alone = max(self.count(word), _UNSEEN) / max(self.size, 1)
        if not before:
            return log(alone)
        pair = self.pairs.count(f"{before}_{word}")
        after = pair / max(self.count(before), pair, 1.0)
        return log(_PAIR_WEIGHT * after + (1 - _PAIR_WEIGHT) * alone)

    def attract(self, left: str, right: str) -> bool:
        """Whether the two stand side by side clearly more often than their numbers alone would bring about."""
        together = self.pairs.count(f"{left}_{right}")
        by_chance = self.count(left) * self.count(right)
        return together > 0 and (together >= _OFTEN or together * self.size > _ATTRACTION * by_chance)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What the documents of an index say, without saying where."""

    exact: Grams
    folded: Grams
    documents: int

    @classmethod
    def of(cls, tables: Mapping[str, Table], size: int, documents: int) -> "Vocabulary":
        """From the four TABLES, of texts with `size` words together."""
        return cls(
            Grams(tables["exact"], tables["exact_pairs"], size),
            Grams(tables["folded"], tables["folded_pairs"], size),
            documents,
        )

    @property
    def tables(self) -> dict[str, Table]:
        return {
            "exact": self.exact.words,
            "folded": self.folded.words,
            "exact_pairs": self.exact.pairs,
            "folded_pairs": self.folded.pairs,
        }


EMPTY = Vocabulary.of({name: Table(array("I"), b"") for name in TABLES}, 0, 0)


def count_words(texts: Iterable[str]) -> Vocabulary:
    """The vocabulary of texts, one for each document. Needs 4 bytes for each word and pair of all, and little more."""
    buckets = {name: [array("I") for _ in range(1 << _BUCKET_BITS)] for name in TABLES}
    size = documents = 0
    for text in texts:
        exact = tokens(text)
        folded = fold_tokens(exact)
        for name, words in zip(TABLES, (exact, folded, pairs(exact), pairs(folded)), strict=True):
            _spread(words, buckets[name])
        size += len(exact)
        documents += 1
    return Vocabulary.of({name: _counted(spread) for name, spread in buckets.items()}, size, documents)


def _spread(words: Iterable[str], buckets: "list[array[int]]") -> None:
    for word in words:
        key = _hash(word)
        buckets[key >> (32 - _BUCKET_BITS)].append(key)


def _counted(buckets: "list[array[int]]") -> Table:
    """One bucket after another, each let go when it is counted."""
    hashes, logs = array("I"), bytearray()
    for place, bucket in enumerate(buckets):
        counts = sorted(Counter(bucket).items())
        hashes.extend(key for key, _ in counts)
        logs.extend(_log(count) for _, count in counts)
        buckets[place] = array("I")
    return Table(hashes, bytes(logs))
