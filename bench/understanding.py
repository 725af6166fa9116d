"""What it costs to understand a question, to hold the vocabulary, to count it anew, and to suggest while it is typed.

.venv/bin/python bench/understanding.py [--documents 40000] [--json]
"""

import sys
import time
import tracemalloc
from argparse import Namespace
from collections.abc import Iterator, Sequence
from functools import partial
from threading import Event, Thread
from urllib.parse import urlencode

import standalone
from corpus import MissingSets, Question, Text, draw
from figures import Figure, Report, cost, percentile
from options import parser
from portal import fill_and_index
from progress import bar
from serving import Client, served

UNDERSTANDING_TARGET = 2  # ms added to the median question
MEMORY_TARGET = 50  # MB that the vocabulary takes at 40,000 documents
REFRESH_TARGET = 1  # ms that a question may wait for a vocabulary that is being read
SUGGESTIONS_TARGET = 20  # ms, p95 over HTTP


def main() -> int:
    options = _options()
    try:
        texts, questions = draw(options.sets, options.documents, options.questions)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    report = Report(f"Understanding questions: {len(texts):,} articles, {len(questions)} questions")
    standalone.prepare(options.database)
    fill_and_index(texts)
    report.figures += [*_vocabulary(), *_questions(questions), *_while_reading(questions), *_suggestions(texts)]
    report.notes.append("One process, one reader at a time. Suggestions are asked for at every third key of a title.")
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument("--documents", type=int, default=40_000, help="articles on the portal (%(default)s)")
    options.add_argument("--questions", type=int, default=300, help="questions asked (%(default)s)")
    return options.parse_args()


def _vocabulary() -> Iterator[Figure]:
    """Counted as the scheduler counts it, and held as a serving process holds it."""
    from search import lexicon

    yield Figure("counting the vocabulary", cost(lexicon.make).seconds, "s")
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    lexicon.refresh()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    yield Figure("memory of the vocabulary", (after - before) / 1e6, "MB", at_most=MEMORY_TARGET)


def _questions(questions: Sequence[Question]) -> Iterator[Figure]:
    """The service with all steps and with none, taking turns."""
    from django.conf import settings

    steps, plain, understood = settings.SEARCH_UNDERSTANDING, list[float](), list[float]()
    with bar("Questions", len(questions)) as step:
        for question in questions:
            for some, seconds in (([], plain), (steps, understood)):
                settings.SEARCH_UNDERSTANDING = some
                _search(question.text)
                seconds.append(cost(partial(_search, question.text)).seconds)
            step(1)
    without, whole = (percentile(seconds, 0.5) * 1000 for seconds in (plain, understood))
    yield Figure("service, understanding nothing: p50", without, "ms")
    yield Figure("service: p50", whole, "ms", ratio=whole / without, against="understanding nothing")
    yield Figure("what understanding adds to the p50", whole - without, "ms", at_most=UNDERSTANDING_TARGET)


def _search(text: str) -> None:
    from search import service
    from search.queries import SearchQuery

    service.search(SearchQuery(text))


def _while_reading(questions: Sequence[Question]) -> Iterator[Figure]:
    """How much longer questions take to be corrected while another thread reads the vocabulary again and again."""
    from search import lexicon
    from search.models import VocabularyEdition
    from search.vietnamese import tokens

    asked, done = [tokens(question.text) for question in questions], Event()
    edition = VocabularyEdition.objects.get()

    def read_again() -> None:
        while not done.is_set():
            lexicon.read(edition)

    def each() -> list[float]:
        return [cost(partial(lexicon.speller().corrections, words)).seconds * 1000 for words in asked * 3]

    each()  # what the speller remembers is then the same for both
    alone = each()
    reader = Thread(target=read_again, daemon=True)
    reader.start()
    time.sleep(0.1)
    beside = each()
    done.set()
    reader.join()
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        longer = percentile(beside, share) - percentile(alone, share)
        yield Figure(f"what reading a vocabulary adds to corrections: {name}", longer, "ms", at_most=REFRESH_TARGET)


def _suggestions(texts: Sequence[Text]) -> Iterator[Figure]:
    """While the server numbers all changes, as after an import, and when that is done."""
    from search import sequencer

    sequencer.adopt()  # pages written in bulk
    typed = list(_typed([text.title for text in texts[:100]]))
    busy = _milliseconds("Suggestions beside", typed)
    while sequencer.is_backlog():  # the command that the server began may go on
        sequencer.drain()
        time.sleep(1)
    sequencer.drain()
    quiet = _milliseconds("Suggestions", typed)
    for name, taken in {"suggestions, HTTP": quiet, "suggestions, HTTP, beside the numbering of changes": busy}.items():
        yield Figure(f"{name}: p50", percentile(taken, 0.5), "ms")
        yield Figure(f"{name}: p95", percentile(taken, 0.95), "ms", at_most=SUGGESTIONS_TARGET)


def _milliseconds(name: str, typed: Sequence[str]) -> list[float]:
    """How long a reader waits for each."""
    taken = []
    with served() as connection, bar(name, len(typed)) as step:
        for text in typed[:20]:
            _suggest(connection, text)
        for text in typed:
            taken.append(cost(partial(_suggest, connection, text)).seconds * 1000)
            step(1)
    return taken


def _typed(titles: Sequence[str]) -> Iterator[str]:
    """Beginnings of titles, with accents and without."""
    from search.vietnamese import compose, fold

    for title in titles:
        for length in range(2, min(len(title), 40), 3):
            yield title[:length]
            yield fold(compose(title[:length]))


def _suggest(connection: Client, text: str) -> bytes:
    return connection.get(f"/api/v1/search/suggest/?{urlencode({'q': text})}")


if __name__ == "__main__":
    sys.exit(main())
