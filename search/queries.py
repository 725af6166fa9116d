"""What is asked of the index and what comes back: values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from search.documents import Card

MAX_QUERY_LENGTH = 256  # characters
MAX_HITS = 10_000  # past this `next` is null, on every engine


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    MOST_READ = "most_read"


@dataclass(frozen=True)
class SearchQuery:
    """A reader's question.

    A `literal` one is taken as it was typed, without corrections. `filters` maps a facet's name to the values of which
    a page must have one; the facets narrow each other, the values of one facet widen it. Dates are days of the site's
    time zone, both included. `facets` names the facets to count. `cursor` is a `next` or `previous` of an earlier
    answer.
    """

    text: str = ""
    literal: bool = False
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: date | None = None
    date_to: date | None = None
    sort: Sort = Sort.RELEVANCE
    page_size: int = 10
    cursor: str = ""
    facets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A page found. `highlights` holds escaped HTML with `<mark>`: see `search.highlighting.highlight_page`."""

    id: int
    type: str
    language: str
    title: str
    date: datetime | None
    card: Card
    score: float = 0.0
    highlights: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FacetCount:
    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Asked:
    """The text of a question and how it was understood: the corrected text whose results these are, a text that may
    have been meant, and what was looked for as well.
    """

    text: str
    showing_results_for: str | None = None
    did_you_mean: str | None = None
    expanded: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResults:
    """An answer. `promoted` are pages that editors put first, `start` is how many hits stand before these on earlier
    pages of results. `next` and `previous` are cursors or None; `degraded` says that the index could not be asked.
    """

    query: SearchQuery
    asked: Asked
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    next: str | None = None
    previous: str | None = None
    degraded: bool = False
    promoted: tuple[Hit, ...] = ()
    start: int = 0


@dataclass(frozen=True)
class Suggestion:
    """A completion of what the reader is typing: a page's `title`, with the typed part in `<mark>`, or what another
    reader searched for (then `id` is None).

    `type_label` names the type in the reader's language. `also` is what else the page is called, marked in the same
    way, where what was typed stands there: a document's number, a school's short name.
    """

    id: int | None
    type: str
    type_label: str
    title: str
    highlighted: str
    url: str
    also: str = ""


class BadQuery(ValueError):
    """A question that cannot be asked; `parameter` names the part that is wrong, the text says why."""

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(reason)
        self.parameter = parameter
        self.reason = reason
