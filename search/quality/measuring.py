"""How well an engine answers judged questions, read by the production path: MRR@10, recall@10, latency."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from statistics import fmean, quantiles
from time import perf_counter
from typing import Any

from django.utils import timezone

from search.documents import Card, SearchDocument
from search.engines.base import Change, Engine, Exclusion, Request
from search.quality import sets
from search.quality.sets import BadSet, JudgedQuery
from search.understanding.abbreviations import shipped
from search.understanding.reading import Knowledge, Understood
from search.understanding.spelling import Speller
from search.understanding.thesaurus import Thesaurus
from search.understanding.understand import understand
from search.understanding.vocabulary import count_words

DEPTH = 10  # results that count
_BATCH = 500
_WARM_UP = 20  # questions asked before the clock counts

Progress = Callable[[int], object]


@dataclass(frozen=True)
class Score:
    """`rewritten` is the part of the questions that were answered as others than were typed."""

    mrr: float
    recall: float
    rewritten: float


@dataclass(frozen=True)
class Quality:
    """What was measured. Latencies are of understanding and engine together, over all variants, in milliseconds."""

    engine: str
    documents: int
    documents_per_s: float
    p50_ms: float
    p99_ms: float
    variants: Mapping[str, Score]

    def as_dict(self) -> dict[str, Any]:
        """For programs: without `rewritten`, which only the table tells."""
        scores = {name: {"mrr": score.mrr, "recall": score.recall} for name, score in self.variants.items()}
        return asdict(self) | {"variants": scores}


class Measuring:
    """A set's documents in an engine, and what its questions are understood by."""

    def __init__(self, folder: Path, engine: Engine, progress: Progress = lambda count: None) -> None:
        self.queries = sets.queries(folder)
        self._engine = engine
        started = perf_counter()
        self._numbers = _fill(engine, sets.documents(folder), progress)
        self.documents_per_s = len(self._numbers) / (perf_counter() - started)
        for query in self.queries:
            if missing := query.relevant - self._numbers.keys():
                raise BadSet(f"{folder}: question {query.id} names document {min(missing)}, which is not there")
        self._knowledge = Knowledge(
            speller=Speller(count_words(engine.texts())),
            abbreviations=shipped(),
            synonyms=Thesaurus(),
            known_numbers=lambda serial: (),
            holds=lambda phrases: engine.holds(phrases, Exclusion()),
            now=timezone.localtime(),
        )

    def measure(self, steps: Collection[str], progress: Progress = lambda count: None) -> Quality:
        """Ask every variant of every question, reading it by these steps; `progress` is told of each question."""
        for query in islice(self.queries, _WARM_UP):
            self._ask(next(iter(query.variants.values())), steps)
        seconds: list[float] = []
        scores = {}
        for variant in self.queries[0].variants:
            answers = [self._answer(query, variant, steps, seconds, progress) for query in self.queries]
            scores[variant] = Score(*(fmean(column) for column in zip(*answers, strict=True)))
        cuts = quantiles(seconds, n=100) if len(seconds) > 1 else [*seconds] * 99
        return Quality(
            engine=self._engine.name,
            documents=len(self._numbers),
            documents_per_s=self.documents_per_s,
            p50_ms=cuts[49] * 1000,
            p99_ms=cuts[98] * 1000,
            variants=scores,
        )

    def _answer(
        self, query: JudgedQuery, variant: str, steps: Collection[str], seconds: list[float], progress: Progress
    ) -> tuple[float, float, float]:
        """1/rank of the first right answer, the part of the right ones found, whether the question was rewritten."""
        started = perf_counter()
        understood, found = self._ask(query.variants[variant], steps)
        seconds.append(perf_counter() - started)
        progress(1)
        right = {self._numbers[name] for name in query.relevant}
        ranks = [rank for rank, page_id in enumerate(found, 1) if page_id in right]
        return 1 / ranks[0] if ranks else 0.0, len(ranks) / len(right), float(bool(understood.showing_results_for))

    def _ask(self, text: str, steps: Collection[str]) -> tuple[Understood, list[int]]:
        understood = understand(text, self._knowledge, steps)
        request = Request(
            tokens=understood.tokens,
            alternatives=understood.alternatives,
            preferences=understood.preferences,
            phrases=understood.phrases,
            without=understood.without,
            size=DEPTH,
        )
        return understood, [found.id for found in self._engine.search(request).found]


def _fill(engine: Engine, documents: Iterable[sets.Document], progress: Progress) -> dict[str, int]:
    """Index the documents through the production mapping and views; their numbers by their ids."""
    numbers: dict[str, int] = {}
    with engine.build() as builder:
        for changes in _batches(_changes(documents, numbers)):
            if failed := builder.put(changes):
                raise BadSet(f"document {min(failed)} cannot be indexed: {failed[min(failed)]}")
            progress(len(changes))
        builder.swap()
    return numbers


def _changes(documents: Iterable[sets.Document], numbers: dict[str, int]) -> Iterator[Change]:
    for number, document in enumerate(documents, 1):
        numbers[document.id] = number
        page = SearchDocument(
            id=number,
            type="article",
            language="vi",
            path="0001",
            title=document.title,
            body=document.text,
            card=Card(url="/"),
        )
        yield Change(number, 1, page)


def _batches(changes: Iterator[Change]) -> Iterator[list[Change]]:
    while batch := list(islice(changes, _BATCH)):
        yield batch
