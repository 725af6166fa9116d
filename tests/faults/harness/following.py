"""Those who follow the changes: a process that numbers them, and an app that keeps a copy of what is public."""

import time
from pathlib import Path

from wagtail.models import Page

from search import changes, sequencer
from search.models import OutboxEntry, PageChange
from search.visibility import public_ids


def number(until: Path) -> int:
    """Number changes without a pause until the file is there; how many there were."""
    numbered = 0
    while not until.exists():
        numbered += sequencer.drain()
    return numbered


def keep_a_copy(until: Path) -> dict[int, str]:
    """Apply the changes, a few at a time, until the file is there and nothing is left."""
    copy: dict[int, str] = {}
    position = 0
    while True:
        finished = until.exists()
        found = changes.since(position, 7)
        for change in found:
            assert change.seq > position, f"{change.seq} after {position}"
            position = change.seq
            if change.kind == PageChange.Kind.REMOVED:
                copy.pop(change.page_id, None)
            else:
                copy[change.page_id] = change.type
        if finished and not found:
            return copy
        time.sleep(0.001)


def finish() -> dict[int, str]:
    """Number what is left; the public pages as the sequence should have told of them."""
    sequencer.adopt()
    sequencer.drain()
    assert not OutboxEntry.objects.unsequenced().exists()
    public = public_ids(Page.objects.values_list("pk", flat=True))
    return {page.pk: getattr(page.specific_class, "search_type", "") for page in Page.objects.filter(pk__in=public)}
