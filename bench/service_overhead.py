"""What the search service adds to the Elasticsearch request that it sends, beside a stock Wagtail site's Elasticsearch.

.venv/bin/python bench/service_overhead.py [--documents 10000] [--json]
"""

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence

import standalone
import stock
from corpus import MissingSets, Question, Text, draw
from figures import Figure, Report
from options import parser
from portal import fill_and_index
from progress import bar
from runs import Run, take_turns
from ways import FACETS, PAGE_SIZE, by_bare_requests, by_service, by_stock_elasticsearch

BARE_TARGET = 1.5  # times as long as the bare request
STOCK_TARGET = 1  # times as long as a stock search, which gives less


def main() -> int:
    options = _options()
    try:
        texts, questions = draw(options.sets, options.documents, options.questions)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    report = Report(
        f"The service on Elasticsearch: {len(texts):,} articles, {len(questions)} questions, {PAGE_SIZE} results each"
    )
    _fill(texts, options)
    report.figures += _figures(_measure(questions))
    report.notes += [
        "Each question was asked in all ways in turn. The service gives highlights; "
        f"the facets are {', '.join(FACETS)}.",
        "A bare request is the very one that the service sends, sent by the same client library, its answer parsed. "
        "Stock Wagtail is Page.objects.live().search() with its own backend for Elasticsearch and the bodies indexed; "
        "it gives pages and no more. OR is the default of that backend.",
    ]
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument("--documents", type=int, default=40_000, help="articles on the portal (%(default)s)")
    options.add_argument("--questions", type=int, default=300, help="questions asked each way (%(default)s)")
    return options.parse_args()


def _fill(texts: Sequence[Text], options: Namespace) -> None:
    standalone.use("elasticsearch")
    standalone.prepare(options.database)
    fill_and_index(texts)
    with bar("Stock index", 1) as step:
        stock.index_bodies()
        stock.update_index(stock.use_backend_of("elasticsearch"))
        step(1)


def _measure(questions: Sequence[Question]) -> list[Run]:
    texts = [question.text for question in questions]
    ways = [way for facets in ((), FACETS) for way in (by_service(facets), by_bare_requests(texts, facets))]
    return take_turns([*ways, by_stock_elasticsearch("or"), by_stock_elasticsearch("and")], questions)


def _figures(made: Sequence[Run]) -> Iterator[Figure]:
    service, bare, faceted, bare_faceted, by_or, by_and = made
    against = {service.name: bare, faceted.name: bare_faceted, by_or.name: faceted, by_and.name: faceted}
    for run in made:
        yield from _times(run, against.get(run.name))
    for run in (service, faceted):
        other = against[run.name]
        yield Figure(f"{run.name}: time against {other.name}", run.times(other), "×", at_most=BARE_TARGET)
    for run in (by_or, by_and):
        yield Figure(f"{faceted.name}: time against {run.name}", faceted.times(run), "×", at_most=STOCK_TARGET)
    for run in (faceted, by_or, by_and):
        yield Figure(f"{run.name}: MRR@10", run.mrr)


def _times(run: Run, other: Run | None) -> Iterator[Figure]:
    for name, value in (("p50", run.p50), ("p99", run.p99)):
        ratio = value / getattr(other, name) if other else None
        yield Figure(f"{run.name}: {name}", value, "ms", ratio=ratio, against=other.name if other else "")


if __name__ == "__main__":
    sys.exit(main())
