"""Counts what readers ask and what they click: questions and numbers only, no address, no cookie, no time of day.

A count goes into this process's memory, which takes microseconds; some seconds later a thread writes all of them in one
short transaction. So no search waits for the database's write lock, and none fails where nothing can be written; a
process that is killed loses seconds of counts. Both front doors call `asked` once they have an answer.
"""

import atexit
import logging
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from threading import Lock, Timer

from django.conf import settings
from django.core import signing
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from search.asking import LONGEST
from search.queries import SearchQuery, SearchResults
from search.query_log import tables
from search.query_log.tables import Question, Tally
from search.understanding.question import take_apart
from search.vietnamese import fold_tokens, respell

logger = logging.getLogger(__name__)

_MOST_WAITING = 5_000  # questions of one process that wait to be written; more is no reader's doing
_FURTHEST = 10_000  # the position of the last result that can be clicked
_SALT = "search.click"
_CRAWLER = re.compile(r"bot\b|crawl|spider|slurp|preview|monitor|headless", re.I)
# On the search page programs are no readers; of the API's clients many ask for people.
_PROGRAM = re.compile(r"curl|wget|python|go-http|java/|libwww|okhttp", re.I)
# What may name a person: an e-mail address, a number as long as a telephone's or an identity card's.
_PERSONAL = re.compile(r"\S@\S|(?:[0-9][ .-]?){9}")


@dataclass
class _Waiting:
    """What is not written yet, by key of the question and day."""

    tallies: dict[tuple[str, date], Tally] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    timer: Timer | None = None


_waiting = _Waiting()


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
    with _waiting.lock:
        tallies, _waiting.tallies, _waiting.timer = _waiting.tallies, {}, None
    try:
        tables.write(tallies)
    except DatabaseError as error:
        logger.warning("The readers' questions could not be written and wait: %s", error)
        with _waiting.lock:
            for place, later in _waiting.tallies.items():
                tallies.setdefault(place, Tally()).add(later)
            _waiting.tallies = tallies


def forget() -> None:
    """Drop what waits, as a new process has it."""
    with _waiting.lock:
        _waiting.tallies = {}


def _is_counted(request: HttpRequest, on_site: bool) -> bool:
    """Whether a person asks, and not a robot or a browser that fetches ahead. Who that is is looked at, never kept."""
    if settings.SEARCH_LOG_DAYS <= 0 or request.method == "HEAD":
        return False
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    agent = request.headers.get("User-Agent", "")
    return "prefetch" not in ahead and not _CRAWLER.search(agent) and not (on_site and _PROGRAM.search(agent))


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
    place = key, timezone.localdate()
    with _waiting.lock:
        if before := _waiting.tallies.get(place):
            before.add(tally)
        elif len(_waiting.tallies) < _MOST_WAITING:
            _waiting.tallies[place] = tally
        if settings.SEARCH_LOG_WRITE_EVERY and _waiting.timer is None:
            _waiting.timer = Timer(settings.SEARCH_LOG_WRITE_EVERY, _write)
            _waiting.timer.daemon = True
            _waiting.timer.start()


def _write() -> None:
    """In a thread of its own, whose connection nobody else would close."""
    try:
        flush()
    except Exception:
        logger.exception("The readers' questions could not be written")
    finally:
        connection.close()


@atexit.register
def _write_the_rest() -> None:
    if settings.configured and _waiting.timer is not None:
        with suppress(Exception):
            flush()
