"""The degraded mode: when the index cannot be asked, the database answers as well as it can."""

from collections.abc import Iterable

from django.utils import timezone
from wagtail.models import Page

from search import pages
from search.documents import SearchDocument
from search.highlighting import Terms, highlight_page
from search.queries import Hit, SearchQuery, SearchResults, Sort

CANDIDATES = 200  # pages looked at: the best by the database's own search, or the newest


def search(query: SearchQuery) -> SearchResults:
    """The first page of an answer: right in what it shows, filters and dates included; no facets, no further pages."""
    documents = pages.documents(_candidates(query)).made
    matching = [documents[page_id] for page_id in documents if _passes(documents[page_id], query)]
    terms = Terms.of(query.text)
    hits = tuple(_hit(document, terms) for document in _sorted(matching, query.sort)[: query.page_size])
    return SearchResults(
        query=query, total=len(matching), hits=hits, facets=dict.fromkeys(query.facets, ()), degraded=True
    )


def _candidates(query: SearchQuery) -> list[int]:
    live = Page.objects.live().type(*pages.searchable_types().values())
    if not query.text:
        return list(live.order_by("-first_published_at", "-pk").values_list("pk", flat=True)[:CANDIDATES])
    return [page.pk for page in live.search(query.text, operator="or")[:CANDIDATES]]


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
    """Relevance is the order in which the database gave them."""
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
