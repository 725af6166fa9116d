"""Pages that editors pinned to a question stand above its results, from the next answer on.

They come with the question as it was asked: who narrows it, or wants another order, sees what fits and nothing else.
A pinned page stands there once: it is left out of the results, also of later pages, while total and facets go on
counting what fits. Only what anybody may open is shown.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone

from search import pages
from search.guidance import Pin, words_of
from search.highlighting import Terms
from search.queries import Asked, SearchQuery, SearchResults, Sort
from search.rows import rows

_PINNED = "SELECT id FROM {pin} WHERE folded IN ({values})"


def put_first(results: SearchResults) -> SearchResults:
    """The answer with what is pinned to its question, as typed or as corrected; one small query if nothing is."""
    pinned = _pinned(results.asked) if _is_as_asked(results.query) else []
    if not pinned:
        return results
    documents = pages.documents(pinned).made
    shown = [documents[page_id] for page_id in pinned if page_id in documents]
    standing = {document.id for document in shown}
    terms = _terms(results.asked)
    return replace(
        results,
        promoted=() if results.query.cursor else tuple(pages.hit(document, terms) for document in shown),
        hits=tuple(hit for hit in results.hits if hit.id not in standing),
    )


def _is_as_asked(query: SearchQuery) -> bool:
    """Whether nothing narrows the question or orders its results."""
    narrowed = query.date_from or query.date_to or any(query.filters.values())
    return query.sort is Sort.RELEVANCE and not narrowed


def _pinned(asked: Asked) -> Sequence[int]:
    questions = {words_of(text) for text in (asked.text, asked.showing_results_for or "")} - {""}
    if not questions or not (ids := [pk for (pk,) in rows(_PINNED, sorted(questions))]):
        return []
    pins = Pin.objects.filter(pk__in=ids).in_force(timezone.localdate()).order_by("place", "pk")
    return list(dict.fromkeys(pins.values_list("page_id", flat=True)))


def _terms(asked: Asked) -> Terms:
    return Terms.of(" ".join([asked.showing_results_for or asked.text, *asked.expanded]))
