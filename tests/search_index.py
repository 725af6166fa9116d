"""A pytest plugin: every test has an index of its own; those that ask for `engine` find it there, and empty."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from pytest_django import Settings

from search import engines, sync
from search.engines import get_engine
from search.engines.base import Change, Engine
from search.engines.elasticsearch import ElasticsearchEngine

ELASTICSEARCH_URL = os.environ.get("TEST_ELASTICSEARCH_URL", "")


@pytest.fixture(autouse=True)
def search_dir(settings: Settings, tmp_path: Path) -> Path:
    """Where this test's index is, if it makes one; without one the outbox just fills."""
    settings.SEARCH_DIR = tmp_path / "search"
    return settings.SEARCH_DIR


@pytest.fixture(autouse=True)
def search_alias(settings: Settings) -> Iterator[str]:
    """What this test's index is called on Elasticsearch; it goes away with the test."""
    alias = f"test-{uuid4().hex}"
    settings.ELASTICSEARCH = settings.ELASTICSEARCH | {"alias": alias, "refresh_interval": "-1"}
    if ELASTICSEARCH_URL:
        settings.ELASTICSEARCH["urls"] = (ELASTICSEARCH_URL,)
    yield alias
    if settings.SEARCH_ENGINE == "elasticsearch" and ELASTICSEARCH_URL:
        _drop(alias)
        engines._elasticsearch.cache_clear()  # and with the engine its connections


def _drop(alias: str) -> None:
    with closing(Elasticsearch(ELASTICSEARCH_URL)) as client:
        for name in client.indices.get(index=f"{alias}-*"):
            client.indices.delete(index=name)


@pytest.fixture
def elasticsearch(
    settings: Settings, search_alias: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ElasticsearchEngine]:
    """Elasticsearch, in use in this test, with an empty live index that shows at once what is written into it."""
    if not ELASTICSEARCH_URL:
        pytest.skip("no Elasticsearch is running: make servers")
    settings.SEARCH_ENGINE = "elasticsearch"
    apply = ElasticsearchEngine.apply

    def apply_and_show(engine: ElasticsearchEngine, changes: Sequence[Change]) -> Mapping[int, str]:
        failed = apply(engine, changes)
        engine._client.indices.refresh(index=engine._indices.alias)
        return failed

    monkeypatch.setattr(ElasticsearchEngine, "apply", apply_and_show)
    return _emptied(get_engine())


@pytest.fixture
def engine(settings: Settings, search_dir: Path, request: pytest.FixtureRequest) -> Engine:
    """The engine of this run, with an empty live index."""
    if settings.SEARCH_ENGINE == "elasticsearch":
        return request.getfixturevalue("elasticsearch")
    return _emptied(get_engine())


def _emptied(engine: Engine) -> Engine:
    with engine.build() as builder:
        builder.swap()
    return engine


@pytest.fixture
def drain(engine: Engine) -> Callable[[], sync.DrainReport]:
    """Brings every waiting page into the index, as a commit or a worker does: a test's transaction never commits."""
    return sync.drain
