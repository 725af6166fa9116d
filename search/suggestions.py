"""What a reader may be typing: titles and other names of public pages, in whatever way they are typed."""

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.translation import gettext

from search import labels, vietnamese, visibility
from search.engines import get_engine
from search.engines.base import EngineUnavailable, Exclusion, Found
from search.highlighting import Terms, highlight
from search.queries import Suggestion
from search.query_log import past_queries
from search.vietnamese.keystrokes import from_telex, from_vni, unfinished

SUGGESTIONS = 8
_PAST_QUERIES = 3  # at most
QUERY = "query"  # the type of a suggestion that is no page


def suggest(text: str, limit: int = SUGGESTIONS) -> tuple[Suggestion, ...]:
    """Pages with a title or another name that holds every word typed so far, the last perhaps half typed, and what
    other readers searched for and found; none for an empty text.

    Those of one type stand together, the type of the best first, questions last.
    """
    try:
        words, found = _complete(_words(text), limit, visibility.pending_removals())
    except EngineUnavailable:
        return ()
    public = visibility.public_ids(item.id for item in found)
    shown = [item for item in found if item.id in public]
    types = list(dict.fromkeys(item.type for item in shown))
    names = labels.lookup(("type", name) for name in types)
    terms = Terms(tuple(words), typing=True)
    shown.sort(key=lambda item: types.index(item.type))
    asked = past_queries(vietnamese.respell_words(words), _PAST_QUERIES)
    return (
        *(_page(item, names["type", item.type], terms) for item in shown[: limit - len(asked)]),
        *(_query(query, terms) for query in asked),
    )


def _words(text: str) -> list[str]:
    """The words typed, as they are spelled; but no `số` before a document's number."""
    following = pairwise([*vietnamese.words(text), ""])
    return [word for word, after in following if not (word == "số" and after[:1].isdigit())]


def _complete(words: Sequence[str], limit: int, exclusion: Exclusion) -> tuple[Sequence[str], Sequence[Found]]:
    """What was found, and by which words: those typed or, if they find nothing, what their keystrokes stand for."""
    keystrokes = _keystrokes(words)
    for reading in (words, keystrokes):
        tokens = vietnamese.respell_words(reading)
        if tokens and (found := get_engine().suggest(tokens, limit, exclusion)):
            return reading, found
    return keystrokes or words, ()


def _keystrokes(words: Sequence[str]) -> Sequence[str]:
    """The words as raw Telex or VNI, the last one perhaps half typed; none if they are no such thing."""
    whole = [from_telex(word) or from_vni(word) or word for word in words]
    if words and whole[-1] == words[-1]:
        whole[-1] = unfinished(words[-1]) or words[-1]
    return whole if whole != list(words) else ()


def _page(item: Found, type_label: str, terms: Terms) -> Suggestion:
    highlighted = highlight(item.title, terms)
    marked = (highlight(name, terms) for name in item.names)
    # By what else it is called, if the title alone does not say why it is here.
    also = next((name for name in marked if name.count("<mark>") > highlighted.count("<mark>")), "")
    return Suggestion(
        id=item.id,
        type=item.type,
        type_label=type_label,
        title=item.title,
        highlighted=highlighted,
        also=also,
        url=item.card.url,
    )


def _query(text: str, terms: Terms) -> Suggestion:
    address = f"{resolve_url(settings.SEARCH_PAGE)}?{urlencode({'q': text})}"
    return Suggestion(None, QUERY, gettext("others searched for"), text, highlight(text, terms), address)
