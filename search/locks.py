"""Locks among all processes of an installation, which end with the process that holds them, however it ends.

On PostgreSQL they are advisory locks of the session; SQLite is one machine's, and there they are the kernel's
(`flock`), in the folder of the search.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

from django.conf import settings
from django.db import connection

from search.engines.base import EngineUnavailable


class Lock(IntEnum):
    """The number of each is its key on PostgreSQL, where one database is one installation."""

    REBUILD = 7_264_001  # one rebuild at a time
    LIVE_INDEX = 7_264_002  # shared by those who write the live index, alone for the rebuild that replaces it
    SEQUENCE = 7_264_003  # one sequencer at a time


_TAKEN = {
    Lock.REBUILD: "another rebuild is running",
    Lock.LIVE_INDEX: "a new index is being swapped in; try again",
    Lock.SEQUENCE: "another process numbers the changes",
}


@contextmanager
def hold(lock: Lock, *, shared: bool = False, wait: bool = False) -> Iterator[None]:
    """Hold `lock`, alone or with others that share it. Raises EngineUnavailable when it is taken, unless `wait`."""
    held = _advisory if connection.vendor == "postgresql" else _flock
    with held(lock, shared, wait):
        yield


@contextmanager
def _advisory(lock: Lock, shared: bool, wait: bool) -> Iterator[None]:
    suffix = "_shared" if shared else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_{'' if wait else 'try_'}advisory_lock{suffix}(%s)", [lock])
        if cursor.fetchone() == (False,):
            raise _taken(lock)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_unlock{suffix}(%s)", [lock])


@contextmanager
def _flock(lock: Lock, shared: bool, wait: bool) -> Iterator[None]:
    folder = Path(settings.SEARCH_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{lock.name.lower()}.lock").open("w") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise _taken(lock) from None
        yield


def _taken(lock: Lock) -> EngineUnavailable:
    return EngineUnavailable(_TAKEN[lock])
