"""Brings imported pages into the readers' index, many at once, and keeps that work from editors' requests.

Whoever saves a page drains the outbox; in the embedded default an editor would so index what an import has just
written, a hundred pages with each save. The worker reserves its pages, and releases them when it drains itself.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from search import leases, sync

_PAGES = 200  # one commit of the engine
_AGE = 15  # seconds; a reservation ends by itself after thirty


class Batch:
    """The pages that wait for their commit."""

    def __init__(self) -> None:
        self._pages: list[int] = []
        self._since = time.monotonic()

    def add(self, page_id: int | None) -> None:
        """Keep a page back; in the transaction that has changed it."""
        if page_id is not None and sync.is_done_here():
            leases.reserve([page_id])
            self._pages.append(page_id)

    def drain_if_due(self) -> None:
        """Bring in what waits, if it is much or has waited long."""
        if len(self._pages) >= _PAGES or time.monotonic() - self._since > _AGE:
            self.release()
            if sync.is_done_here():
                sync.drain()

    def release(self) -> None:
        """Leave what waits to whoever drains next."""
        leases.unreserve(self._pages)
        self._pages, self._since = [], time.monotonic()


@contextmanager
def batch() -> Iterator[Batch]:
    """All pages of a job go through one; what is left at the end is brought in as well."""
    with sync.batched():
        made = Batch()
        try:
            yield made
        finally:
            made.release()
