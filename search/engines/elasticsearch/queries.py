"""Bodies of search requests made from values; nothing here touches a server."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from search.chunks import chunks
from search.engines.base import FACET_VALUES, Exclusion, Preference, Request
from search.engines.elasticsearch.mapping import field, rank_value
from search.engines.mix import Term, folded_terms, matching_terms, phrase_terms, scored_terms, title_terms
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
    needed, higher = title_terms(tokens)
    return _best(
        size,
        must=[_term(*term) for term in needed],
        should=[_term(*term) for term in higher],
        must_not=_excluded(exclusion),
    )


def related(pairs: Sequence[str], page_id: int, page_type: str, size: int, exclusion: Exclusion) -> Body:
    """Other documents of a type with any of these folded pairs; each that they have adds to their score."""
    shared = [_term("all_folded_pairs", pair) for pair in pairs]
    others = [{"term": {"id": page_id}}, *_excluded(exclusion)]
    return _best(size, must=[{"bool": {"should": shared}}], filter=_filters({"type": [page_type]}), must_not=others)


def holds(phrases: Sequence[Sequence[str]], exclusion: Exclusion) -> Body:
    """How many documents have all folded pairs of each phrase, or its only word, in one request."""
    counted = {str(number): _all_of(folded_terms(words)) for number, words in enumerate(phrases)}
    return {
        "query": {"bool": {"must_not": _excluded(exclusion)}},
        "size": 0,
        "track_total_hits": False,
        "aggs": {"phrases": {"filters": {"filters": counted}}},
    }


def texts(after: int | None, size: int) -> Body:
    """Titles and bodies by rising id, from behind the id `after`."""
    return _by_id(after, size) | {"_source": ["shown", "body"]}


def _best(size: int, **clauses: list[Body]) -> Body:
    """The best matches without their bodies; of equal ones the newest."""
    return {
        "query": {"bool": clauses},
        "sort": [{"_score": "desc"}, {"newest": "desc"}],
        "size": size,
        "track_total_hits": False,
        "_source": ["shown"],
    }


def stamps(after: int | None, size: int) -> Body:
    """Ids, versions and content hashes by rising id, from behind the id `after`."""
    return _by_id(after, size) | {"_source": False, "docvalue_fields": ["id", "version", "hash"]}


def _by_id(after: int | None, size: int) -> Body:
    body: Body = {"query": {"match_all": {}}, "sort": [{"id": "asc"}], "size": size, "track_total_hits": False}
    return body if after is None else body | {"search_after": [after]}


def _narrowed(request: Request, filters: Mapping[str, Sequence[str]]) -> Body:
    """What matches and how it scores, with filters, dates and exclusions, which do not score."""
    forbidden = [_all_of(phrase_terms(words)) for words in request.without]
    clauses: Body = {"filter": _filters(filters), "must_not": [*forbidden, *_excluded(request.exclusion)]}
    clauses["filter"] += [_all_of(phrase_terms(words)) for words in request.phrases]
    bounds = {"gte": request.earliest, "lte": request.latest}
    if given := {name: bound for name, bound in bounds.items() if bound is not None}:
        clauses["filter"].append({"range": {"timestamp": given}})
    if (request.tokens or request.alternatives) and request.sort is Sort.RELEVANCE:
        clauses["must"] = [{"bool": {"should": [_term(*term) for term in scored_terms(request)]}}]
        clauses["should"] = [_preferred(preference) for preference in request.preferences]
    elif request.tokens or request.alternatives:
        clauses["filter"].append({"bool": {"should": [_term(*term) for term in matching_terms(request)]}})
    return {"bool": clauses}


def _preferred(preference: Preference) -> Body:
    wanted = _term(preference.name, preference.value) if preference.name else _since(preference.since)
    return {"constant_score": {"filter": wanted, "boost": preference.score}}


def _since(moment: int) -> Body:
    return {"range": {"timestamp": {"gte": moment}}}


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


def _all_of(terms: Iterable[Term]) -> Body:
    return {"bool": {"filter": [_term(*term) for term in terms]}}


def _term(name: str, token: str, boost: float = 1.0) -> Body:
    return {"term": {field(name): {"value": token, "boost": boost}}}
