"""How quickly changes are numbered for apps and webhooks, and how quickly they are told.

.venv/bin/python bench/sequencing.py [--documents 10000] [--json]
"""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from itertools import islice
from statistics import median
from time import perf_counter

import standalone
from corpus import MissingSets, draw, endless
from figures import Figure, Report, cost
from options import parser
from portal import fill
from progress import bar
from wagtail.models import Page

from search import changes, outbox, pages, sequencer
from search.chunks import chunks

TEXTS = 20_000  # drawn from the sets; more pages than that are made of them with other words
TARGET = 500  # pages/s
PAGE = 100  # changes told at once
TOLD_TARGET = 15  # ms
PLACES = 50  # at which changes are read


def main() -> int:
    options = _options()
    try:
        drawn, _ = draw(options.sets, min(TEXTS, options.documents), 0)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    report = Report(f"Numbering changes: {options.documents:,} articles")
    standalone.use("tantivy")
    standalone.prepare(options.database)
    with bar("Pages", options.documents) as step:
        fill(islice(endless(drawn), options.documents), step)
    report.figures += _measure()
    report.notes.append(
        "“Nothing new” are pages that were touched and are what they were, as after a draft. Making documents is what "
        "the index needs of the same pages, without writing it."
    )
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument("--documents", type=int, default=10_000, help="size of the portal (%(default)s)")
    return options.parse_args()


def _measure() -> Iterator[Figure]:
    ids = list(Page.objects.values_list("pk", flat=True))
    documents = _rate(len(ids), lambda: [pages.documents(some) for some in chunks(ids, sequencer.BATCH)])
    for name in ("published", "nothing new"):
        outbox.touch(ids)
        rate = _rate(len(ids), sequencer.drain)
        yield Figure(name, rate, "pages/s", at_least=TARGET, ratio=rate / documents, against="making documents")
    for name, first in (("at the beginning", 0), ("at the end", sequencer.last() - PAGE)):
        milliseconds = median(_seconds(max(first, 0)) for _ in range(PLACES)) * 1_000
        yield Figure(f"{PAGE} changes told {name}: p50", milliseconds, "ms", at_most=TOLD_TARGET)


def _rate(count: int, work: Callable[[], object]) -> float:
    return count / cost(work).seconds


def _seconds(position: int) -> float:
    started = perf_counter()
    changes.since(position, PAGE)
    return perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
