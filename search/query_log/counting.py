"""Counts what readers ask and what they click: questions and numbers only, no address, no cookie, no time of day.

Counts wait in memory and are written together (see `search.batches`), so that no search waits for the database's write
lock, and none fails where nothing can be written. Both front doors call `asked` once they have an answer.
"""

import re
from collections import Counter
from datetime import date

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from search.asking import LONGEST
from search.batches import Batch
from search.people import is_person
from search.queries import SearchQuery, SearchResults
from search.query_log import tables
from search.query_log.tables import Question, Tally
from search.understanding.question import take_apart
from search.vietnamese import fold_tokens, respell

_MOST_WAITING = 5_000  # questions of one process that wait to be written; more is no reader's doing
_FURTHEST = 10_000  # the position of the last result that can be clicked
_SALT = "search.click"
# What may name a person: an e-mail address, a number as long as a telephone's or an identity card's.
_PERSONAL = re.compile(r"\S@\S|(?:[0-9][ .-]?){9}")

_waiting = Batch[tuple[str, date], Tally](
    "readers' questions", lambda tallies: tables.write(tallies), most=_MOST_WAITING
)


def asked(request: HttpRequest, results: SearchResults, *, on_site: bool = False) -> None:
    """Count a question that has been answered; `on_site` on the search page, where clicks are counted too.

    Once for each question: the next page of results, a narrowed or a literal one is the same question again. Robots do
    not count, nor what only the database answered: that says nothing of what there is to find.
    """
    if not _is_counted(request, on_site) or results.degraded or _is_again(results.query):
        return
    if question := _question(results):
        found = max(results.total, len(results.promoted))
        counts = Counter(asked=1, on_site=int(on_site), found_nothing=int(not found))
        _add(question.key, Tally(counts, question))


def click_token(query: SearchQuery) -> str:
    """What a page of results shows for its clicks to be counted: its question, signed; always the same one."""
    return signing.Signer(salt=_SALT).sign(_key(_shown(query.text)))


def clicked(request: HttpRequest, token: str, position: str) -> None:
    """Count a click on the result at a position, from 1; 0 is a pinned one. Raises ValueError for what is no click."""
    if not re.fullmatch(r"[0-9]{1,5}", position) or int(position) > _FURTHEST:
        raise ValueError("position")
    try:
        key = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        raise ValueError("token") from None
    if key and _is_counted(request, on_site=True):
        place = int(position)
        _add(key, Tally(Counter(clicks=1, positions=place) if place else Counter(pin_clicks=1)))


def flush() -> None:
    """Write what waits. What cannot be written now waits on."""
    _waiting.flush()


def forget() -> None:
    """Drop what waits, as a new process has it."""
    _waiting.forget()


def _is_counted(request: HttpRequest, on_site: bool) -> bool:
    return settings.SEARCH_LOG_DAYS > 0 and is_person(request, or_program=not on_site)


def _is_again(query: SearchQuery) -> bool:
    return bool(query.cursor or query.literal or query.date_from or query.date_to or any(query.filters.values()))


def _question(results: SearchResults) -> Question | None:
    """The question as it is kept; None for one without words, or with what may name a person."""
    text = results.query.text
    words = [word.token for word in take_apart(text).words]
    if not words or _PERSONAL.search(text):
        return None
    shown = _shown(text)
    return Question(
        key=_key(shown),
        text=shown,
        folded=" ".join(fold_tokens(words))[:LONGEST],
        answered_as=(results.asked.showing_results_for or "")[:LONGEST],
        results=max(results.total, len(results.promoted)),
    )


def _shown(text: str) -> str:
    """The question as everybody would write it: composed, tones in their place, in lower case, single spaces."""
    question = take_apart(text)
    return question.spelled(question.words)[:LONGEST]


def _key(shown: str) -> str:
    return respell(shown)


def _add(key: str, tally: Tally) -> None:
    _waiting.add((key, timezone.localdate()), tally)
