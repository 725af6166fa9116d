"""A request answered from one snapshot of the index."""

from collections.abc import Mapping, Sequence

from tantivy import DocAddress, Order, Searcher, SearchResult

from search.engines.base import FACET_VALUES, Answer, Exclusion, Found, Position, Request
from search.engines.tantivy import queries
from search.engines.tantivy.schema import to_found
from search.queries import Sort

_SPARE = 8  # hits fetched beyond a page at first, for ties at its end

Row = tuple[float, int, DocAddress]  # score, rank, where the document is


def answer(searcher: Searcher, request: Request) -> Answer:
    """The page of hits, the number of all of them, and the facets."""
    rows, total = _by_score(searcher, request) if request.sort is Sort.RELEVANCE else _by_rank(searcher, request)
    return Answer(total=total, found=_found(searcher, rows), facets=_facets(searcher, request))


def completions(searcher: Searcher, tokens: Sequence[str], size: int, exclusion: Exclusion) -> tuple[Found, ...]:
    """The best titles for what is typed so far; of equal ones the newest first."""
    query = queries.completing(tokens, exclusion)
    return _found(searcher, _ordered(searcher, searcher.search(query, limit=size, count=False).hits))


def related(
    searcher: Searcher, pairs: Sequence[str], page_id: int, page_type: str, size: int, exclusion: Exclusion
) -> tuple[Found, ...]:
    """The documents of a type that share most of the pairs; of equal ones the newest first."""
    query = queries.sharing(pairs, page_id, page_type, exclusion)
    return _found(searcher, _ordered(searcher, searcher.search(query, limit=size, count=False).hits))


def holds(searcher: Searcher, words: Sequence[str], exclusion: Exclusion) -> bool:
    """Whether any document has all the pairs of these words, or the only word."""
    return bool(searcher.search(queries.holding(words, exclusion), limit=1, count=False).hits)


def _by_rank(searcher: Searcher, request: Request) -> tuple[list[Row], int]:
    """A page in the order of a rank, and the number of all hits. The page is found by range of ranks, so the
    last one costs as much as the first.
    """
    beyond, order = None, Order.Desc
    if request.after:
        beyond = queries.beyond_rank(request.sort, below=request.after.rank)
    elif request.before:
        beyond, order = queries.beyond_rank(request.sort, above=request.before.rank), Order.Asc
    matching = queries.matching(request)
    query = queries.narrowed(matching, request, beyond=beyond)
    result = searcher.search(query, limit=request.size, order_by_field=request.sort, order=order)
    rows = [(0.0, rank, address) for rank, address in result.hits]
    whole = queries.narrowed(matching, request)
    total = _count(searcher.search(whole, limit=1)) if beyond else _count(result)
    return (rows if order is Order.Desc else rows[::-1]), total


def _by_score(searcher: Searcher, request: Request) -> tuple[list[Row], int]:
    """A page in the order of (score, newest), and the number of all hits.

    Tantivy has no `search_after`: the hits before are fetched too, and passed over.

    Where the list is cut, hits that tie with the first one left out are not in order yet: they are
    left for a longer list, fetched only if the page is not complete without them.
    """
    query = queries.narrowed(queries.scored(request), request)
    limit = (request.after.seen if request.after else 0) + request.size + _SPARE
    limit = max(limit, request.before.seen + _SPARE if request.before else 0)
    while True:
        result = searcher.search(query, limit=limit)
        hits = result.hits
        rows, whole = _ordered(searcher, hits), len(hits) < limit
        if not whole:
            rows = [row for row in rows if row[0] > hits[-1][0]]
        page, complete = _page(rows, request)
        if whole or complete:
            return page, _count(result)
        limit *= 2


def _count(result: SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # there, but not in the package's own stubs


def _page(rows: list[Row], request: Request) -> tuple[list[Row], bool]:
    """The requested page of `rows`, and whether more rows could not change it."""
    if request.before:
        earlier = [row for row in rows if _key(row) > _place(request.before)]
        return earlier[-request.size :], len(earlier) < len(rows)
    later = [row for row in rows if not request.after or _key(row) < _place(request.after)]
    return later[: request.size], len(later) >= request.size


def _key(row: Row) -> tuple[float, int]:
    return row[:2]


def _place(position: Position) -> tuple[float, int]:
    return position.score, position.rank


def _ordered(searcher: Searcher, hits: Sequence[tuple[float, DocAddress]]) -> list[Row]:
    ranks = searcher.fast_field_values("newest", [address for _, address in hits])
    rows = [(score, int(rank or 0), address) for (score, address), rank in zip(hits, ranks, strict=True)]
    return sorted(rows, key=_key, reverse=True)


def found(searcher: Searcher, address: DocAddress, score: float = 0.0, rank: int = 0) -> Found:
    """A document by its place."""
    return to_found(searcher.doc(address), score, rank)


def _found(searcher: Searcher, rows: Sequence[Row]) -> tuple[Found, ...]:
    return tuple(found(searcher, address, score, rank) for score, rank, address in rows)


def _facets(searcher: Searcher, request: Request) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Counts of each facet, as if it were not filtered by itself; the unfiltered ones in one pass."""
    filtered = [facet for facet in request.facets if facet in request.filters]
    together = [facet for facet in request.facets if facet not in request.filters]
    counts: dict[str, tuple[tuple[str, int], ...]] = {}
    for facets, without in [(together, ""), *(([facet], facet) for facet in filtered)]:
        if facets:
            query = queries.narrowed(queries.matching(request), request, without=without)
            buckets = searcher.aggregate(query, dict(queries.facet_counts(facets, FACET_VALUES)))
            counts |= {facet: _counts(buckets[facet]["buckets"]) for facet in facets}
    return {facet: counts[facet] for facet in request.facets}


def _counts(buckets: Sequence[Mapping[str, object]]) -> tuple[tuple[str, int], ...]:
    """Falling counts, equal ones by value, so that every engine gives the same order."""
    counts = [(str(bucket["key"]), int(str(bucket["doc_count"]))) for bucket in buckets]
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0])))
