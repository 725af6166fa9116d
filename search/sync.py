"""How the index follows the database: the outbox drained into the engine."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock, local

from search import labels, leases, locks, pages, stamps
from search.engines import get_engine
from search.engines.base import Change, EngineUnavailable
from search.leases import Lease

logger = logging.getLogger(__name__)

BATCH = 200  # pages written in one commit of the engine
ON_COMMIT = 100  # pages drained in the editor's own request; what is more is left to the timer
PATIENCE = 0.1  # seconds that a request waits for another thread's drain: enough for its last look at the outbox
_EVERYTHING = 2**63
_AS_LONG_AS_IT_TAKES = -1.0

_draining = Lock()  # one drain at a time in this process; other processes are kept out by leases
_batch = local()


@dataclass
class DrainReport:
    """`synced` pages are in the index as they are now, `failed` ones wait; `problem` says why a drain broke off."""

    synced: int = 0
    failed: int = 0
    problem: str = ""


def drain(limit: int = _EVERYTHING, patience: float = _AS_LONG_AS_IT_TAKES) -> DrainReport:
    """Bring up to `limit` waiting pages into the index; `patience` in seconds, for another thread to be done.

    Each page is read as it is now, after the lease took its version, so what is written is never older
    than what the version says. After each batch the outbox is looked at once more, since another
    process may have left its page to this one.
    """
    if not leases.has_due():
        return DrainReport()
    try:
        get_engine().check_writable()  # else every commit would make documents for nothing
    except EngineUnavailable as error:
        return DrainReport(problem=str(error))
    if not _draining.acquire(timeout=patience):
        return DrainReport(problem="another thread is bringing pages into the index")
    try:
        return _drain(limit)
    finally:
        _draining.release()


def _drain(limit: int) -> DrainReport:
    report, left = DrainReport(), limit
    while not report.problem and (taken := leases.lease(min(BATCH, left))):
        _sync(taken, report)
        left -= len(taken)
    return report


def _sync(taken: Sequence[Lease], report: DrainReport) -> None:
    try:
        documents = pages.documents([lease.page_id for lease in taken])
        changes = [
            Change(lease.page_id, lease.version, documents.made.get(lease.page_id))
            for lease in taken
            if lease.page_id not in documents.failed
        ]
        with locks.hold(locks.Lock.LIVE_INDEX, shared=True):
            failed = documents.failed | dict(get_engine().apply(changes))
    except EngineUnavailable as error:
        leases.release(taken)
        report.problem = str(error)
        return
    except BaseException:
        leases.release(taken)
        raise
    paths = {page_id: document.path for page_id, document in documents.made.items()}
    labels.remember(documents.made.values())
    stamps.bump([stamps.INDEX])  # before the rows are settled, for as long as they are not no answer is vouched for
    leases.settle([lease for lease in taken if lease.page_id not in failed], paths)
    for lease in taken:
        if lease.page_id in failed:
            logger.warning("page %d could not be indexed: %s", lease.page_id, failed[lease.page_id])
            leases.fail(lease, failed[lease.page_id])
    report.synced += len(taken) - len(failed)
    report.failed += len(failed)


def is_done_here() -> bool:
    """Whether this process brings pages into the index, or leaves that to search workers."""
    return get_engine().embedded


def after_commit() -> None:
    """Called when a transaction with changes has committed: drains, unless a `batched` block gathers.

    With an engine that is a server it leaves that to the search workers. A page that cannot reach the index now stays
    in the outbox; saving never fails for the index, nor waits for a long drain of another thread, which comes to this
    page as well.
    """
    if not is_done_here():
        return
    limit = ON_COMMIT
    if getattr(_batch, "depth", 0):
        _batch.commits += 1
        if _batch.commits < BATCH:
            return
        _batch.commits, limit = 0, _EVERYTHING
    try:
        drain(limit, PATIENCE)
    except Exception:
        logger.exception("the index could not follow; it will be tried again")


@contextmanager
def batched() -> Iterator[None]:
    """Many transactions, one engine commit for every 200 of them, and one at the end."""
    _batch.depth = getattr(_batch, "depth", 0) + 1
    _batch.commits = 0
    try:
        yield
    finally:
        _batch.depth -= 1
        if not _batch.depth and is_done_here():
            drain()
