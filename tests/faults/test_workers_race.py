"""9: several workers at once, on pages that are edited all the time; the index ends equal to the database."""

from tests.faults.harness import content, edits
from tests.faults.harness.comparing import assert_index_equals_database
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation
from tests.faults.harness.sizes import size

WORKERS, EDITORS = 4, 2
PAGES, EDITS_EACH = size(20, 50), size(5, 20)
DRAINED = 120  # seconds
STAYING = {kind: weight for kind, weight in edits.MIXED.items() if kind not in ("delete", "move")}


def test_four_workers_leave_the_index_as_the_database_is(installation: Installation, figures: Figures) -> None:
    editors = [installation.actor() for _ in range(EDITORS)]
    ids = editors[0].call(content.fill, PAGES)
    installation.manage("search_rebuild")
    workers = [installation.worker() for _ in range(WORKERS)]
    for number, editor in enumerate(editors):
        editor.begin(edits.each, ids[number::EDITORS], EDITS_EACH, seed=number, kinds=STAYING)
    made = [edit for editor in editors for edit in editor.result(600)]
    figures("edits", len(made), at_least=PAGES * EDITS_EACH)
    figures("drained after", installation.wait_until_drained(DRAINED), "s", at_most=DRAINED)
    figures("pages, all as in the database", assert_index_equals_database(installation))
    assert [worker.poll() for worker in workers] == [None] * WORKERS
    assert [worker.output() for worker in workers] == [""] * WORKERS
