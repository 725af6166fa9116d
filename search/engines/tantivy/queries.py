"""Tantivy queries made from requests; nothing here touches an index."""

from collections.abc import Iterable, Mapping, Sequence

from tantivy import FieldType, Occur, Query

from search.engines.base import Exclusion, Request
from search.engines.mix import FIELD_BOOSTS, field_tokens
from search.engines.tantivy.schema import build_schema

SCHEMA = build_schema()


def scored(tokens: Sequence[str]) -> Query:
    """The mix of views: a document's score is the sum over every view and token that it has."""
    if not tokens:
        return Query.const_score_query(Query.all_query(), 0.0)
    views = field_tokens(tokens)
    return Query.boolean_query(
        [
            (Occur.Should, Query.boost_query(_term(name, token), boost))
            for name, boost in FIELD_BOOSTS.items()
            for token in views[name]
        ]
    )


def matching(tokens: Sequence[str]) -> Query:
    """The same documents as `scored`, without their scores: every view implies the folded syllables."""
    if not tokens:
        return Query.all_query()
    return _any_of("all_folded", sorted(set(field_tokens(tokens)["all_folded"])))


def narrowed(query: Query, request: Request, without: str = "", beyond: Query | None = None) -> Query:
    """`query` with the request's filters (but the facet `without`), dates and exclusions; scores are kept."""
    must = [_any_of(facet, values) for facet, values in request.filters.items() if facet != without]
    if request.earliest is not None or request.latest is not None:
        must.append(_between("timestamp", FieldType.Integer, request.earliest, request.latest))
    if beyond is not None:
        must.append(beyond)
    clauses = [(Occur.Must, query)]
    clauses += [(Occur.Must, Query.const_score_query(clause, 0.0)) for clause in must]
    clauses += [(Occur.MustNot, clause) for clause in _excluded(request.exclusion)]
    return Query.boolean_query(clauses) if len(clauses) > 1 else query


def beyond_rank(field: str, below: int | None = None, above: int | None = None) -> Query:
    """Documents that rank below or above a number (which itself is left out)."""
    lower = None if above is None else above + 1
    upper = None if below is None else below - 1
    return _between(field, FieldType.Unsigned, lower, upper)


def completing(tokens: Sequence[str], exclusion: Exclusion) -> Query:
    """Titles in which every token is a word or begins one; words side by side, whole and accented score higher."""
    views = field_tokens(tokens)
    clauses = [(Occur.Must, _term("title_prefixes", token)) for token in views["title_prefixes"]]
    clauses += [(Occur.Should, _term("title_prefixes", pair)) for pair in views["title_typed"]]
    clauses += [
        (Occur.Should, Query.boost_query(_term(name, token), boost))
        for name, boost in FIELD_BOOSTS.items()
        if name.startswith("title_")
        for token in views[name]
    ]
    clauses += [(Occur.MustNot, clause) for clause in _excluded(exclusion)]
    return Query.boolean_query(clauses)


def stamped_from(page_id: int) -> Query:
    """Documents with this id or a higher one."""
    return _between("id", FieldType.Unsigned, page_id, None)


def with_id(page_id: int) -> Query:
    return Query.term_query(SCHEMA, "id", page_id)


def one_of(page_ids: Iterable[int]) -> Query:
    return Query.term_set_query(SCHEMA, "id", list(page_ids))


def facet_counts(facets: Iterable[str], size: int) -> Mapping[str, object]:
    """The aggregation that counts these facets' values."""
    return {facet: {"terms": {"field": facet, "size": size}} for facet in facets}


def _excluded(exclusion: Exclusion) -> list[Query]:
    clauses = [_any_of("paths", exclusion.paths)] if exclusion.paths else []
    if exclusion.ids:
        clauses.append(one_of(sorted(exclusion.ids)))
    return clauses


def _any_of(field: str, values: Sequence[str]) -> Query:
    return Query.boolean_query([(Occur.Should, _term(field, value)) for value in values])


def _term(field: str, token: str) -> Query:
    return Query.term_query(SCHEMA, field, token, index_option="freq")


def _between(field: str, kind: FieldType, lower: int | None, upper: int | None) -> Query:
    return Query.range_query(SCHEMA, field, kind, lower_bound=lower, upper_bound=upper)
