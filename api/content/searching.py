"""`search=` in a list: the search engine's hits in its order, as far as they pass the list's other filters."""

from dataclasses import replace

from api.content.filters import Found
from api.content.paging import Slice
from api.content.question import Question
from search import cursors, service
from search.queries import SearchQuery

ROUNDS = 10  # pages of hits that are looked through for one answer, when filters leave nothing of them


def take(question: Question, found: Found, kind: str) -> Slice:
    """The hits on the page that the cursor leads to, or on the first. Raises BadQuery for another question's cursor.

    The engine filters by what its facets hold; the other filters take hits away afterwards, so that a page can be
    shorter than was asked for, and more follow all the same.
    """
    query = _query(question, kind)
    for _round in range(ROUNDS):
        results = service.search(query)
        things = found.in_bulk([hit.id for hit in results.hits])
        if things or not results.next:
            break
        query = replace(query, cursor=results.next)
    return Slice(
        [things[hit.id] for hit in results.hits if hit.id in things],
        cursors.dump(question.identity, results.next) if results.next else None,
        cursors.dump(question.identity, results.previous) if results.previous else None,
    )


def _query(question: Question, kind: str) -> SearchQuery:
    """The question in the engine's terms; `kind` is the type of page, "" for all."""
    facets = {
        question.filters[name].facet: tuple(map(str, value))
        for name, value in question.values.items()
        if question.filters[name].facet
    }
    return SearchQuery(
        text=question.search,
        filters=({"type": (kind,)} if kind else {}) | facets,
        page_size=question.page_size,
        cursor=str(cursors.load(question.cursor, question.identity)[0]) if question.cursor else "",
    )
