"""What watches over an installation: /livez, /readyz and /metrics."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from home import health
from home.serving import leaving
from search.engines import get_engine
from search.engines.base import Engine, EngineUnavailable
from search.models import OutboxEntry
from search.queries import SearchQuery
from search.service import search

TOKEN = "mot-chuoi-kho-doan"


@pytest.fixture
def checks_here(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """/readyz asks in threads of its own, which do not see a test's transaction: here it asks at once."""
    monkeypatch.setattr(health, "_threads", AtOnce())
    monkeypatch.setattr(health, "wait", lambda *args, **kwargs: None)
    monkeypatch.setattr(connection, "close", lambda: None)


class AtOnce:
    """An executor without threads."""

    def submit(self, check: Callable[[], str]) -> "Done":
        return Done(check())


class Done:
    def __init__(self, value: str) -> None:
        self.value = value

    def cancel(self) -> bool:
        return False

    running = cancel

    def result(self) -> str:
        return self.value


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch, db: None, engine: Engine) -> None:
    """The engine does not answer."""

    def fail(*args: object) -> None:
        raise EngineUnavailable("away")

    monkeypatch.setattr(type(engine), "search", fail)
    monkeypatch.setattr(get_engine(), "health", lambda: replace(type(engine).health(engine), available=False))


@pytest.fixture
def scrape(client: Client, settings: Settings) -> Callable[[], dict[str, float]]:
    """What Prometheus reads, by name."""
    settings.METRICS_TOKEN = TOKEN

    def scrape() -> dict[str, float]:
        response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert response.status_code == 200
        lines = [line for line in response.content.decode().splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (line.split() for line in lines)}

    return scrape


def test_a_living_process_says_so_and_touches_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/livez")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("checks_here")
def test_with_database_and_engine_readers_may_come(client: Client, engine: Engine) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "checks": {"database": "ok", "search": "ok"}}


@pytest.mark.usefixtures("checks_here", "away")
def test_an_engine_in_trouble_is_reported_and_readers_may_come(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["checks"]["search"].startswith("degraded")


@pytest.mark.usefixtures("checks_here")
def test_a_database_that_cannot_be_asked_keeps_readers_away_and_tells_them_no_address(
    client: Client, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OperationalError("no route to db.example.vn")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", fail)
        response = client.get("/readyz")
    assert (response.status_code, response.json()["checks"]["database"]) == (503, "cannot be asked")
    assert b"db.example.vn" not in response.content


@pytest.mark.usefixtures("checks_here")
def test_missing_migrations_keep_readers_away(client: Client, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    health._migrated.clear()
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *args: ["search 0002"])
    response = client.get("/readyz")
    assert (response.status_code, "migrate" in response.json()["checks"]["database"]) == (503, True)


def test_a_check_that_hangs_is_not_waited_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Event()
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    monkeypatch.setattr(health, "_database", lambda: str(answer.wait(10)))
    monkeypatch.setattr(health, "_search", lambda: "ok")
    response = client.get("/readyz")
    answer.set()
    assert (response.status_code, response.json()["checks"]["database"]) == (503, "does not answer")


def test_a_server_that_is_about_to_stop_sends_readers_elsewhere(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "_flag", bytearray(1))
    leaving.begin()
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (503, "leaving")
    assert client.get("/livez").status_code == 200


def test_watchers_come_by_any_name_without_https(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["portal.example.vn"], True
    assert client.get("/livez", headers={"Host": "10.1.2.3"}).status_code == 200


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics"])
def test_watchers_only_look(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_without_a_token_there_are_no_metrics_for_anybody(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("given", [None, "Bearer sai", f"Basic {TOKEN}", "Bearer trường"])
def test_a_wrong_token_is_refused(client: Client, settings: Settings, given: str | None) -> None:
    settings.METRICS_TOKEN = TOKEN
    response = client.get("/metrics", headers={"Authorization": given} if given else {})
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_metrics_tell_of_queue_dead_letters_and_index(
    scrape: Callable[[], dict[str, float]],
    make_article: Callable[..., object],
    engine: Engine,
    drain: Callable[[], None],
) -> None:
    make_article(title="Một")
    drain()
    indexed = scrape()["trang_search_index_documents"]
    assert indexed >= 1
    make_article(title="Hai")
    waiting = OutboxEntry.objects.pending().order_by("-pk")
    queued = waiting.count()
    OutboxEntry.objects.filter(pk=waiting[0].pk).update(dead=True)
    seen = scrape()
    assert (seen["trang_search_queue"], seen["trang_search_dead_letters"]) == (queued, 1)
    assert (seen["trang_search_available"], seen["trang_search_index_documents"]) == (1, indexed)
    assert seen["trang_search_oldest_change_seconds"] > 0


@pytest.mark.usefixtures("away")
def test_degraded_answers_are_counted_and_an_unknown_number_is_left_out(scrape: Callable[[], dict[str, float]]) -> None:
    before = scrape()
    assert search(SearchQuery("chim")).degraded
    seen = scrape()
    assert seen["trang_search_degraded_answers_total"] == before["trang_search_degraded_answers_total"] + 1
    assert seen["trang_search_available"] == 0
    assert "trang_search_index_documents" not in seen


@pytest.fixture
def no_cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fail(*args: object, **kwargs: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "incr", fail)
    yield


@pytest.mark.usefixtures("away", "no_cache")
def test_a_reader_is_answered_though_it_cannot_be_counted() -> None:
    assert search(SearchQuery("chim")).degraded
