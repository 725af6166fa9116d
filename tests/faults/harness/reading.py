"""Readers' searches in an actor, timed."""

import time
from dataclasses import dataclass
from pathlib import Path

from search.queries import SearchQuery
from search.service import search
from tests.faults.harness.content import EVERYWHERE

FACETS = ("type", "section", "year")


@dataclass(frozen=True)
class Answered:
    """What a reader got, and how long it took."""

    seconds: float
    total: int
    hits: tuple[int, ...]
    degraded: bool


def ask(text: str = EVERYWHERE, size: int = 10) -> Answered:
    started = time.perf_counter()
    results = search(SearchQuery(text, facets=FACETS, page_size=size))
    seconds = time.perf_counter() - started
    return Answered(seconds, results.total, tuple(hit.id for hit in results.hits), results.degraded)


def ask_until(until: Path, per_second: float, text: str = EVERYWHERE) -> list[Answered]:
    """So many searches a second, until the file `until` is there."""
    answers, started = [], time.monotonic()
    while not until.exists():
        time.sleep(max(0.0, started + len(answers) / per_second - time.monotonic()))
        answers.append(ask(text))
    return answers
