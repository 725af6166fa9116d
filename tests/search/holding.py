"""Locks held by somebody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import connection

from search import locks


@contextmanager
def held_elsewhere(lock: locks.Lock, shared: bool = False) -> Iterator[None]:
    """Another thread, with a database connection of its own, holds `lock`."""
    held, done = Event(), Event()

    def hold() -> None:
        with locks.hold(lock, shared=shared):
            held.set()
            done.wait()
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    try:
        assert held.wait(10)
        yield
    finally:
        done.set()
        thread.join()
