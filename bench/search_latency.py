"""How long a reader waits for an answer, and how long with the search that a stock Wagtail site has.

.venv/bin/python bench/search_latency.py [--documents 40000] [--json]
"""

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence

import standalone
from corpus import MissingSets, Question, Text, draw
from figures import Figure, Report, percentile
from options import parser
from portal import fill_and_index
from progress import bar
from runs import Run, run
from serving import served
from stock import index_bodies, update_index
from ways import FACETS, PAGE_SIZE, by_http, by_service, by_stock, by_test_client

SERVICE_TARGET = 3  # ms, p50, with highlights and three facets
HTTP_TARGET = 15  # ms, p50
STOCK_TARGET = 20  # times faster


def main() -> int:
    options = _options()
    try:
        texts, questions = draw(options.sets, options.documents, options.questions)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    report = Report(
        f"Search latency: {len(texts):,} articles, {len(questions)} questions, pages of {PAGE_SIZE} results"
    )
    _fill(texts, options)
    report.figures += _figures(*_measure(questions, options))
    report.notes += [
        f"Every answer of ours has highlights; the facets are {', '.join(FACETS)}. One process, one reader at a time.",
        "Stock Wagtail is Page.objects.live().search() on SQLite, with the bodies indexed; it gives pages and no more. "
        "Its default, AND, is quick where it finds nothing; OR alone finds comparably and is the fair comparison.",
        f"Stock Wagtail was asked for {options.budget:g} s with each operator. Searches were broken off "
        f"after {options.patience:g} s and count as that (≥).",
    ]
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument("--documents", type=int, default=40_000, help="articles on the portal (%(default)s)")
    options.add_argument("--questions", type=int, default=300, help="questions asked each way (%(default)s)")
    options.add_argument("--patience", type=float, default=60, help="seconds given to a stock search (%(default)s)")
    options.add_argument("--budget", type=float, default=120, help="seconds for each stock operator (%(default)s)")
    return options.parse_args()


def _fill(texts: Sequence[Text], options: Namespace) -> None:
    standalone.prepare(options.database)
    fill_and_index(texts)
    with bar("Stock index", 1) as step:
        index_bodies()
        update_index()
        step(1)


def _measure(questions: Sequence[Question], options: Namespace) -> tuple[list[Run], list[Run]]:
    """Our ways and the stock ones."""
    ours = [run(way, questions) for way in (by_service(()), by_service(FACETS), by_test_client())]
    with served() as connection:
        ours.append(run(by_http(connection), questions))
    theirs = [run(by_stock(operator, options.patience), questions, options.budget) for operator in ("and", "or")]
    return ours, theirs


def _figures(ours: Sequence[Run], theirs: Sequence[Run]) -> Iterator[Figure]:
    _, service, _, http = ours
    fair = theirs[-1]
    targets = {service.name: SERVICE_TARGET, http.name: HTTP_TARGET}
    for made in ours:
        yield Figure(f"{made.name}: p50", made.p50, "ms", at_most=targets.get(made.name))
        yield Figure(f"{made.name}: p99", made.p99, "ms", ratio=made.p99 / made.p50, against="its p50")
        if made is not http:
            yield Figure(f"{made.name}: p50 of processor time", percentile(made.processor, 0.5), "ms")
    for made in theirs:
        bound = " ≥" if 2 * made.endless >= len(made.milliseconds) else ""
        yield Figure(f"{made.name}: p50{bound}", made.p50, "ms", ratio=made.p50 / service.p50, against=service.name)
        yield Figure(f"{made.name}: questions asked", len(made.milliseconds))
    for made in (service, *theirs):
        if made.reciprocal_ranks:
            yield Figure(f"{made.name}: MRR@10 of {len(made.reciprocal_ranks)} answers", made.mrr)
    times = fair.times(service)
    yield Figure(f"{service.name}: times as fast as {fair.name}", times, at_least=STOCK_TARGET)


if __name__ == "__main__":
    sys.exit(main())
