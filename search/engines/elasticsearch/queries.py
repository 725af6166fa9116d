"""Bodies of search requests made from values; nothing here touches a server."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from search.chunks import chunks
from search.engines.base import FACET_VALUES, Exclusion, Request
from search.engines.elasticsearch.mapping import field, rank_value
from search.engines.mix import FIELD_BOOSTS, field_tokens
from search.queries import Sort

Body = dict[str, Any]
_TERMS_AT_ONCE = 50_000  # Elasticsearch takes 65,536 in one clause


def search(request: Request) -> Body:
    """The page of hits, their number, and the facets, in one request.

    A facet ignores its own filter: filters of counted facets come after the counting (`post_filter`), and
    each count applies those of the others.
    """
    after = {facet: values for facet, values in request.filters.items() if facet in request.facets}
    before = {facet: values for facet, values in request.filters.items() if facet not in request.facets}
    position = request.after or request.before
    body: Body = {
        "query": _narrowed(request, before),
        "sort": _sort(request),
        "size": request.size,
        "track_total_hits": True,
        "_source": ["shown", "body"],
    }
    if after:
        body["post_filter"] = {"bool": {"filter": _filters(after)}}
    if position:
        score = [position.score] if request.sort is Sort.RELEVANCE else []
        body["search_after"] = [*score, rank_value(position.rank)]
    if request.facets:
        body["aggs"] = {facet: _count(facet, after) for facet in request.facets}
    return body


def preference(request: Request) -> str:
    """The same copy of the index for all pages of an answer: copies score a little differently."""
    question = replace(request, after=None, before=None, exclusion=Exclusion())
    return f"{zlib.crc32(repr(question).encode('utf-8', 'replace')):08x}"


def suggest(tokens: Sequence[str], size: int, exclusion: Exclusion) -> Body:
    """Titles in which every token is a word or begins one; words side by side, whole and accented score higher."""
    views = field_tokens(tokens)
    titles = {name: boost for name, boost in FIELD_BOOSTS.items() if name.startswith("title_")}
    query = {
        "must": [_term("title_prefixes", token) for token in views["title_prefixes"]],
        "should": [
            *(_term("title_prefixes", pair) for pair in views["title_typed"]),
            *(_term(field(name), token, boost) for name, boost in titles.items() for token in views[name]),
        ],
        "must_not": _excluded(exclusion),
    }
    return {
        "query": {"bool": query},
        "sort": [{"_score": "desc"}, {"newest": "desc"}],
        "size": size,
        "track_total_hits": False,
        "_source": ["shown"],
    }


def stamps(after: int | None, size: int) -> Body:
    """Ids, versions and content hashes by rising id, from behind the id `after`."""
    body: Body = {
        "query": {"match_all": {}},
        "sort": [{"id": "asc"}],
        "size": size,
        "track_total_hits": False,
        "_source": False,
        "docvalue_fields": ["id", "version", "hash"],
    }
    return body if after is None else body | {"search_after": [after]}


def _narrowed(request: Request, filters: Mapping[str, Sequence[str]]) -> Body:
    """What matches and how it scores, with filters, dates and exclusions, which do not score."""
    clauses: Body = {"filter": _filters(filters), "must_not": _excluded(request.exclusion)}
    bounds = {"gte": request.earliest, "lte": request.latest}
    if given := {name: bound for name, bound in bounds.items() if bound is not None}:
        clauses["filter"].append({"range": {"timestamp": given}})
    if request.tokens and request.sort is Sort.RELEVANCE:
        clauses["must"] = [{"bool": {"should": _scored(request.tokens)}}]
    elif request.tokens:  # the same documents: every view implies the folded syllables
        clauses["filter"].append({"terms": {"all_folded": sorted(set(field_tokens(request.tokens)["all_folded"]))}})
    return {"bool": clauses}


def _scored(tokens: Sequence[str]) -> list[Body]:
    """The mix of views: a document's score is the sum over every view and token that it has."""
    views = field_tokens(tokens)
    return [_term(field(name), token, boost) for name, boost in FIELD_BOOSTS.items() for token in views[name]]


def _sort(request: Request) -> list[Body]:
    """By falling (score, rank); upside down to find what comes right before a hit."""
    order = "asc" if request.before else "desc"
    if request.sort is Sort.RELEVANCE:
        return [{"_score": order}, {"newest": order}]
    return [{request.sort.value: order}]


def _count(facet: str, filters: Mapping[str, Sequence[str]]) -> Body:
    others = {name: values for name, values in filters.items() if name != facet}
    order = [{"_count": "desc"}, {"_key": "asc"}]
    counted = {"values": {"terms": {"field": facet, "size": FACET_VALUES, "order": order}}}
    return {"filter": {"bool": {"filter": _filters(others)}}, "aggs": counted}


def _filters(filters: Mapping[str, Sequence[str]]) -> list[Body]:
    return [{"terms": {facet: list(values)}} for facet, values in filters.items()]


def _excluded(exclusion: Exclusion) -> list[Body]:
    paths: Iterable[Body] = [{"terms": {"paths": list(exclusion.paths)}}] if exclusion.paths else []
    ids = ({"terms": {"id": some}} for some in chunks(sorted(exclusion.ids), _TERMS_AT_ONCE))
    return [*paths, *ids]


def _term(name: str, token: str, boost: float = 1.0) -> Body:
    return {"term": {name: {"value": token, "boost": boost}}}
