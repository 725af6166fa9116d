"""The search worker: brings waiting pages into the index, without end; any number of them may run."""

import logging
from threading import Event

from django.db import connections

from search import sync

logger = logging.getLogger(__name__)

POLL = 0.5  # seconds between looks at an empty outbox
LONGEST_PAUSE = 8.0  # seconds, when the engine or the database does not answer


def run(stop: Event) -> None:
    """Drain until `stop` is set, which ends it after the batch under way."""
    pause, problem = POLL, ""
    while not stop.is_set():
        report = _drain()
        if report.problem != problem:  # said once, not every few seconds
            problem = report.problem
            logger.warning("The index cannot follow: %s", problem) if problem else logger.warning("The index follows")
        if problem:
            pause = min(pause * 2, LONGEST_PAUSE)
        elif report.synced + report.failed < sync.BATCH:
            pause = POLL
        else:
            continue
        stop.wait(pause)


def _drain() -> sync.DrainReport:
    """One batch; a database that is away is a problem like an engine that is away."""
    try:
        return sync.drain(sync.BATCH)
    except Exception as error:
        logger.exception("A batch of pages could not be brought into the index")
        connections.close_all()
        return sync.DrainReport(problem=f"{type(error).__name__}: {error}")
