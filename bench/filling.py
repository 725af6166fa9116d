"""Prepared documents put into an empty index, as a rebuild does it, and as it could be done at best."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import standalone
from django.conf import settings
from figures import cost
from progress import bar
from wagtail.models import Page

from search import pages
from search.chunks import chunks
from search.engines.base import Change, Engine
from search.engines.tantivy import TantivyEngine
from search.rebuild import BATCH

PREPARED = 10_000  # documents, held in memory
ROUNDS = 3


@dataclass(frozen=True)
class Rates:
    """Documents a second: through the engine's builder and, where the engine is a server, by bare bulk requests."""

    builder: float
    bare: float | None = None


def prepared() -> list[Change]:
    """Documents of the first live pages, as a rebuild hands them to the engine."""
    ids = Page.objects.filter(live=True).order_by("pk").values_list("pk", flat=True)[:PREPARED]
    return [
        Change(document.id, 1, document)
        for some in chunks(ids, BATCH)
        for document in pages.documents(some).made.values()
    ]


def rates(engine: str, changes: Sequence[Change]) -> Rates:
    """In rounds, taking turns, so that the machine's other business meets both."""
    fill = _elasticsearch if engine == "elasticsearch" else _tantivy
    seconds: list[tuple[float, ...]] = []
    with bar("Prepared documents", ROUNDS) as step:
        for _ in range(ROUNDS):
            seconds.append(fill(changes))
            step(1)
    return Rates(*(ROUNDS * len(changes) / sum(those) for those in zip(*seconds, strict=True)))


def _tantivy(changes: Sequence[Change]) -> tuple[float, ...]:
    return (_by_builder(TantivyEngine(standalone.DATA_DIR / "another-index"), changes),)


def _elasticsearch(changes: Sequence[Change]) -> tuple[float, ...]:
    import bare

    from search.engines.elasticsearch import ElasticsearchEngine, Options

    options = Options(**settings.ELASTICSEARCH)
    another = replace(options, alias=f"{options.alias}-another")
    return _by_builder(ElasticsearchEngine(another), changes), bare.bulk_cost(another, changes).seconds


def _by_builder(engine: Engine, changes: Sequence[Change]) -> float:
    """Seconds, from Python objects to an index that can be searched."""
    return cost(partial(build, engine, chunks(changes, BATCH))).seconds


def build(engine: Engine, batches: Iterable[Sequence[Change]], step: Callable[[int], object] = lambda _: None) -> None:
    """Fill a new index and use it. Raises RuntimeError when a document is refused."""
    with engine.build() as builder:
        for some in batches:
            if failed := builder.put(some):
                raise RuntimeError(f"documents that could not be indexed: {failed}")
            step(len(some))
        builder.swap()
