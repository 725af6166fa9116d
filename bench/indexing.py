"""How quickly the index is made anew, and in how much memory.

.venv/bin/python bench/indexing.py [--documents 10000 100000] [--json]
"""

import json
import random
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, islice

import standalone
from corpus import MissingSets, Text, draw
from figures import Cost, Figure, Report, cost
from options import parser
from portal import fill
from progress import bar
from stock import index_bodies, update_index
from wagtail.models import Page

from search import pages, rebuild
from search.chunks import chunks
from search.engines.base import Change
from search.engines.tantivy import TantivyEngine

TEXTS = 20_000  # drawn from the sets; more pages than that are made of them with other words
PREPARED = 5_000  # documents held in memory, to measure the engine alone
CHANGED = 10  # every so many words, one is another

REBUILD_TARGET = 500  # pages/s
ENGINE_TARGET = 1_000  # documents/s
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
    report = Report("Indexing: " + " and ".join(f"{size:,}" for size in sorted(options.documents)) + " articles")
    standalone.prepare(options.database)
    report.figures += _measure(_endless(drawn), sorted(options.documents))
    report.notes += [
        "Stock Wagtail is `update_index` on SQLite over the same pages, bodies included. "
        "Memory is the peak of a process that runs `search_rebuild` and nothing else, Python and Django included.",
    ]
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument(
        "--documents", type=int, nargs="+", default=[10_000, 100_000], help="sizes of the portal (%(default)s)"
    )
    return options.parse_args()


def _measure(texts: Iterator[Text], sizes: Sequence[int]) -> Iterator[Figure]:
    made, before = [], 0
    for size in sizes:
        with bar(f"{size} pages", size - before) as step:
            fill(islice(texts, size - before), step)
        before = size
        made.append(_rebuilt())
        if len(made) == 1:
            stock, engine = _stock_rate(), _engine_rate()
    smallest = made[0]
    for found in made:
        name = f"rebuild of {found.pages:,} pages"
        yield Figure(
            name, found.rate, "pages/s", at_least=REBUILD_TARGET, ratio=found.rate / stock, against="stock Wagtail"
        )
        yield Figure(f"{name}, by processor time", found.pages / found.cost.processor_seconds, "pages/s")
    yield Figure(
        "prepared documents",
        engine,
        "docs/s",
        at_least=ENGINE_TARGET,
        ratio=engine / smallest.rate,
        against="the rebuild",
    )
    for found in made:
        ratio = found.peak_megabytes / smallest.peak_megabytes
        yield Figure(
            f"peak memory, {found.pages:,} pages",
            found.peak_megabytes,
            "MB",
            at_most=MEMORY_TARGET,
            ratio=ratio,
            against=f"that of {smallest.pages:,}",
        )


def _endless(texts: Sequence[Text]) -> Iterator[Text]:
    """The texts, then the same with every tenth word replaced, again and again: new pages, new pairs of words."""
    chance = random.Random(2)  # noqa: S311 (a sample, no secret)
    words = [word for text in texts for paragraph in text.paragraphs[:1] for word in paragraph.split()[:20]]
    for number in count():
        for text in texts:
            yield text if not number else _varied(text, number, words, chance)


def _varied(text: Text, number: int, words: Sequence[str], chance: random.Random) -> Text:
    paragraphs = [paragraph.split() for paragraph in text.paragraphs]
    for paragraph in paragraphs:
        for place in range(number % CHANGED, len(paragraph), CHANGED):
            paragraph[place] = chance.choice(words)
    return Text(f"{text.id}-{number}", text.title, tuple(map(" ".join, paragraphs)))


def _rebuilt() -> Rebuild:
    """Raises CalledProcessError when the command fails."""
    command = [sys.executable, str(standalone.ROOT / "bench" / "peak_memory.py"), "search_rebuild"]
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout)  # noqa: S603
    peak = found.pop("peak_megabytes")
    return Rebuild(rebuild.pages_to_read(), Cost(**found), peak)


def _stock_rate() -> float:
    """Pages a second."""
    index_bodies()
    return rebuild.pages_to_read() / cost(update_index).seconds


def _engine_rate() -> float:
    """Documents a second, from Python objects to an index that can be searched."""
    ids = Page.objects.filter(live=True).order_by("pk").values_list("pk", flat=True)[:PREPARED]
    documents = [document for some in chunks(ids, rebuild.BATCH) for document in pages.documents(some).made.values()]
    changes = [Change(document.id, 1, document) for document in documents]
    return len(changes) / cost(partial(_index, changes)).seconds


def _index(changes: Sequence[Change]) -> None:
    with TantivyEngine(standalone.DATA_DIR / "another-index").build() as builder:
        for some in chunks(changes, rebuild.BATCH):
            if failed := builder.put(some):
                raise RuntimeError(f"documents that could not be indexed: {failed}")
        builder.swap()


if __name__ == "__main__":
    sys.exit(main())
