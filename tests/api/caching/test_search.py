"""Answers of the search: kept while the index says what the database says, and asked for anew after any change."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from search import freshness, lexicon, rebuild, stamps
from search.engines import get_engine
from search.engines.elasticsearch.engine import seconds
from search.models import OutboxEntry, Synonym, VersionStamp

SEARCH = "/api/v1/search/?q=hoi+nghi&facets=type"
SUGGEST = "/api/v1/search/suggest/?q=hoi"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shown_at_once(engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elasticsearch is told to show at once what the tests write."""
    monkeypatch.setattr(type(engine), "shows_after", 0.0, raising=False)
    monkeypatch.setattr(engine, "shows_after", 0.0, raising=False)


@pytest.fixture
def found(make_article, drain):
    article = make_article(title="Hội nghị tổng kết")
    drain()
    return article


def is_good(client: Client, address: str, tag: str) -> bool:
    return client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("address", [SEARCH, SUGGEST])
def test_a_search_that_would_find_the_same_is_not_answered_again(client: Client, found, address: str) -> None:
    tag = client.get(address)["ETag"]
    assert is_good(client, address, tag)


@pytest.mark.parametrize("address", [SEARCH, SUGGEST])
def test_a_changed_page_is_seen_before_and_after_the_index_has_it(client: Client, found, drain, address: str) -> None:
    tag = client.get(address)["ETag"]
    found.title = "Hội nghị sơ kết"
    found.save()
    between = client.get(address, headers={"If-None-Match": tag})
    assert between.status_code == 200
    assert between["Cache-Control"] == "no-store"
    assert not between.has_header("ETag")
    drain()
    after = client.get(address, headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert "sơ kết" in after.content.decode()
    assert is_good(client, address, after["ETag"])


def test_a_page_that_is_hidden_is_gone_at_once(client: Client, found) -> None:
    tag = client.get(SEARCH)["ETag"]
    found.unpublish()
    answer = client.get(SEARCH, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.json()["total"] == 0


CHANGES: dict[str, Callable[[], object]] = {
    "a synonym": lambda: Synonym.objects.create(words="hội nghị", meaning="tọa đàm"),
    "a synonym taken back": lambda: Synonym.objects.all().delete(),
    "another index": rebuild.rebuild,
    "another vocabulary": lambda: (lexicon.make(), lexicon.refresh()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_else_an_answer_comes_from_is_stamped(client: Client, found, change) -> None:
    Synonym.objects.create(words="hội thảo", meaning="tọa đàm")
    tag = client.get(SEARCH)["ETag"]
    change()
    assert not is_good(client, SEARCH, tag)


def test_tomorrow_other_pages_are_recent(found, monkeypatch) -> None:
    today = freshness.state()
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(freshness.timezone, "localdate", lambda: tomorrow)
    assert freshness.state() != today


def test_a_page_that_was_given_up_does_not_keep_answers_from_being_kept(client: Client, found) -> None:
    found.save()
    assert freshness.state() is None
    OutboxEntry.objects.filter(pk=found.pk).update(dead=True)
    assert freshness.state() is not None


def test_degraded_answers_are_not_kept(client: Client, make_article, search_dir, monkeypatch) -> None:
    make_article(title="Hội nghị")
    OutboxEntry.objects.update(dead=True)
    from search.engines.base import EngineUnavailable

    def gone(*_: object) -> None:
        raise EngineUnavailable("away")

    monkeypatch.setattr(type(get_engine()), "search", gone)
    monkeypatch.setattr(type(get_engine()), "suggest", gone)
    monkeypatch.setattr(type(get_engine()), "holds", gone)
    for address in (SEARCH, SUGGEST):
        response = client.get(address)
        assert response["Cache-Control"] == "no-store"
        assert not response.has_header("ETag")


def test_what_an_engine_does_not_show_yet_is_not_vouched_for(found, monkeypatch) -> None:
    engine = get_engine()
    monkeypatch.setattr(type(engine), "shows_after", 1.0, raising=False)
    monkeypatch.setattr(engine, "shows_after", 1.0, raising=False)
    assert freshness.state() is None
    VersionStamp.objects.filter(name=stamps.INDEX).update(changed_at=timezone.now() - timedelta(seconds=10))
    assert freshness.state() is not None
    monkeypatch.setattr(type(engine), "shows_after", None, raising=False)
    monkeypatch.setattr(engine, "shows_after", None, raising=False)
    assert freshness.state() is None


@pytest.mark.parametrize(
    ("interval", "expected"), [("1s", 1.0), ("500ms", 0.5), ("2m", 120.0), ("-1", None), ("", None), ("1h", None)]
)
def test_intervals_are_read_as_elasticsearch_writes_them(interval: str, expected: float | None) -> None:
    assert seconds(interval) == expected
