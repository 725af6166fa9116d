"""A rebuild while editors save and readers search: nothing is lost or comes back, and no answer is empty."""

import time
from pathlib import Path

from tests.faults.harness import content, edits, reading
from tests.faults.harness.comparing import assert_index_equals_database
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation
from tests.faults.harness.sizes import size

ARTICLES = size(500, 10_000)
REBUILDS = size(3, 5)
EDITORS, EDITS_A_SECOND, QUERIES_A_SECOND = 4, 20, 20
DRAINED = 120  # seconds
# Seconds. Editors, readers, worker, rebuild and Elasticsearch may share two cores here: now and then a search takes
# longer than readers wait for the index, and is answered, as well and in time, by the database.
DEGRADED_AFTER = 1.5
# Moving rewrites its siblings' places, which only one editor can do at a time.
WITHOUT_MOVES = {kind: weight for kind, weight in edits.MIXED.items() if kind != "move"}


def test_a_rebuild_under_load_loses_nothing_and_no_answer_is_empty(
    installation: Installation, tmp_path: Path, figures: Figures
) -> None:
    site, done = installation, tmp_path / "done"
    reader, *editors = (site.actor() for _ in range(1 + EDITORS))
    ids = reader.call(content.fill, ARTICLES)
    site.manage("search_rebuild")
    site.worker()
    reader.begin(reading.ask_until, done, QUERIES_A_SECOND)
    for number, editor in enumerate(editors):
        kinds = WITHOUT_MOVES if number else edits.MIXED
        rate = EDITS_A_SECOND / EDITORS
        editor.begin(edits.work, ids[number::EDITORS], seed=number, until=done, per_second=rate, kinds=kinds)
    before = site.live_index()
    started = time.monotonic()
    for _ in range(REBUILDS):
        site.manage("search_rebuild")
    seconds = time.monotonic() - started
    assert site.live_index() != before
    done.touch()
    made, answers = [edit for editor in editors for edit in editor.result()], reader.result()
    figures("rebuilds took", seconds, "s")
    figures("edits", len(made) / seconds, "/s", at_least=1)
    figures("answers", len(answers) / seconds, "/s", at_least=1)
    figures("median answer", sorted(answer.seconds for answer in answers)[len(answers) // 2], "s")
    figures("slowest answer", max(answer.seconds for answer in answers), "s", at_most=DEGRADED_AFTER)
    figures("empty answers", sum(not answer.hits for answer in answers), at_most=0)
    figures("degraded answers", 100 * sum(answer.degraded for answer in answers) / len(answers), "%", at_most=1)
    site.wait_until_drained(DRAINED)
    figures("pages, all as in the database", assert_index_equals_database(site))
