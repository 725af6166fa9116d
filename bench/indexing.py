"""How quickly the index is made anew, and in how much memory.

.venv/bin/python bench/indexing.py [--engine elasticsearch] [--documents 10000 100000] [--json]
"""

import json
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import standalone
import stock
from corpus import MissingSets, Text, draw, endless
from figures import Cost, Figure, Report, cost
from filling import Rates, prepared, rates
from options import add_engine, parser
from portal import fill
from progress import bar

from search import rebuild

TEXTS = 20_000  # drawn from the sets; more pages than that are made of them with other words

REBUILD_TARGET = 500  # pages/s
ENGINE_TARGET = 1_000  # documents/s
BARE_TARGET = 1.5  # times as long as the engine's own bulk requests
MEMORY_TARGET = 400  # MB


@dataclass(frozen=True)
class Rebuild:
    """What `search_rebuild` cost in a process of its own."""

    pages: int
    cost: Cost
    peak_megabytes: float

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.cost.seconds


def main() -> int:
    options = _options()
    try:
        drawn, _ = draw(options.sets, min(TEXTS, max(options.documents)), 0)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    report = Report(
        f"Indexing, {options.engine}: {' and '.join(f'{size:,}' for size in sorted(options.documents))} articles"
    )
    standalone.use(options.engine)
    standalone.prepare(options.database)
    report.figures += _measure(endless(drawn), sorted(options.documents), options.engine)
    report.notes += [
        "Stock Wagtail is `update_index` over the same pages, bodies included, with its own backend for the same "
        "engine "
        "(SQLite's full-text index beside Tantivy). Memory is the peak of a process that runs `search_rebuild` and "
        "nothing else, Python and Django included; a server's memory is not in it.",
    ]
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    add_engine(options)
    options.add_argument(
        "--documents", type=int, nargs="+", default=[10_000, 100_000], help="sizes of the portal (%(default)s)"
    )
    return options.parse_args()


def _measure(texts: Iterator[Text], sizes: Sequence[int], engine: str) -> Iterator[Figure]:
    made, before = [], 0
    for size in sizes:
        with bar(f"{size} pages", size - before) as step:
            fill(islice(texts, size - before), step)
        before = size
        made.append(_rebuilt())
        if len(made) == 1:
            by_stock, alone = _stock_rate(engine), rates(engine, prepared())
    for found in made:
        yield from _rebuild_figures(found, by_stock)
    yield from _engine_figures(alone, made[0])
    for found in made:
        yield _memory_figure(found, made[0])


def _rebuild_figures(found: Rebuild, by_stock: float) -> Iterator[Figure]:
    name, ratio = f"rebuild of {found.pages:,} pages", found.rate / by_stock
    yield Figure(name, found.rate, "pages/s", at_least=REBUILD_TARGET, ratio=ratio, against="stock Wagtail")
    yield Figure(f"{name}, by its processor time", found.pages / found.cost.processor_seconds, "pages/s")


def _engine_figures(alone: Rates, smallest: Rebuild) -> Iterator[Figure]:
    ratio = alone.builder / smallest.rate
    yield Figure(
        "prepared documents", alone.builder, "docs/s", at_least=ENGINE_TARGET, ratio=ratio, against="the rebuild"
    )
    if alone.bare:
        ratio = alone.bare / smallest.rate
        yield Figure("prepared sources, bare helpers.bulk", alone.bare, "docs/s", ratio=ratio, against="the rebuild")
        times = alone.bare / alone.builder
        yield Figure("prepared documents: time against bare helpers.bulk", times, "×", at_most=BARE_TARGET)


def _memory_figure(found: Rebuild, smallest: Rebuild) -> Figure:
    ratio, against = found.peak_megabytes / smallest.peak_megabytes, f"that of {smallest.pages:,}"
    name = f"peak memory, {found.pages:,} pages"
    return Figure(name, found.peak_megabytes, "MB", at_most=MEMORY_TARGET, ratio=ratio, against=against)


def _rebuilt() -> Rebuild:
    """Raises CalledProcessError when the command fails."""
    command = [sys.executable, str(standalone.ROOT / "bench" / "peak_memory.py"), "search_rebuild"]
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout)  # noqa: S603
    peak = found.pop("peak_megabytes")
    return Rebuild(rebuild.pages_to_read(), Cost(**found), peak)


def _stock_rate(engine: str) -> float:
    """Pages a second."""
    backend = stock.use_backend_of(engine)
    stock.index_bodies()
    return rebuild.pages_to_read() / cost(lambda: stock.update_index(backend)).seconds


if __name__ == "__main__":
    sys.exit(main())
