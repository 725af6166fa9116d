"""How long a reader waits for the database's answer while the index cannot be asked.

.venv/bin/python bench/degraded.py [--documents 10000 50000] [--json]
"""

import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, pairwise

import standalone
import stock
from corpus import MissingSets, Question, Text, draw, endless
from django.db import connection
from figures import Figure, Report, percentile
from options import parser
from portal import TAGS, fill
from progress import bar
from ways import NotAnswered

from cms.news.models import NewsIndexPage
from search import service
from search.parameters import MAX_PAGE_SIZE
from search.queries import SearchQuery, Sort

TEXTS = 20_000  # drawn from the sets; more pages than that are made of them with other words
ASKED = 6  # questions of the sets
FREQUENT = 5  # words
ROUNDS = 5
TARGET, TARGET_SIZE = 300, 10_000  # ms, articles

Times = list[tuple[SearchQuery, list[float]]]  # milliseconds


def main() -> int:
    options = _options()
    try:
        texts, asked = draw(options.sets, min(TEXTS, max(options.documents)), ASKED)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    sizes = sorted(options.documents)
    report = Report(f"Answers of {connection.vendor}: {' and '.join(f'{size:,}' for size in sizes)} articles")
    standalone.prepare(options.database)
    smallest: Times | None = None
    for size, times in _measure(texts, asked, sizes):
        smallest = smallest or times
        report.figures += _figures(size, times, smallest, f"that of {sizes[0]:,}")
        report.notes.append(f"The slowest of {size:,}: {_slowest(times)}")
    report.notes.append(
        f"Frequent words, questions of the sets, filters, dates and sorts, alone and together: {len(times)} questions, "
        f"each asked {ROUNDS} times of the service. It has no index and need not wait to notice."
    )
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument(
        "--documents", type=int, nargs="+", default=[10_000, 50_000], help="sizes of the portal (%(default)s)"
    )
    return options.parse_args()


def _measure(texts: Sequence[Text], asked: Sequence[Question], sizes: Sequence[int]) -> Iterator[tuple[int, Times]]:
    pages, before = endless(texts), 0
    for size in sizes:
        with bar(f"{size:,} pages", size - before) as step:
            fill(islice(pages, size - before), step)
        before = size
        _editors_index()
        yield size, _ask(list(_questions(texts, asked)))


def _editors_index() -> None:
    """Wagtail's own, which follows every change by itself, as PostgreSQL's statistics do; `fill` went past both."""
    with bar("Editors' index", 1) as step:
        stock.update_index("default")
        step(1)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _questions(texts: Sequence[Text], asked: Sequence[Question]) -> Iterator[SearchQuery]:
    """Words that very many pages have, alone and where a filter leaves few of these: the most work for an answer."""
    counted = Counter(word for text in texts for word in set(text.title.lower().split()) if word.isalpha())
    frequent = [word for word, _ in counted.most_common(FREQUENT)]
    pairs = [" ".join(pair) for pair in pairwise(frequent)]
    yield from map(SearchQuery, [*frequent, *pairs, *(question.text for question in asked)])
    for text in ("", frequent[0], pairs[0]):
        yield SearchQuery(text, page_size=MAX_PAGE_SIZE)
        yield from (SearchQuery(text, sort=sort) for sort in Sort)
        yield from (replace(narrowed, text=text) for narrowed in _narrowed())


def _narrowed() -> Iterator[SearchQuery]:
    section = str(NewsIndexPage.objects.order_by("path")[0].pk)
    filters = {"section": (section,), "tag": ("chu-de-1",), "year": ("2026",)}
    yield from (SearchQuery(filters={facet: values}) for facet, values in filters.items())
    yield SearchQuery(filters=filters)
    yield SearchQuery(filters={"tag": tuple(f"chu-de-{number}" for number in range(TAGS))})
    yield SearchQuery(filters={"type": ("section",)})
    yield SearchQuery(date_from=date(2026, 6, 1), date_to=date(2026, 6, 2))
    yield SearchQuery(date_to=date(2025, 1, 1), sort=Sort.MOST_READ)


def _ask(questions: Sequence[SearchQuery]) -> Times:
    """In rounds, so that the machine's other business meets all; the first is to get warm."""
    times: Times = [(question, []) for question in questions]
    with bar("Questions", (ROUNDS + 1) * len(questions)) as step:
        for _ in range(ROUNDS + 1):
            for question, taken in times:
                taken.append(_milliseconds(question))
                step(1)
    return [(question, taken[1:]) for question, taken in times]


def _milliseconds(question: SearchQuery) -> float:
    start = time.perf_counter()
    if not service.search(question).degraded:
        raise NotAnswered("the index answered, which should not be there")
    return (time.perf_counter() - start) * 1000


def _figures(size: int, times: Times, smallest: Times, against: str) -> Iterator[Figure]:
    for name, share in {"p50": 0.5, "p99": 0.99, "slowest": 1.0}.items():
        value, other = percentile(_every(times), share), percentile(_every(smallest), share)
        at_most = TARGET if name == "slowest" and size <= TARGET_SIZE else None
        yield Figure(f"{size:,} articles: {name}", value, "ms", at_most=at_most, ratio=value / other, against=against)


def _every(times: Times) -> list[float]:
    return [milliseconds for _, taken in times for milliseconds in taken]


def _slowest(times: Times) -> str:
    question = max(times, key=lambda asked: max(asked[1]))[0]
    values = [f"{len(values)} of {facet}" for facet, values in question.filters.items()]
    return ", ".join([f"“{question.text}”", f"by {question.sort}", *values])


if __name__ == "__main__":
    sys.exit(main())
