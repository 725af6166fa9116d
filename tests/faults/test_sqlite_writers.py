"""The embedded set-up with several processes that write: SQLite in one file, Tantivy in one folder."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles

import pytest

from search import sync
from tests.faults.harness import content, edits
from tests.faults.harness.actors import Actor
from tests.faults.harness.figures import Figures
from tests.faults.harness.processes import Process
from tests.faults.harness.sizes import size

WRITERS = 4
WRITES = size(60, 500)  # of each writer
PAGES = size(30, 100)  # of each writer: one that is deleted is not edited again
PENDING = "FROM search_outboxentry WHERE version > synced_version"
SECONDS = size(120, 900)  # for all of it

pytestmark = pytest.mark.embedded


@pytest.fixture
def embedded(db: None, empty_database: Path, environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of an installation that needs no server: database, index and logs in one folder.

    `db`, because the database to copy is made only where a test asks for it.
    """
    shutil.copy(empty_database, tmp_path / "trang.sqlite3")
    return environment | {"DATABASE_URL": "", "SEARCH_ENGINE": "tantivy", "DATA_DIR": str(tmp_path)}


@pytest.fixture
def manage(embedded: dict[str, str], tmp_path: Path) -> Callable[[str], str]:
    """What `manage.py …` prints, when it ends well."""

    def manage(command: str) -> str:
        return Process([sys.executable, "manage.py", command], embedded, tmp_path / f"{command}.log").finish()

    return manage


@pytest.fixture
def writers(embedded: dict[str, str], tmp_path: Path) -> Iterator[list[Actor]]:
    actors = [Actor(embedded, tmp_path / f"writer-{number}.log") for number in range(WRITERS)]
    yield actors
    for actor in actors:
        actor.process.kill_9()


def test_four_processes_write_and_never_find_the_database_locked(
    manage: Callable[[str], str], writers: list[Actor], tmp_path: Path, figures: Figures
) -> None:
    ids = writers[0].call(content.fill, WRITERS * PAGES)
    manage("search_rebuild")
    for number, writer in enumerate(writers):
        writer.begin(edits.work, ids[number::WRITERS], seed=number, count=WRITES)
    seconds = [made.seconds for writer in writers for made in writer.result(SECONDS)]
    figures("writes", len(seconds), at_least=WRITERS * WRITES)
    figures("median write", median(seconds), "s")
    figures("99 of 100 writes are quicker than", quantiles(seconds, n=100)[-1], "s")
    figures("slowest write", max(seconds), "s", at_most=20)  # after which SQLite gives up
    figures("pages left to the timer", _value(tmp_path, f"SELECT count(*) {PENDING}"))
    assert _value(tmp_path, "PRAGMA journal_mode") == "wal"
    assert writers[0].call(sync.drain).problem == ""
    report = manage("search_check")
    assert "waiting: 0" in report, report
    for writer in writers:
        assert writer.process.output() == ""  # no lock, no failed drain, no traceback


def _value(folder: Path, query: str) -> object:
    with closing(sqlite3.connect(folder / "trang.sqlite3")) as database:
        return database.execute(query).fetchone()[0]
