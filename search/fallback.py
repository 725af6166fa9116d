"""The degraded mode: when the index cannot be asked, the database answers as well as it can."""

from collections.abc import Iterable

from django.utils import timezone
from wagtail.models import Page

from search import pages
from search.documents import SearchDocument
from search.highlighting import Terms, highlight_page
from search.queries import Hit, SearchQuery, SearchResults, Sort
from search.vietnamese import fold_tokens, tokens

CANDIDATES = 200  # pages looked at, the newest that match


def search(query: SearchQuery) -> SearchResults:
    """The first page of an answer: right in what it shows, filters and dates included; no facets, no further pages."""
    candidates = _candidates(query)
    documents = pages.documents(candidates).made
    found = [documents[page_id] for page_id in candidates if page_id in documents]
    matching = [document for document in found if _passes(document, query)]
    terms = Terms.of(query.text)
    hits = tuple(_hit(document, terms) for document in _sorted(matching, query.sort)[: query.page_size])
    return SearchResults(
        query=query, total=len(matching), hits=hits, facets=dict.fromkeys(query.facets, ()), degraded=True
    )


def _candidates(query: SearchQuery) -> list[int]:
    """Pages that have every word, without accents as the editors' index holds them, newest first.

    Not by the database's own relevance: it works that out for every match, which took seconds at 2,000 pages.
    """
    live = Page.objects.live().type(*pages.searchable_types().values()).order_by("-first_published_at")
    if query.text:
        words = " ".join(fold_tokens(tokens(query.text)))
        return [page.pk for page in live.search(words, operator="and", order_by_relevance=False)[:CANDIDATES]]
    return list(live.values_list("pk", flat=True)[:CANDIDATES])


def _passes(document: SearchDocument, query: SearchQuery) -> bool:
    day = document.date and timezone.localtime(document.date, timezone.get_default_timezone()).date()
    if query.date_from and (day is None or day < query.date_from):
        return False
    if query.date_to and (day is None or day > query.date_to):
        return False
    return all(
        {item.value for item in document.facets.get(facet, ())}.intersection(values)
        for facet, values in query.filters.items()
        if values
    )


def _sorted(documents: Iterable[SearchDocument], sort: Sort) -> list[SearchDocument]:
    """They come newest first, which stands for relevance here."""
    if sort is Sort.RELEVANCE:
        return list(documents)
    keys = {
        Sort.NEWEST: lambda document: -(document.timestamp or 0),
        Sort.OLDEST: lambda document: (document.timestamp is None, document.timestamp or 0),
        Sort.MOST_READ: lambda document: -document.reads,
    }
    return sorted(documents, key=keys[sort])


def _hit(document: SearchDocument, terms: Terms) -> Hit:
    return Hit(
        id=document.id,
        type=document.type,
        language=document.language,
        title=document.title,
        date=document.date,
        card=document.card,
        highlights=highlight_page(document.title, document.body, terms),
    )
