"""A new index built beside the live one, while readers search and editors save, and swapped in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from wagtail.models import Page

from search import labels, leases, locks, outbox, pages, stamps
from search.engines import get_engine
from search.engines.base import Builder, Change
from search.leases import Lease
from search.models import OutboxEntry

BATCH = 500

Progress = Callable[[int], object]


class RebuildError(Exception):
    """The new index does not hold what it should; the old one goes on serving."""


@dataclass
class RebuildReport:
    """`documents` in the new index; `failed` pages that could not be indexed: id → reason; `replayed` changes."""

    documents: int = 0
    replayed: int = 0
    failed: dict[int, str] = field(default_factory=dict)


@dataclass
class _State:
    """The version at which each page was read, and which of them the new index does not hold."""

    versions: dict[int, int] = field(default_factory=dict)
    absent: set[int] = field(default_factory=set)


def pages_to_read() -> int:
    """How many pages a rebuild looks at, for a progress bar."""
    return Page.objects.filter(live=True).count()


def rebuild(progress: Progress = lambda count: None) -> RebuildReport:
    """Build and swap; `progress` is told after each batch how many pages it held.

    What changes meanwhile is replayed: versions are read before the pages are, so a page whose version
    has grown since may be newer than what the new index holds. The last look at them, and the swap,
    happen while nobody else can write the live index. Raises EngineUnavailable when another rebuild runs.
    """
    report, state = RebuildReport(), _State()
    with locks.hold(locks.Lock.REBUILD), get_engine().build() as builder:
        for ids in _batches():
            _put(builder, ids, state, report)
            progress(len(ids))
        _replay(builder, state, report)
        builder.commit()  # now, so that little is left to do while the workers wait
        with locks.hold(locks.Lock.LIVE_INDEX, wait=True):
            _replay(builder, state, report)
            _compare(builder, state)
            report.documents = builder.swap()
            stamps.bump([stamps.INDEX])
            _settle(state)
    outbox.touch(report.failed)  # they are tried again, and stay in sight of the operator
    return report


def _batches() -> Iterator[list[int]]:
    """The ids of live pages, by rising id: a page made meanwhile is at the end, or it is replayed."""
    last = 0
    while ids := list(Page.objects.filter(live=True, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]


def _put(builder: Builder, ids: Sequence[int], state: _State, report: RebuildReport) -> None:
    versions = dict.fromkeys(ids, 0) | dict(OutboxEntry.objects.filter(pk__in=ids).values_list("page_id", "version"))
    documents = pages.documents(ids)
    changes = [Change(page_id, versions[page_id], documents.made.get(page_id)) for page_id in ids]
    failed = documents.failed | dict(builder.put(changes))
    labels.remember(documents.made.values())
    state.versions |= versions
    state.absent.difference_update(ids)
    state.absent.update(set(ids) - documents.made.keys(), failed)
    report.failed = {page_id: reason for page_id, reason in report.failed.items() if page_id not in versions} | failed


def _replay(builder: Builder, state: _State, report: RebuildReport) -> None:
    """Read again what has changed since it was read."""
    last = -1
    while entries := list(
        OutboxEntry.objects.filter(pk__gt=last).order_by("pk").values_list("page_id", "version")[: BATCH * 20]
    ):
        changed = [page_id for page_id, version in entries if version > state.versions.get(page_id, 0)]
        for start in range(0, len(changed), BATCH):
            _put(builder, changed[start : start + BATCH], state, report)
        report.replayed += len(changed)
        last = entries[-1][0]


def _compare(builder: Builder, state: _State) -> None:
    expected, documents = len(state.versions) - len(state.absent), builder.commit()
    if documents != expected:
        raise RebuildError(f"the new index has {documents} documents instead of {expected}; the old one stays")


def _settle(state: _State) -> None:
    """Let the outbox know what the new index holds; a page that has changed since stays pending."""
    last = -1
    while ids := list(
        OutboxEntry.objects.pending().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        paths = dict(Page.objects.filter(pk__in=set(ids) - state.absent).values_list("pk", "path"))
        leases.settle([Lease(page_id, state.versions[page_id]) for page_id in ids if page_id in state.versions], paths)
        last = ids[-1]
