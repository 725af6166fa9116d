"""Tantivy queries made from requests; nothing here touches an index."""

from collections.abc import Iterable, Mapping, Sequence

from tantivy import FieldType, Occur, Query

from search.engines.base import Exclusion, Preference, Request
from search.engines.mix import Term, folded_terms, matching_terms, phrase_terms, scored_terms, title_terms
from search.engines.tantivy.schema import build_schema

SCHEMA = build_schema()


def scored(request: Request) -> Query:
    """The mix of views: a document's score is the sum over every view and token that it has, and its preferences."""
    if not _has_words(request):
        return Query.const_score_query(Query.all_query(), 0.0)
    words = Query.boolean_query(
        [(Occur.Should, Query.boost_query(_term(*term), weight)) for *term, weight in scored_terms(request)]
    )
    if not request.preferences:
        return words
    higher = [(Occur.Should, _preferred(preference)) for preference in request.preferences]
    return Query.boolean_query([(Occur.Must, words), *higher])


def matching(request: Request) -> Query:
    """The same documents as `scored`, without their scores."""
    if not _has_words(request):
        return Query.all_query()
    return Query.boolean_query([(Occur.Should, _term(*term)) for term in matching_terms(request)])


def _has_words(request: Request) -> bool:
    return bool(request.tokens or request.alternatives)


def _preferred(preference: Preference) -> Query:
    if preference.name:
        query = _term(preference.name, preference.value)
    else:
        query = _between("timestamp", FieldType.Integer, preference.since, None)
    return Query.const_score_query(query, preference.score)


def narrowed(query: Query, request: Request, without: str = "", beyond: Query | None = None) -> Query:
    """`query` with the request's filters (but the facet `without`), dates and exclusions; scores are kept."""
    must = [_any_of(facet, values) for facet, values in request.filters.items() if facet != without]
    if request.earliest is not None or request.latest is not None:
        must.append(_between("timestamp", FieldType.Integer, request.earliest, request.latest))
    must += [_all_of(phrase_terms(words)) for words in request.phrases]
    if beyond is not None:
        must.append(beyond)
    clauses = [(Occur.Must, query)]
    clauses += [(Occur.Must, Query.const_score_query(clause, 0.0)) for clause in must]
    clauses += [(Occur.MustNot, _all_of(phrase_terms(words))) for words in request.without]
    clauses += [(Occur.MustNot, clause) for clause in _excluded(request.exclusion)]
    return Query.boolean_query(clauses) if len(clauses) > 1 else query


def beyond_rank(field: str, below: int | None = None, above: int | None = None) -> Query:
    """Documents that rank below or above a number (which itself is left out)."""
    lower = None if above is None else above + 1
    upper = None if below is None else below - 1
    return _between(field, FieldType.Unsigned, lower, upper)


def completing(tokens: Sequence[str], exclusion: Exclusion) -> Query:
    """Titles in which every token is a word or begins one; words side by side, whole and accented score higher."""
    needed, higher = title_terms(tokens)
    clauses = [(Occur.Must, _term(*term)) for term in needed]
    clauses += [(Occur.Should, Query.boost_query(_term(*term), weight)) for *term, weight in higher]
    clauses += [(Occur.MustNot, clause) for clause in _excluded(exclusion)]
    return Query.boolean_query(clauses)


def sharing(pairs: Sequence[str], page_id: int, page_type: str, exclusion: Exclusion) -> Query:
    """Other documents of a type with any of these folded pairs; each that they have adds to their score."""
    clauses = [(Occur.MustNot, clause) for clause in (with_id(page_id), *_excluded(exclusion))]
    of_type = Query.const_score_query(_any_of("type", [page_type]), 0)
    return Query.boolean_query([(Occur.Must, _any_of("all_folded_pairs", pairs)), (Occur.Must, of_type), *clauses])


def holding(words: Sequence[str], exclusion: Exclusion) -> Query:
    """Documents with all folded pairs of these words, or the only word."""
    clauses = [(Occur.MustNot, clause) for clause in _excluded(exclusion)]
    return Query.boolean_query([(Occur.Must, _all_of(folded_terms(words))), *clauses])


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


def _all_of(terms: Iterable[Term]) -> Query:
    return Query.boolean_query([(Occur.Must, _term(*term)) for term in terms])


def _term(field: str, token: str) -> Query:
    return Query.term_query(SCHEMA, field, token, index_option="freq")


def _between(field: str, kind: FieldType, lower: int | None, upper: int | None) -> Query:
    return Query.range_query(SCHEMA, field, kind, lower_bound=lower, upper_bound=upper)
