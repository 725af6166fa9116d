"""A way to search, tried with many questions: what each took, and how good the answers were."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus import Question
from figures import percentile
from progress import bar
from stock import TooSlow
from ways import Way

WARM_UP = 20  # questions asked before the clock counts
FIRST = 10  # results that count for the quality


@dataclass
class Run:
    """What each question took, in milliseconds, and 1 / rank of its first right answer (0 past FIRST).

    `processor` is the time that this process worked, on all threads: what is left of the machine's other business.
    Questions that were broken off (`endless`) count with the time they were given.
    """

    name: str
    milliseconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    reciprocal_ranks: list[float] = field(default_factory=list)
    endless: int = 0

    @property
    def p50(self) -> float:
        return percentile(self.milliseconds, 0.5)

    @property
    def p99(self) -> float:
        return percentile(self.milliseconds, 0.99)

    @property
    def mrr(self) -> float:
        """MRR@10, of the questions that were answered."""
        return sum(self.reciprocal_ranks) / len(self.reciprocal_ranks)

    def times(self, other: "Run") -> float:
        """How many times as long as `other` this took, over the questions that both were asked."""
        common = min(len(self.milliseconds), len(other.milliseconds))
        return sum(self.milliseconds[:common]) / sum(other.milliseconds[:common])


def run(way: Way, questions: Sequence[Question], budget: float | None = None) -> Run:
    """Ask every question once, or those for which there is time in `budget` seconds; one at least."""
    made, deadline = Run(way.name), time.monotonic() + (budget or 0)
    for question in questions[: 0 if budget else WARM_UP]:
        way.ask(question.text)
    with bar(way.name, len(questions)) as step:
        for question in questions:
            _ask(way, question, made)
            step(1)
            if budget and time.monotonic() > deadline:
                break
    return made


def take_turns(ways: Sequence[Way], questions: Sequence[Question]) -> list[Run]:
    """Ask every question once by each way before the next one, and let another way begin each time."""
    made = [Run(way.name) for way in ways]
    for way in ways:
        for question in questions[:WARM_UP]:
            way.ask(question.text)
    with bar("Questions", len(questions)) as step:
        for number, question in enumerate(questions):
            for turn in range(len(ways)):
                place = (number + turn) % len(ways)
                _ask(ways[place], question, made[place])
            step(1)
    return made


def _ask(way: Way, question: Question, made: Run) -> None:
    start, processor = time.perf_counter(), time.process_time()
    try:
        answer = way.ask(question.text)
    except TooSlow:
        answer = None
    made.milliseconds.append((time.perf_counter() - start) * 1000)
    made.processor.append((time.process_time() - processor) * 1000)
    if answer is None:
        made.endless += 1
    else:
        made.reciprocal_ranks.append(_reciprocal_rank(way.slugs(answer)[:FIRST], question.relevant))


def _reciprocal_rank(slugs: Sequence[str], relevant: frozenset[str]) -> float:
    return next((1 / rank for rank, slug in enumerate(slugs, 1) if slug in relevant), 0.0)
