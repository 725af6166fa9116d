"""The only way to the readers' index, for the site, the API and the admin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import blake2b

from django.conf import settings
from django.utils import timezone

from search import cursors, fallback, labels, lexicon, metrics, pins, synonyms, visibility
from search.engines import get_engine
from search.engines.base import Answer, EngineUnavailable, Exclusion, Found, Position, Request
from search.highlighting import Terms, highlight_page
from search.queries import MAX_HITS, Asked, FacetCount, Hit, SearchQuery, SearchResults, Sort
from search.suggestions import suggest
from search.understanding.likeness import characteristic_pairs
from search.understanding.question import phrases, take_apart
from search.understanding.reading import Knowledge, Understood
from search.understanding.understand import understand
from search.understanding.vocabulary import EMPTY, Vocabulary

__all__ = ["read", "related", "search", "suggest"]

RELATED = 4
_MOST_TEXTS = 1_000  # whose pairs are remembered: 2 kB each
# Days outside are taken as these: no document is older or newer, and clocks cannot count them.
_FIRST_DAY, _LAST_DAY = date(1000, 1, 1), date(9000, 1, 1)


def search(query: SearchQuery) -> SearchResults:
    """Answer a reader's question. Raises BadQuery for a cursor that is forged or of another question.

    What is no longer public is left out twice: the engine excludes pages whose change is still on its way
    into the index, so that counts are right, and the hits are checked against the database once more. What editors
    pinned to the question comes first.
    """
    return pins.put_first(_search(query))


def _search(query: SearchQuery) -> SearchResults:
    exclusion = visibility.pending_removals()
    try:
        understood = _understand(query, exclusion)
        if query.text.strip() and not understood.tokens:  # only punctuation, say: no word, and not every page either
            return SearchResults(query, Asked(query.text), 0, (), dict.fromkeys(query.facets, ()))
        request = _request(query, understood, exclusion)
        answer = get_engine().search(request)
    except EngineUnavailable:
        metrics.count_degraded()
        return fallback.search(query, _request(query, _as_typed(query.text), exclusion))
    public = visibility.public_ids(found.id for found in answer.found)
    terms = Terms(understood.marks)
    return SearchResults(
        query=query,
        asked=_asked(query, understood),
        total=answer.total - sum(found.id not in public for found in answer.found),
        hits=tuple(_hit(found, terms) for found in answer.found if found.id in public),
        facets=_facets(answer.facets),
        next=_next(query, request, answer),
        previous=_previous(query, request, answer),
        start=_start(request, answer),
    )


def read(query: SearchQuery) -> tuple[Understood, Request]:
    """How a question is understood, and what the engine is asked, for those who want to know why pages are found."""
    exclusion = visibility.pending_removals()
    try:
        understood = _understand(query, exclusion)
    except EngineUnavailable:
        understood = _as_typed(query.text)
    return understood, _request(query, understood, exclusion)


def related(page_id: int, text: str, page_type: str, limit: int = RELATED) -> tuple[Hit, ...]:
    """Public pages of this type that share the most characteristic pairs of syllables with a page's text; no bodies."""
    try:
        pairs = _pairs(text, lexicon.speller().vocabulary)
        found = get_engine().related(pairs, page_id, page_type, limit, visibility.pending_removals())
    except EngineUnavailable:
        return ()
    public = visibility.public_ids(item.id for item in found)
    return tuple(_hit(item) for item in found if item.id in public)


@dataclass
class _Pairs:
    """The characteristic pairs of texts by the texts' digests, as far as a vocabulary has been asked for them.

    A page is made anew whenever something changes on the site, and hardly ever is that its own text.
    """

    vocabulary: Vocabulary
    by_text: dict[bytes, list[str]] = field(default_factory=dict)


_known_pairs = _Pairs(EMPTY)


def _pairs(text: str, vocabulary: Vocabulary) -> list[str]:
    global _known_pairs
    known = _known_pairs
    if known.vocabulary is not vocabulary or len(known.by_text) >= _MOST_TEXTS:
        known = _known_pairs = _Pairs(vocabulary)
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if digest not in known.by_text:
        known.by_text[digest] = characteristic_pairs(text, vocabulary)
    return known.by_text[digest]


