"""`kill -9`, at any moment, of Elasticsearch, of a rebuild, of search workers: nothing is lost, nothing left behind."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.harness import content, edits, reading
from tests.faults.harness.comparing import assert_index_equals_database
from tests.faults.harness.elasticsearch import OwnElasticsearch
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation
from tests.faults.harness.processes import Process
from tests.faults.harness.sizes import size
from tests.faults.harness.waiting import wait_until

ARTICLES = size(500, 10_000)
SERVER_KILLS, REBUILD_KILLS, WORKER_KILLS = size((2, 2, 2), (10, 10, 20))
DRAINED, LEASES_BACK = 120, 60  # seconds

CHANCE = random.Random(1)


@pytest.fixture
def site_of_its_own(
    database: str, own_elasticsearch: OwnElasticsearch, environment: dict[str, str], tmp_path: Path
) -> Iterator[Installation]:
    """An installation on an Elasticsearch that may be killed."""
    installation = Installation(database, own_elasticsearch.url, tmp_path / "data", environment)
    yield installation
    installation.close()


@pytest.fixture
def site(installation: Installation) -> Installation:
    """An installation with articles and an index."""
    installation.actor().call(content.fill, ARTICLES)
    installation.manage("search_rebuild")
    return installation


def test_a_killed_elasticsearch_loses_nothing_of_an_import(
    site_of_its_own: Installation, own_elasticsearch: OwnElasticsearch, tmp_path: Path, figures: Figures
) -> None:
    site, part = site_of_its_own, ARTICLES // SERVER_KILLS
    hand = site.actor()
    section = hand.call(content.section, "Tin tức")
    site.manage("search_rebuild")
    site.worker()
    site.worker()
    for kill in range(SERVER_KILLS):
        folder = hand.call(content.old_portal, tmp_path / f"old-{kill}", kill * part, part)
        importing = site.start("import_articles", str(folder), "--into", section, "--no-progress")
        _wait_for_articles(site, kill * part + CHANCE.randrange(part))
        own_elasticsearch.kill_9()
        own_elasticsearch.start()
        importing.finish(seconds=600)
    started = time.monotonic()
    own_elasticsearch.kill_9()  # and once more at the end, whatever the workers still had to do
    own_elasticsearch.start()
    site.wait_until_drained(DRAINED)
    figures("drained after the last start", time.monotonic() - started, "s", at_most=DRAINED)
    figures("pages, all as in the database", assert_index_equals_database(site), at_least=ARTICLES + 1)


def _wait_for_articles(site: Installation, count: int) -> None:
    wait_until(lambda: len(site.article_ids()) > count, DRAINED, f"more than {count} articles", every=0.01)


def test_a_killed_rebuild_leaves_the_alias_whole_and_no_index_behind(site: Installation, figures: Figures) -> None:
    site.worker()
    editor, reader, ids = site.actor(), site.actor(), site.article_ids()
    duration = _seconds_of_building(site)
    figures("building without a kill", duration, "s")
    left_over = 0
    for kill in range(REBUILD_KILLS):
        rebuild = _rebuild_begun(site)
        editor.begin(edits.work, ids, seed=kill, count=5)
        time.sleep(CHANCE.uniform(0, duration) if kill else 0)  # one at least is killed in the midst of it
        rebuild.kill_9()
        left_over += len(site.indices()) - 1
        editor.result()
        answer = reader.call(reading.ask)
        assert site.live_index() in site.indices() and answer.hits and not answer.degraded
    figures("indices left by killed rebuilds", left_over, at_least=1)
    site.manage("search_rebuild")
    assert site.indices() == [site.live_index()]
    site.wait_until_drained(DRAINED)
    figures("pages, all as in the database", assert_index_equals_database(site))


def _rebuild_begun(site: Installation) -> Process:
    """A rebuild whose new index is there."""
    known = set(site.indices())
    rebuild = site.start("search_rebuild")
    wait_until(lambda: set(site.indices()) - known, 60, "a new index", every=0.01)
    return rebuild


def _seconds_of_building(site: Installation) -> float:
    """From the moment at which a rebuild's new index is there to the one at which it is in use."""
    before = site.live_index()
    rebuild = _rebuild_begun(site)
    started = time.monotonic()
    wait_until(lambda: site.live_index() != before, 120, "the new index in use", every=0.01)
    seconds = time.monotonic() - started
    rebuild.finish()
    return seconds


def test_killed_workers_lose_nothing_and_their_leases_come_back(site: Installation, figures: Figures) -> None:
    editor, ids = site.actor(), site.article_ids()
    killed_with_leases = 0
    worker = site.worker()
    for kill in range(WORKER_KILLS):
        editor.call(edits.work, ids, seed=kill, count=5)
        editor.call(content.touch, ids)
        wait_until(lambda: _leased(site), 30, "a lease", every=0.005)
        time.sleep(CHANCE.uniform(0, 0.1))
        worker.kill_9()
        killed_with_leases += bool(_leased(site))
        killed = time.monotonic()
        worker = site.worker()
    figures("workers killed with leases", killed_with_leases, at_least=1)
    site.wait_until_drained(DRAINED)
    figures("everything is back and done after", time.monotonic() - killed, "s", at_most=LEASES_BACK)
    figures("pages, all as in the database", assert_index_equals_database(site))


def _leased(site: Installation) -> int:
    [(count,)] = site.sql(
        "SELECT count(*) FROM search_outboxentry WHERE version > synced_version AND leased_until > now()"
    )
    return count
