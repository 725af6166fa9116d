"""Elasticsearch away, hanging, slow or read-only: editors notice nothing, readers get answers, all heals by itself."""

import time
from collections.abc import Callable

import pytest

from home.serving.warming import warm_up
from tests.faults.harness import content, edits, reading
from tests.faults.harness.comparing import assert_index_equals_database
from tests.faults.harness.edits import Edit
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation
from tests.faults.harness.proxy import Proxy
from tests.faults.harness.sizes import size
from tests.faults.harness.waiting import wait_until

ARTICLES = size(500, 10_000)
EDITS = size(120, 500)
BLOCK = 10  # edits between two changes of the network: what else the machine does meets both sides
SLOWER = 1.2  # times the healthy median
FAILURES = 5  # after which the circuit breaker opens
ANSWERS = size(20, 100)
IN_TIME, AT_ONCE, CLOSED_AGAIN, DRAINED = 1.5, 0.3, 30, 120  # seconds


def _slow(proxy: Proxy) -> None:
    proxy.slow(3)


EVERY_FAULT = {"refusing": Proxy.refuse, "hanging": Proxy.hang, "slow": _slow}
faults = pytest.mark.parametrize("fault", EVERY_FAULT.values(), ids=EVERY_FAULT)


@pytest.fixture
def site(installation: Installation, proxy: Proxy) -> Installation:
    """An installation with articles and an index, whose processes reach Elasticsearch through the stand-in."""
    installation.environment["ELASTICSEARCH_URL"] = proxy.url
    installation.actor().call(content.fill, ARTICLES)
    installation.manage("search_rebuild")
    return installation


@pytest.mark.parametrize("fault", [Proxy.refuse, Proxy.hang], ids=["refusing", "hanging"])
def test_editors_save_as_quickly_as_ever(
    site: Installation, proxy: Proxy, fault: Callable[[Proxy], None], figures: Figures
) -> None:
    site.worker()
    editor, ids = site.actor(), site.article_ids()
    editor.call(edits.work, ids, seed=-1, count=BLOCK)  # to get warm
    healthy: list[Edit] = []
    faulty: list[Edit] = []
    for seed in range(EDITS // BLOCK):
        proxy.open()
        healthy += editor.call(edits.work, ids, seed=seed, count=BLOCK)
        fault(proxy)
        faulty += editor.call(edits.work, ids, seed=seed + 1_000, count=BLOCK)
    figures("edits, none of which failed", len(faulty), at_least=EDITS)
    for name, kinds in {"edit": (), "save": ("save",), "publication": ("publish",)}.items():
        usual, now = edits.median_seconds(healthy, *kinds), edits.median_seconds(faulty, *kinds)
        figures(f"median {name}, healthy", usual, "s")
        figures(f"median {name}, faulty", now, "s")
        figures(f"median {name}, faulty : healthy", now / usual, at_most=SLOWER)
    proxy.open()
    figures("drained after", site.wait_until_drained(DRAINED), "s", at_most=DRAINED)
    figures("pages, all as in the database", assert_index_equals_database(site))


@faults
def test_readers_are_answered_in_time_then_at_once_and_by_the_index_again(
    site: Installation, proxy: Proxy, fault: Callable[[Proxy], None], figures: Figures
) -> None:
    reader, new_process = site.actor(), site.actor()
    for process in (reader, new_process):
        process.call(warm_up)  # as a server does before it takes requests
    assert not reader.call(reading.ask).degraded
    fault(proxy)
    until_it_opens = [reader.call(reading.ask) for _ in range(FAILURES)]
    when_open = [reader.call(reading.ask) for _ in range(ANSWERS)]
    first = new_process.call(reading.ask)
    assert all(answer.degraded and answer.hits for answer in [*until_it_opens, *when_open, first])
    figures("slowest of the first five answers", max(a.seconds for a in until_it_opens), "s", at_most=IN_TIME)
    figures("slowest answer after them", max(a.seconds for a in when_open), "s", at_most=AT_ONCE)
    figures("first answer of a new process", first.seconds, "s", at_most=IN_TIME)
    proxy.open()
    opened = time.monotonic()
    wait_until(lambda: not reader.call(reading.ask).degraded, CLOSED_AGAIN, "the index answers")
    figures("answered by the index again after", time.monotonic() - opened, "s", at_most=CLOSED_AGAIN)


def test_a_read_only_index_loses_no_change(site: Installation, figures: Figures) -> None:
    """As Elasticsearch sets it when a disk is full."""
    site.worker()
    editor, reader, ids = site.actor(), site.actor(), site.article_ids()
    _set_read_only(site, True)
    made = editor.call(edits.work, ids, seed=1, count=EDITS)
    deleted = {edit.page_id for edit in made if edit.kind == "delete"}
    answers = [reader.call(reading.ask, size=len(ids)) for _ in range(3)]
    assert all(answer.hits and deleted.isdisjoint(answer.hits) and not answer.degraded for answer in answers)
    figures("changes that wait", site.queued(), at_least=1)
    assert site.sql("SELECT count(*) FROM search_outboxentry WHERE attempts > 0") == [(0,)]  # it is no page's fault
    _set_read_only(site, None)
    figures("drained after", site.wait_until_drained(DRAINED), "s", at_most=DRAINED)
    figures("pages, all as in the database", assert_index_equals_database(site))


def _set_read_only(site: Installation, value: bool | None) -> None:
    settings = {"index.blocks.read_only_allow_delete": value}
    site.elasticsearch.indices.put_settings(index=site.live_index(), settings=settings)


def test_a_missing_index_is_answered_for_until_it_is_made_anew(site: Installation, figures: Figures) -> None:
    reader = site.actor()
    site.elasticsearch.indices.delete(index=site.live_index())
    answers = [reader.call(reading.ask) for _ in range(ANSWERS)]
    assert all(answer.degraded and answer.hits for answer in answers)
    figures("slowest answer", max(answer.seconds for answer in answers), "s", at_most=IN_TIME)
    site.manage("search_rebuild")
    made = time.monotonic()
    wait_until(lambda: not reader.call(reading.ask).degraded, CLOSED_AGAIN, "the index answers")
    figures("answered by the new index after", time.monotonic() - made, "s", at_most=CLOSED_AGAIN)
