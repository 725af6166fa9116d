"""Several editors and several sequencers at once; a copy that applies the changes ends as what is public."""

from pathlib import Path

from tests.faults.harness import content, edits, following
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation
from tests.faults.harness.sizes import size

EDITORS, SEQUENCERS, COPIES = 3, 2, 2
PAGES, EDITS_EACH = size(24, 100), size(60, 600)


def test_copies_lose_nothing_while_editors_and_sequencers_work_at_once(
    without_engine: Installation, figures: Figures, tmp_path: Path
) -> None:
    edited, numbered = tmp_path / "edited", tmp_path / "numbered"
    editors = [without_engine.actor() for _ in range(EDITORS)]
    sequencers = [without_engine.actor() for _ in range(SEQUENCERS)]
    copies = [without_engine.actor() for _ in range(COPIES)]
    ids = editors[0].call(content.fill, PAGES)
    editors[0].call(content.touch, ids)
    for sequencer in sequencers:
        sequencer.begin(following.number, edited)
    for copy in copies:
        copy.begin(following.keep_a_copy, numbered)
    for seed, editor in enumerate(editors):  # all of them on all pages
        editor.begin(edits.work, ids, seed, count=EDITS_EACH, collides=True)
    made = [edit for editor in editors for edit in editor.result(900)]
    edited.touch()
    figures("numbers given while editors worked", sum(sequencer.result() for sequencer in sequencers), at_least=1)
    public = editors[0].call(following.finish)
    numbered.touch()
    figures("edits", len(made), at_least=EDITORS * EDITS_EACH)
    for copy in copies:
        assert copy.result() == public
    [(pages, numbers)] = without_engine.sql("SELECT count(*), count(DISTINCT seq) FROM search_pagechange")
    figures("pages, each with a number of its own", pages)
    assert pages == numbers
