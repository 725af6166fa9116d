"""Why pages are found, in words for editors: how the question was read, and what in each page answers it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search import pages, service, synonyms
from search.queries import Hit, SearchQuery, SearchResults
from search.reasons import Meaning, reasons
from search.understanding.question import take_apart
from search.understanding.reading import Understood
from search.vietnamese import tokens


@dataclass(frozen=True)
class Explained:
    """A hit with the reasons why it is there; `place` is where it stands, from 1, 0 above all others."""

    hit: Hit
    place: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """An answer as readers get it, how its question was `read`, and why each page is there."""

    results: SearchResults
    read: tuple[str, ...]
    hits: tuple[Explained, ...]


def explain(query: SearchQuery) -> Explanation:
    """Answer a question and say why, by the texts of the pages as they are now: no engine is asked for reasons."""
    results = service.search(query)
    understood, request = service.read(query)
    meanings = _meanings(understood)
    asked = take_apart(understood.showing_results_for or query.text).words
    hits = [(hit, 0) for hit in results.promoted]
    hits += [(hit, place) for place, hit in enumerate(results.hits, results.start + 1)]
    documents = pages.documents([hit.id for hit, _place in hits]).made
    explained = (
        Explained(hit, place, tuple(reasons(documents[hit.id], asked, request, meanings, pinned=not place)))
        for hit, place in hits
        if hit.id in documents
    )
    return Explanation(results, tuple(_reading(query, understood, meanings, results)), tuple(explained))


def _meanings(understood: Understood) -> list[Meaning]:
    """What is looked for beside the reader's own words, and by which rule."""
    thesaurus, _ = synonyms.word_lists()
    return [
        Meaning(text, words, by_editors=any(text in match.meanings for match in thesaurus.matches(tokens(words))))
        for text, words in zip(understood.expanded, understood.expanded_from, strict=True)
    ]


def _reading(
    query: SearchQuery, understood: Understood, meanings: list[Meaning], results: SearchResults
) -> Iterator[str]:
    if results.degraded:
        yield _("The index cannot be asked just now: the database answered.")
    if meant := understood.showing_results_for:
        yield _("“%(typed)s” was read as “%(meant)s”.") % {"typed": query.text, "meant": meant}
    if meant := understood.did_you_mean:
        yield _("Readers are asked whether they meant “%(meant)s”.") % {"meant": meant}
    for meaning in meanings:
        yield meaning.explained
    for preference in understood.preferences:
        if preference.name == "year":
            yield _("Pages of the year %(year)s come first.") % {"year": preference.value}
        elif preference.name == "number":
            number = preference.value.upper()
            yield _("The document %(number)s comes first, then the pages that cite it.") % {"number": number}
    for words in understood.phrases:
        yield _("Only pages that say “%(words)s” word for word.") % {"words": " ".join(words)}
    for words in understood.without:
        yield _("No pages that say “%(words)s”.") % {"words": " ".join(words)}
