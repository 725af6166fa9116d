"""The degraded mode: when the index cannot be asked, the database answers as well as it can."""

from collections.abc import Sequence
from typing import Any

from search import narrowing, pages
from search.engines.base import Request
from search.highlighting import Terms
from search.queries import Asked, SearchQuery, SearchResults, Sort
from search.vietnamese import fold_tokens
from search.visibility import public_ids

CANDIDATES = 200  # pages that are counted and sorted: the newest that match, or the oldest


def search(query: SearchQuery, request: Request) -> SearchResults:
    """The first page of an answer: every word, filter and date counts; no facets, no further pages."""
    candidates = _candidates(request)
    public = public_ids(candidates)
    found = _sorted([page_id for page_id in candidates if page_id in public], request.sort)
    first = found[: request.size]
    documents = pages.documents(first).made
    terms = Terms(request.tokens)
    return SearchResults(
        query=query,
        asked=Asked(query.text),
        total=len(found),
        hits=tuple(pages.hit(documents[page_id], terms) for page_id in first if page_id in documents),
        facets=dict.fromkeys(query.facets, ()),
        degraded=True,
    )


def _candidates(request: Request) -> list[int]:
    """Pages that have every word, without accents as the editors' index holds them, newest first.

    Not by the database's own relevance: it works that out for every match, which took seconds at 2,000 pages.
    """
    order = "first_published_at" if request.sort is Sort.OLDEST else "-first_published_at"
    found = narrowing.passing(request).order_by(order)
    if request.tokens:
        words = " ".join(dict.fromkeys(fold_tokens(request.tokens)))
        found = found.search(words, operator="and", order_by_relevance=False).get_queryset()
    return list(found.values_list("pk", flat=True)[:CANDIDATES])


def _sorted(page_ids: Sequence[int], sort: Sort) -> Sequence[int]:
    """By what readers see. They come newest first, which stands for relevance here."""
    if sort is Sort.RELEVANCE:
        return page_ids
    values = _values(page_ids, "reads" if sort is Sort.MOST_READ else "date")
    known = sorted(values, key=values.__getitem__, reverse=sort is not Sort.OLDEST)
    return [*known, *(page_id for page_id in page_ids if page_id not in values)]


def _values(page_ids: Sequence[int], name: str) -> dict[int, Any]:
    """What the database holds under a name of `search_lookups`, by page, where it holds anything."""
    found: dict[int, Any] = {}
    for model in pages.searchable_types().values():
        if lookup := model.search_lookups.get(name):
            found |= model.objects.filter(pk__in=page_ids).values_list("pk", lookup)
    return {page_id: found[page_id] for page_id in page_ids if found.get(page_id) is not None}
