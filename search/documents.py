"""What a page hands to the index: a SearchDocument, values only."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, ClassVar, Protocol

# Every facet of the public API, in the order in which readers see them. A page type fills those that it has.
FACETS = ("type", "school", "section", "year", "tag", "document_kind", "cited")

_TREE_STEP = 4  # characters of a path for each level of the tree


def lineage(path: str) -> list[str]:
    """The paths of a page's ancestors and its own, from the root down."""
    return [path[:end] for end in range(_TREE_STEP, len(path) + 1, _TREE_STEP)]


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: `value` is stable and goes into addresses, `label` is for people."""

    value: str
    label: str


@dataclass(frozen=True)
class Card:
    """What a list of results shows of a page, so that showing it needs no content table.

    `url` is a path from the site's root; `thumbnail` is `{"url", "width", "height", "alt"}` or None;
    `section` and `schools` are `{"id", "title", "url"}`.
    """

    url: str
    summary: str = ""
    thumbnail: Mapping[str, Any] | None = None
    section: Mapping[str, Any] | None = None
    schools: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Attachment:
    """A file whose text stands at the end of a document's body.

    `starts` are the offsets in the body where its pages begin, in rising order; a file that is not `paged`, whose
    pages have no numbers, has one. `url` is a path from the site's root.
    """

    title: str
    url: str
    starts: tuple[int, ...]
    paged: bool = False


@dataclass(frozen=True)
class SearchDocument:
    """A public page as the index sees it.

    `type` is the API's name of the page type (`article`). `path` is the page's place in the tree
    (treebeard's materialised path), by which a whole section can be excluded. `body` is everything
    searchable beside the title, as plain text with a line for each paragraph, in Unicode's composed form where
    there are `attachments`, whose text comes last. `date` is aware or None; `reads` orders by popularity and is
    no part of the content. `number` is an official document's own (the key of a `DocumentNumber`), by which it is
    found first. `names` are what people call the page beside its title, and may be typing.
    """

    id: int
    type: str
    language: str
    path: str
    title: str
    body: str
    card: Card
    date: datetime | None = None
    reads: int = 0
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    number: str = ""
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = set(self.facets) - set(FACETS)
        if unknown:
            raise ValueError(f"unknown facets: {', '.join(sorted(unknown))}")

    @property
    def timestamp(self) -> int | None:
        """Whole seconds since 1970, UTC; None for an undated page."""
        return None if self.date is None else int(self.date.astimezone(UTC).timestamp())

    @cached_property
    def content_hash(self) -> int:
        """63 bits over all but the reads: equal documents have equal hashes, in every process."""
        facets = {name: [(item.value, item.label) for item in items] for name, items in self.facets.items()}
        texts = (self.type, self.language, self.path, self.title, self.body)
        # Not `dataclasses.asdict`, whose deep copies took a fifth of a rebuild.
        attachments = [vars(attachment) for attachment in self.attachments]
        values = (self.id, *texts, self.number, self.names, self.timestamp, vars(self.card), facets, attachments)
        text = json.dumps(values, ensure_ascii=False, sort_keys=True)
        return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


class Searchable(Protocol):
    """A page type that readers can find."""

    id: int
    search_type: ClassVar[str]
    # Where the database holds what the index filters and sorts by: facet, `date` or `reads` → field look-up, or several
    # of a facet. For the time when only the database answers; type, section and year need none.
    search_lookups: ClassVar[Mapping[str, Any]]

    @classmethod
    def for_search(cls, ids: Sequence[int]) -> Iterable["Searchable"]:
        """The pages of this type among `ids`, with what their documents need, in a constant number of queries."""

    def search_document(self) -> SearchDocument | None:
        """The page as the index should hold it, or None for a page that is never found (a redirect, say)."""