def _understand(query: SearchQuery, exclusion: Exclusion) -> Understood:
    """What the reader meant, by what the index says now. Raises EngineUnavailable."""
    thesaurus, abbreviations = synonyms.word_lists()
    knowledge = Knowledge(
        speller=lexicon.speller(),
        abbreviations=abbreviations,
        synonyms=thesaurus,
        known_numbers=labels.numbers_with,
        holds=lambda phrases: get_engine().holds(phrases, exclusion),
        now=timezone.localtime(),
    )
    return understand(query.text, knowledge, settings.SEARCH_UNDERSTANDING, literal=query.literal)


def _as_typed(text: str) -> Understood:
    """The question without any reading, for which the index is not needed."""
    question = take_apart(text)
    words = tuple(word.token for word in question.words)
    return Understood(tokens=words, phrases=phrases(question.words), without=question.without)


def _asked(query: SearchQuery, understood: Understood) -> Asked:
    return Asked(
        query.text, understood.showing_results_for or None, understood.did_you_mean or None, understood.expanded
    )


def _request(query: SearchQuery, understood: Understood, exclusion: Exclusion) -> Request:
    after, before = cursors.read(query)
    return Request(
        tokens=understood.tokens,
        alternatives=understood.alternatives,
        preferences=understood.preferences,
        phrases=understood.phrases,
        without=understood.without,
        filters={facet: values for facet, values in query.filters.items() if values},
        earliest=_timestamp(query.date_from, time.min) if query.date_from else None,
        latest=_timestamp(query.date_to, time.max) if query.date_to else None,
        # Without words nothing is more relevant than anything else.
        sort=Sort.NEWEST if query.sort is Sort.RELEVANCE and not understood.tokens else query.sort,
        size=query.page_size,
        after=after,
        before=before,
        facets=query.facets,
        exclusion=exclusion,
    )


def _timestamp(day: date, moment: time) -> int:
    """Seconds since 1970 of a moment of a day as the site's clocks show it."""
    day = min(max(day, _FIRST_DAY), _LAST_DAY)
    return int(datetime.combine(day, moment, timezone.get_default_timezone()).timestamp())


def _hit(found: Found, terms: Terms | None = None) -> Hit:
    return Hit(
        id=found.id,
        type=found.type,
        language=found.language,
        title=found.title,
        date=None if found.timestamp is None else datetime.fromtimestamp(found.timestamp, UTC),
        card=found.card,
        score=found.score,
        highlights=highlight_page(found.title, found.body, terms, found.attachments) if terms is not None else {},
    )


def _facets(counts: Mapping[str, Sequence[tuple[str, int]]]) -> dict[str, tuple[FacetCount, ...]]:
    names = labels.lookup((facet, value) for facet, pairs in counts.items() for value, _ in pairs)
    return {
        facet: tuple(FacetCount(value, names[facet, value], count) for value, count in pairs)
        for facet, pairs in counts.items()
    }


def _next(query: SearchQuery, request: Request, answer: Answer) -> str | None:
    """The cursor of the next page, None after the last one and after MAX_HITS."""
    end = _start(request, answer) + len(answer.found)
    if not answer.found or end >= min(answer.total, MAX_HITS):
        return None
    last = answer.found[-1]
    return cursors.after(query, Position(last.score, last.rank, end - 1))


def _previous(query: SearchQuery, request: Request, answer: Answer) -> str | None:
    """The cursor of the previous page, None before the first one."""
    start = _start(request, answer)
    if not answer.found or not start:
        return None
    first = answer.found[0]
    return cursors.before(query, Position(first.score, first.rank, start))


def _start(request: Request, answer: Answer) -> int:
    """How many hits stand before this page."""
    if request.after:
        return request.after.seen + 1
    return max(request.before.seen - len(answer.found), 0) if request.before else 0
