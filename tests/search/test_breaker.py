"""The circuit breaker: when it opens, whom it spares, how it closes."""

from collections.abc import Iterator
from contextlib import suppress
from threading import Event

import pytest

from search.engines.base import EngineUnavailable
from search.engines.breaker import FAILURES, CircuitBreaker


class Engine:
    """Fails while `down`; says when it was probed."""

    def __init__(self) -> None:
        self.down = True
        self.calls = 0
        self.probed = Event()

    def call(self) -> None:
        self.calls += 1
        self.probed.set()
        if self.down:
            raise EngineUnavailable("down")


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def breaker(engine: Engine) -> Iterator[CircuitBreaker]:
    breaker = CircuitBreaker(engine.call, probe_every=0.01)
    yield breaker
    engine.down = False
    assert closes(breaker)


def closes(breaker: CircuitBreaker) -> bool:
    return breaker.closed.wait(10)


def ask(breaker: CircuitBreaker, engine: Engine, times: int = 1) -> None:
    for _ in range(times):
        with suppress(EngineUnavailable), breaker.guard():
            engine.call()


def test_it_opens_after_five_failures_in_a_row_and_not_before(breaker: CircuitBreaker, engine: Engine) -> None:
    ask(breaker, engine, FAILURES - 1)
    assert breaker.closed.is_set()
    ask(breaker, engine)
    assert not breaker.closed.is_set()


def test_an_answer_between_failures_starts_the_count_again(breaker: CircuitBreaker, engine: Engine) -> None:
    for _ in range(3):
        engine.down = True
        ask(breaker, engine, FAILURES - 1)
        engine.down = False
        ask(breaker, engine)
    assert breaker.closed.is_set()


def test_open_it_fails_at_once_without_asking(engine: Engine) -> None:
    breaker = CircuitBreaker(engine.call, probe_every=3600)
    ask(breaker, engine, FAILURES)
    asked = engine.calls
    with pytest.raises(EngineUnavailable, match="again and again"), breaker.guard():
        engine.call()
    assert engine.calls == asked


def test_it_closes_by_itself_when_a_probe_is_answered(breaker: CircuitBreaker, engine: Engine) -> None:
    ask(breaker, engine, FAILURES)
    engine.probed.clear()
    assert engine.probed.wait(10)
    assert not breaker.closed.is_set()
    engine.down = False
    assert closes(breaker)
    with breaker.guard():
        pass


def test_other_errors_are_not_the_engines(breaker: CircuitBreaker, engine: Engine) -> None:
    for _ in range(FAILURES):
        with pytest.raises(ZeroDivisionError), breaker.guard():
            _ = 1 / 0
    assert breaker.closed.is_set()


def test_a_probe_that_breaks_in_another_way_does_not_end_the_watch(engine: Engine) -> None:
    answers = iter([ZeroDivisionError(), EngineUnavailable("down")])

    def probe() -> None:
        if error := next(answers, None):
            raise error

    breaker = CircuitBreaker(probe, probe_every=0.01)
    ask(breaker, engine, FAILURES)
    assert closes(breaker)
