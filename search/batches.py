"""Counts that wait in this process's memory, to be written together: nobody who is counted waits for the database.

Adding takes microseconds; COUNTS_WRITTEN_EVERY seconds later a thread writes all that has come. What cannot be written
waits on; a process that is killed loses seconds of counts, and one that ends by itself writes the rest.
"""

import atexit
import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Timer
from typing import Generic, Protocol, Self, TypeVar

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

logger = logging.getLogger(__name__)


class Addable(Protocol):
    def add(self, later: Self) -> None:
        """Take in what came later for the same place."""


Place = TypeVar("Place")
Tally = TypeVar("Tally", bound=Addable)


class Batch(Generic[Place, Tally]):
    """Tallies by place. `write` takes out of the mapping what it has written, so that nothing is written twice."""

    def __init__(self, what: str, write: Callable[[dict[Place, Tally]], None], *, most: int) -> None:
        self._what, self._write, self._most = what, write, most
        self._tallies: dict[Place, Tally] = {}
        self._lock = Lock()
        self._timer: Timer | None = None
        atexit.register(self._write_the_rest)

    def add(self, place: Place, tally: Tally) -> None:
        """Let it wait; beyond `most` places at once it is dropped, as no reader's doing."""
        with self._lock:
            if before := self._tallies.get(place):
                before.add(tally)
            elif len(self._tallies) < self._most:
                self._tallies[place] = tally
            if settings.COUNTS_WRITTEN_EVERY and self._timer is None:
                self._timer = Timer(settings.COUNTS_WRITTEN_EVERY, self._write_in_thread)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what waits. What cannot be written now waits on."""
        with self._lock:
            tallies, self._tallies, self._timer = self._tallies, {}, None
        try:
            self._write(tallies)
        except DatabaseError as error:
            logger.warning("The %s could not be written and wait: %s", self._what, error)
            with self._lock:
                for place, later in self._tallies.items():
                    if before := tallies.get(place):
                        before.add(later)
                    else:
                        tallies[place] = later
                self._tallies = tallies

    def forget(self) -> None:
        """Drop what waits, as a new process has it."""
        with self._lock:
            self._tallies = {}

    def _write_in_thread(self) -> None:
        """In a thread of its own, whose connection nobody else would close."""
        try:
            self.flush()
        except Exception:
            logger.exception("The %s could not be written", self._what)
        finally:
            connection.close()

    def _write_the_rest(self) -> None:
        if settings.configured and self._timer is not None:
            with suppress(Exception):
                self.flush()
