"""The search worker: what it brings, when it pauses, how it stops."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from django.db import OperationalError

from cms.news.models import ArticlePage
from search import sync, worker
from search.engines.base import Engine
from search.models import OutboxEntry


class Stop(Event):
    """Set after some pauses, whose lengths it keeps."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.pauses: list[float] = []
        self.after = after

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout or 0.0)
        if len(self.pauses) == self.after:
            self.set()
        return self.is_set()


def test_it_brings_everything_that_waits_and_pauses_only_when_nothing_is_left(
    make_article: Callable[..., ArticlePage], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "BATCH", 2)
    for _ in range(5):
        make_article()
    worker.run(stop := Stop(after=1))
    assert OutboxEntry.objects.pending().count() == 0
    assert stop.pauses == [worker.POLL]


def test_it_pauses_longer_and_longer_while_the_engine_is_away_and_says_so_once(
    make_article: Callable[..., ArticlePage], caplog: pytest.LogCaptureFixture
) -> None:
    make_article()
    worker.run(stop := Stop(after=7))
    assert stop.pauses == [1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0]
    assert [record.message for record in caplog.records if record.name == "search.worker"] == [
        "The index cannot follow: there is no index yet: run search_rebuild"
    ]


def test_it_survives_a_database_that_goes_away(
    make_article: Callable[..., ArticlePage], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article()
    answers: list[Any] = [OperationalError("server closed the connection"), None]
    drain = sync.drain

    def flaky(limit: int) -> sync.DrainReport:
        if error := answers.pop(0):
            raise error
        return drain(limit)

    monkeypatch.setattr(sync, "drain", flaky)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)  # the test's transaction is on it
    worker.run(stop := Stop(after=2))
    assert stop.pauses == [1.0, worker.POLL]
    assert OutboxEntry.objects.pending().count() == 0


def test_it_stops_while_it_pauses(db: None) -> None:
    stop = Event()
    thread = Thread(target=worker.run, args=(stop,))
    stop.set()
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
