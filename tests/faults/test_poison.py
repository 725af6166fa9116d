"""A document that cannot be indexed: all others are, and an operator learns of it and why."""

import json
from collections.abc import Callable

import pytest

from tests.faults.harness import content
from tests.faults.harness.comparing import assert_index_equals_database
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation
from tests.faults.harness.sizes import size
from tests.faults.harness.waiting import wait_until

ARTICLES = size(500, 10_000)
SECTIONS = 8
A_BLOCK_WITHOUT_VALUE = [{"type": "text", "id": "1"}]


def _unreadable(site: Installation, page_id: int) -> Callable[[], None]:
    """The database holds what no editor can have written."""
    change = "UPDATE news_articlepage SET body = %s WHERE page_ptr_id = %s"
    site.sql(change, [json.dumps(A_BLOCK_WITHOUT_VALUE), page_id])
    return lambda: site.sql(change, ["[]", page_id])


def _refused(site: Installation, page_id: int) -> Callable[[], None]:
    """Elasticsearch itself does not take it."""
    refuse = {"fail": {"if": f"ctx.id == {page_id}L", "message": "this one is poison"}}
    site.elasticsearch.ingest.put_pipeline(id=site.alias, processors=[refuse])
    site.elasticsearch.indices.put_settings(index=site.live_index(), settings={"index.final_pipeline": site.alias})

    def mend() -> None:
        site.elasticsearch.indices.put_settings(index=site.live_index(), settings={"index.final_pipeline": "_none"})
        site.elasticsearch.ingest.delete_pipeline(id=site.alias)

    return mend


@pytest.mark.parametrize(
    ("poison", "reason"), [(_unreadable, "KeyError"), (_refused, "this one is poison")], ids=["unreadable", "refused"]
)
def test_one_poisonous_document_is_a_dead_letter_and_all_others_are_indexed(
    installation: Installation, poison: Callable[[Installation, int], Callable[[], None]], reason: str, figures: Figures
) -> None:
    site = installation
    site.manage("search_rebuild")
    editor = site.actor()
    ids = editor.call(content.fill, ARTICLES)
    poisonous = ids[ARTICLES // 2]
    mend = poison(site, poisonous)
    editor.call(content.touch, ids)
    site.worker()
    wait_until(lambda: _hurried(site), 240, "a dead letter")
    status = json.loads(site.manage("search_status", "--json"))
    [letter] = status["dead_letters"]
    assert (letter["page_id"], status["queued"]) == (poisonous, 1)
    assert reason in letter["reason"]
    figures("indexed", status["documents"] - SECTIONS, at_least=ARTICLES - 1, at_most=ARTICLES - 1)
    figures("dead letters", status["dead"], at_least=1, at_most=1)
    mend()
    site.manage("search_check", "--repair")
    site.wait_until_drained(60)
    figures("pages after the repair, all as in the database", assert_index_equals_database(site))


def _hurried(site: Installation) -> int:
    """Let nothing wait for its next try; how many pages were given up."""
    site.sql("UPDATE search_outboxentry SET due_at = now() WHERE attempts > 0 AND NOT dead")
    return site.sql("SELECT count(*) FROM search_outboxentry WHERE dead")[0][0]
