"""How the index follows the database: the outbox drained into the engine."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock, local

from search import labels, outbox, pages
from search.engines import get_engine
from search.engines.base import Change, EngineUnavailable
from search.outbox import Lease

logger = logging.getLogger(__name__)

BATCH = 200  # pages written in one commit of the engine
ON_COMMIT = 100  # pages drained in the editor's own request; what is more is left to the timer
_EVERYTHING = 2**63

_draining = Lock()  # one drain at a time in this process; other processes are kept out by leases
_batch = local()


@dataclass
class DrainReport:
    """`synced` pages are in the index as they are now, `failed` ones wait; `problem` says why a drain broke off."""

    synced: int = 0
    failed: int = 0
    problem: str = ""


def drain(limit: int = _EVERYTHING) -> DrainReport:
    """Bring up to about `limit` waiting pages into the index.

    Each page is read as it is now, after the lease took its version, so what is written is never older
    than what the version says. After each batch the outbox is looked at once more, since another
    process may have left its page to this one.
    """
    report = DrainReport()
    try:
        get_engine().check_writable()  # else every commit would make documents for nothing
    except EngineUnavailable as error:
        return DrainReport(problem=str(error))
    with _draining:
        while not report.problem and report.synced + report.failed < limit and (leases := outbox.lease(BATCH)):
            _sync(leases, report)
    return report


def _sync(leases: Sequence[Lease], report: DrainReport) -> None:
    try:
        documents = pages.documents([lease.page_id for lease in leases])
        changes = [
            Change(lease.page_id, lease.version, documents.made.get(lease.page_id))
            for lease in leases
            if lease.page_id not in documents.failed
        ]
        failed = documents.failed | dict(get_engine().apply(changes))
    except EngineUnavailable as error:
        outbox.release(leases)
        report.problem = str(error)
        return
    except BaseException:
        outbox.release(leases)
        raise
    paths = {page_id: document.path for page_id, document in documents.made.items()}
    labels.remember(documents.made.values())
    outbox.settle([lease for lease in leases if lease.page_id not in failed], paths)
    for lease in leases:
        if lease.page_id in failed:
            logger.warning("page %d could not be indexed: %s", lease.page_id, failed[lease.page_id])
            outbox.fail(lease, failed[lease.page_id])
    report.synced += len(leases) - len(failed)
    report.failed += len(failed)


def after_commit() -> None:
    """Called when a transaction with changes has committed: drains, unless a `batched` block gathers.

    A page that cannot reach the index now stays in the outbox; saving never fails for the index.
    """
    if getattr(_batch, "depth", 0):
        _batch.commits += 1
        if _batch.commits < BATCH:
            return
        _batch.commits = 0
    try:
        drain(ON_COMMIT if not getattr(_batch, "depth", 0) else _EVERYTHING)
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
        if not _batch.depth:
            drain()
