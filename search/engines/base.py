"""What every engine does, and the values that go in and come out. Engines know no Django model."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from search.documents import Attachment, Card, SearchDocument
from search.queries import Sort

FACET_VALUES = 100  # counted for each facet, the most frequent first


class EngineUnavailable(Exception):
    """The engine cannot answer or write now: it is missing, busy, or of another version."""


@dataclass(frozen=True)
class Exclusion:
    """Documents to leave out of hits, counts and suggestions: by id, or below a path of the tree."""

    ids: frozenset[int] = frozenset()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Position:
    """A hit's place in the order of an answer: hits come by falling (score, rank), and no two have the same rank.

    `seen` is how many hits stand before it.
    """

    score: float
    rank: int
    seen: int


@dataclass(frozen=True)
class Alternative:
    """Other words for a part of the question: a long form, a synonym, a correction that is not certain.

    They match and score beside the question's own words, times `weight`: one word by itself, several by their pairs.
    `before` and `after` are their neighbours in the question, whose pairs with them count too; "" for none.
    """

    words: tuple[str, ...]
    before: str = ""
    after: str = ""
    weight: float = 1.0


@dataclass(frozen=True)
class Preference:
    """What puts matching documents higher, by `score`: `value` in the facet or field `name` or, without a name, a date
    at or after `since` (seconds since 1970).
    """

    score: float
    name: str = ""
    value: str = ""
    since: int = 0


@dataclass(frozen=True)
class Request:
    """A search as engines understand it.

    `tokens` are the exact syllables of the question; none means that everything matches. Each of the `phrases` must
    stand in a document, none of `without` may: with their accents where they have any. `filters`: facet → values, one
    of which a document must have. `earliest` and `latest` are seconds since 1970, both included. The answer holds the
    `size` hits right after `after` or right before `before`.
    """

    tokens: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    preferences: tuple[Preference, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    earliest: int | None = None
    latest: int | None = None
    sort: Sort = Sort.RELEVANCE
    size: int = 20
    after: Position | None = None
    before: Position | None = None
    facets: tuple[str, ...] = ()
    exclusion: Exclusion = Exclusion()


@dataclass(frozen=True)
class Found:
    """A document found: what a hit shows (`body` for its highlights), and its place in the order."""

    id: int
    type: str
    language: str
    title: str
    body: str
    timestamp: int | None
    card: Card
    score: float
    rank: int
    attachments: tuple[Attachment, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """`total` counts all matches; `facets`: facet → (value, count), falling; a facet ignores its own filter."""

    total: int
    found: tuple[Found, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True)
class Change:
    """What the index should hold of a page as of `version`: a document, or None for nothing."""

    id: int
    version: int
    document: SearchDocument | None


@dataclass(frozen=True)
class Stamp:
    """What tells a document in the index from another state of it."""

    id: int
    version: int
    content_hash: int


@dataclass(frozen=True)
class Health:
    """How the engine is. `index_version` is that of the index in use, `wanted_version` that of this code."""

    engine: str
    available: bool
    index: str
    index_version: str
    wanted_version: str
    documents: int
    size_bytes: int
    problem: str = ""

    @property
    def needs_rebuild(self) -> bool:
        return self.index_version != self.wanted_version


class Builder(Protocol):
    """A new index beside the live one."""

    def put(self, changes: Sequence[Change]) -> Mapping[int, str]:
        """Add documents, or replace or remove those put before. Returns the failures: id → reason."""

    def commit(self) -> int:
        """Make durable what was put; the number of documents in the new index."""

    def swap(self) -> int:
        """Make the new index the live one, atomically, drop the old one; the number of documents in it."""


class Engine(Protocol):
    """Readers' index. Every method may raise EngineUnavailable.

    An `embedded` engine is a part of this process: a commit's changes are written at once. Another is a server,
    and search workers write into it. What `apply` has written is found `shows_after` seconds later at the latest;
    None: nobody knows when.
    """

    name: str
    embedded: bool
    shows_after: float | None

    def search(self, request: Request) -> Answer: ...

    def suggest(self, tokens: Sequence[str], size: int, exclusion: Exclusion) -> tuple[Found, ...]:
        """Documents whose title has every token, each standing for a word or its beginning; no bodies."""

    def related(
        self, pairs: Sequence[str], page_id: int, page_type: str, size: int, exclusion: Exclusion
    ) -> tuple[Found, ...]:
        """The documents of a type that share most of these folded pairs, rare ones before common ones, without
        `page_id`.
        """

    def holds(self, phrases: Sequence[Sequence[str]], exclusion: Exclusion) -> list[bool]:
        """Of each phrase, whether one document has all its folded pairs, or its only word."""

    def texts(self) -> Iterator[str]:
        """Title and body of every document, a line between, in bounded memory."""

    def check_writable(self) -> None:
        """Raise EngineUnavailable when nothing could be written now, at next to no cost."""

    def apply(self, changes: Sequence[Change]) -> Mapping[int, str]:
        """Write changes; an older version never wins. Each succeeds or fails by itself: returns id → reason."""

    def build(self) -> AbstractContextManager[Builder]:
        """Begin a new index; leaving the context without a swap drops it. What another, killed build left is
        swept away: callers see to it that only one runs at a time (`search.locks`).
        """

    def stamps(self) -> Iterator[Stamp]:
        """Every document's stamp, by rising id, in bounded memory."""

    def health(self) -> Health: ...
