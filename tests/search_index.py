"""A pytest plugin: every test has a search folder of its own; those that ask for `engine` have an empty index in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from search import sync
from search.engines import get_engine
from search.engines.base import Engine


@pytest.fixture(autouse=True)
def search_dir(settings: Settings, tmp_path: Path) -> Path:
    """Where this test's index is, if it makes one; without one the outbox just fills."""
    settings.SEARCH_DIR = tmp_path / "search"
    return settings.SEARCH_DIR


@pytest.fixture
def engine(search_dir: Path) -> Engine:
    """The engine, with an empty live index."""
    with get_engine().build() as builder:
        builder.swap()
    return get_engine()


@pytest.fixture
def drain(engine: Engine) -> Callable[[], sync.DrainReport]:
    """Brings every waiting page into the index, as a commit does: a test's transaction never commits."""
    return sync.drain
