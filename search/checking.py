"""Does the index hold what the database says? Ids and content hashes compared, drift mended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import Max
from wagtail.models import Page

from search import outbox, pages, sync
from search.engines import get_engine
from search.engines.base import Stamp
from search.models import OutboxEntry

RANGE = 500  # pages compared at once
_ENDLESS = 2**63

Progress = Callable[[int], object]


@dataclass
class CheckReport:
    """Page ids that the index lacks, holds though nobody may open them, holds in another state, or were given up.

    `failed`: id → reason, of pages that cannot be indexed. Pages whose change still waits in the outbox
    are no drift: `waiting` counts them.
    """

    missing: list[int] = field(default_factory=list)
    ghosts: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    dead: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    waiting: int = 0

    @property
    def drifted(self) -> list[int]:
        return sorted({*self.missing, *self.ghosts, *self.stale, *self.dead})


def check(progress: Progress = lambda count: None) -> CheckReport:
    """Compare page by page, by rising id, in bounded memory; `progress` is told of the highest id compared."""
    report = CheckReport(dead=list(OutboxEntry.objects.pending().filter(dead=True).values_list("pk", flat=True)))
    for ids, stamps in _ranges(get_engine().stamps()):
        _compare(ids, stamps, report)
        progress(ids[-1] if ids else 0)
    return report


def repair(report: CheckReport) -> sync.DrainReport:
    """Bring the drifted pages into the index as they are now."""
    outbox.touch(report.drifted)
    return sync.drain()


def last_id() -> int:
    """The highest page id of the database: how far a progress bar goes."""
    return Page.objects.aggregate(last=Max("pk"))["last"] or 0


def _ranges(stamps: Iterator[Stamp]) -> Iterator[tuple[list[int], dict[int, Stamp]]]:
    """The ids of live pages and the index's stamps, in step: both by rising id, a range at a time."""
    rest, last = next(stamps, None), -1
    while True:
        ids = list(Page.objects.filter(live=True, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:RANGE])
        last = ids[-1] if len(ids) == RANGE else _ENDLESS
        piece = {}
        while rest and rest.id <= last:
            piece[rest.id] = rest
            rest = next(stamps, None)
        yield ids, piece
        if last == _ENDLESS:
            return


def _compare(ids: list[int], stamps: dict[int, Stamp], report: CheckReport) -> None:
    documents = pages.documents(ids)
    waiting = set(OutboxEntry.objects.pending().filter(pk__in={*ids, *stamps}).values_list("pk", flat=True))
    report.waiting += len(waiting)
    report.failed |= documents.failed
    settled = documents.made.keys() - waiting
    report.missing += sorted(settled - stamps.keys())
    report.ghosts += sorted(stamps.keys() - documents.made.keys() - documents.failed.keys() - waiting)
    report.stale += sorted(
        page_id
        for page_id in settled & stamps.keys()
        if stamps[page_id].content_hash != documents.made[page_id].content_hash
    )
