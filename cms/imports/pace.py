"""Leaves the machine to editors and readers: after each page the worker rests four times as long as it took.

SQLite has one write lock. Whoever finds it taken tries again after one, two, five, ten … milliseconds, so an editor's
save waits for about as long as the lock is held at a time, and as often as it is held: a fifth of the time at most.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from cms.imports.leases import Lease

REST = 4.0  # times the time that the page took
LONGEST = 2.0  # seconds; a page with many pictures takes long without holding anybody up


@contextmanager
def paced(lease: Lease) -> Iterator[None]:
    """Do a page's work inside; a rest follows."""
    started = time.monotonic()
    yield
    lease.rest(min(LONGEST, REST * (time.monotonic() - started)))
