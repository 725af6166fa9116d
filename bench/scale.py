"""How an engine grows: indexing, size and latency with ten thousand, a hundred thousand and a million documents.

.venv/bin/python bench/scale.py [--engine elasticsearch] [--documents 10000 100000 1000000] [--append FILE] [--json]
"""

import json
import os
import shutil
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import standalone
from corpus import MissingSets, Question, check
from django.conf import settings
from documents import made
from figures import Figure, Report, cost, percentile
from filling import build
from options import add_engine, parser
from peak_memory import forget_peak, peak_megabytes
from progress import bar
from ways import FACETS, PAGE_SIZE

from search.engines.base import Change, Engine, Position, Request
from search.engines.tantivy import TantivyEngine
from search.queries import MAX_HITS
from search.vietnamese import tokens

WARM_UP = 20  # questions asked before the clock counts
PATIENCE = 60.0  # seconds for a search, where a reader has one: it is to be measured, not broken off
FIRST = "with accents"  # the way of asking that others are compared with


@dataclass(frozen=True)
class Size:
    """What was found with so many documents: seconds, MB, and [p50, p99] in milliseconds by way of asking."""

    engine: str
    documents: int
    seconds: float
    index_megabytes: float
    peak_megabytes: float
    latency: dict[str, tuple[float, float]]

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.documents / self.seconds


def main() -> int:
    options = _options()
    try:
        check(options.sets)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    report = Report(f"Scale, {options.engine}: {options.questions} questions, pages of {PAGE_SIZE} results")
    standalone.use(options.engine)
    found: list[Size] = []
    for documents in sorted(options.documents):
        found.append(_measure(options, documents))
        if options.append:
            _append(options.append, found[-1], report)
    report.figures += _figures(found)
    report.notes += [
        "Prepared documents, from Python objects to an index that can be searched, by one process as a rebuild does "
        "it; another process makes them. Memory is the peak of the first (a server's is not in it; pages that Tantivy "
        "maps are). Searches are the engine's own, one at a time, bodies of the hits included, without highlights and "
        f"database. The facets are {', '.join(FACETS)}; the last page is the one before hit {MAX_HITS:,}, reached by "
        "its cursor.",
    ]
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    add_engine(options)
    options.add_argument(
        "--documents", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="sizes (%(default)s)"
    )
    options.add_argument("--questions", type=int, default=100, help="asked in each way (%(default)s)")
    options.add_argument("--append", type=Path, help="add the results to this file, for scale_plot.py")
    return options.parse_args()


def _measure(options: Namespace, documents: int) -> Size:
    folder = standalone.DATA_DIR / f"index-{documents}"
    engine = _engine(options.engine, folder)
    forget_peak()
    with made(options.sets, documents, options.questions) as (questions, batches):
        seconds = cost(partial(_fill, engine, batches, documents)).seconds
    peak = peak_megabytes()
    _settle(engine)
    latency = _latency(engine, questions)
    size = Size(engine.name, documents, seconds, engine.health().size_bytes / 1e6, peak, latency)
    shutil.rmtree(folder, ignore_errors=True)
    return size


def _engine(name: str, folder: Path) -> Engine:
    """The engine, with an index of its own."""
    if name == "tantivy":
        return TantivyEngine(folder)
    from search.engines.elasticsearch import ElasticsearchEngine, Options, client

    client.READING = PATIENCE
    return ElasticsearchEngine(Options(**settings.ELASTICSEARCH))


def _fill(engine: Engine, batches: Iterator[list[Change]], documents: int) -> None:
    with bar(f"{documents:,} documents", documents) as step:
        build(engine, batches, step)
    if (put := engine.health().documents) != documents:
        raise RuntimeError(f"{put} documents in the index, of {documents}")


def _settle(engine: Engine) -> None:
    """Wait until a server has merged what it was given; Tantivy has done so already."""
    if engine.name != "elasticsearch":
        return
    client = standalone.elasticsearch()
    stats = partial(client.indices.stats, index=settings.ELASTICSEARCH["alias"], metric="merge")
    while stats()["_all"]["total"]["merges"]["current"]:
        time.sleep(1)


def _latency(engine: Engine, questions: Sequence[Question]) -> dict[str, tuple[float, float]]:
    """By way of asking. Every question is asked in all ways before the next one."""
    took: dict[str, list[float]] = {}
    with bar("Questions", len(questions)) as step:
        for question in questions:
            for name, request in _requests(engine, question).items():
                seconds = cost(partial(engine.search, request)).seconds
                took.setdefault(name, []).append(seconds * 1000)
            step(1)
    return {name: (percentile(times, 0.5), percentile(times, 0.99)) for name, times in took.items()}


def _requests(engine: Engine, question: Question) -> dict[str, Request]:
    full = Request(tokens=tuple(tokens(question.text)), size=PAGE_SIZE)
    plain = replace(full, tokens=tuple(tokens(question.plain)))
    return {
        FIRST: full,
        "without accents": plain,
        f"with accents, {len(FACETS)} facets": replace(full, facets=FACETS),
        f"without accents, {len(FACETS)} facets": replace(plain, facets=FACETS),
        "with accents, the last page": replace(full, after=_before_last_page(engine, full)),
    }


def _before_last_page(engine: Engine, request: Request) -> Position | None:
    """Where the last page that readers can reach begins; None when the first is the last."""
    hits = min(engine.search(request).total, MAX_HITS)
    before = (hits - 1) // PAGE_SIZE * PAGE_SIZE
    if before <= 0:
        return None
    last = engine.search(replace(request, size=before)).found[-1]
    return Position(last.score, last.rank, before - 1)


def _figures(found: Sequence[Size]) -> Iterator[Figure]:
    smallest = found[0]
    for size in found:
        of, against = f"{size.documents:,}", f"that of {smallest.documents:,}"
        for name, attribute, unit in (
            ("indexing", "rate", "docs/s"), ("index", "index_megabytes", "MB"), ("peak memory", "peak_megabytes", "MB")
        ):  # fmt: skip
            value, first = getattr(size, attribute), getattr(smallest, attribute)
            yield Figure(f"{of}: {name}", value, unit, ratio=value / first, against=against)
        for name, (p50, p99) in size.latency.items():
            first50, first99 = size.latency[FIRST]
            yield Figure(f"{of}: {name}, p50", p50, "ms", ratio=p50 / first50, against=FIRST)
            yield Figure(f"{of}: {name}, p99", p99, "ms", ratio=p99 / first99, against=FIRST)


def _append(path: Path, size: Size, report: Report) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(size) | {"cores": os.cpu_count(), "load_at_start": report.load_at_start}) + "\n")


if __name__ == "__main__":
    sys.exit(main())
