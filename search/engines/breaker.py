"""A circuit breaker: readers do not wait for an engine that does not answer, and it is not asked in vain."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import sleep

from search.engines.base import EngineUnavailable

logger = logging.getLogger(__name__)

FAILURES = 5  # in a row, after which it opens
PROBE_EVERY = 3.0  # seconds


class CircuitBreaker:
    """Opens after FAILURES in a row; from then on guarded calls fail at once, and nobody asks but a thread of its own.

    That thread calls `probe` every few seconds until it raises no EngineUnavailable, and closes the circuit: no
    reader pays for trying, and it closes by itself when there are no readers.
    """

    def __init__(self, probe: Callable[[], object], probe_every: float = PROBE_EVERY) -> None:
        self._probe = probe
        self._probe_every = probe_every
        self._lock = Lock()
        self._failures = 0
        self.closed = Event()
        self.closed.set()

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Counts what fails inside; raises EngineUnavailable at once while the circuit is open."""
        if not self.closed.is_set():
            raise EngineUnavailable("the engine has failed again and again; it is asked again as soon as it answers")
        try:
            yield
        except EngineUnavailable as error:
            self._failed(error)
            raise
        self._failures = 0

    def _failed(self, error: EngineUnavailable) -> None:
        with self._lock:
            self._failures += 1
            if self._failures < FAILURES or not self.closed.is_set():
                return
            self.closed.clear()
        logger.error("The search engine fails; readers are answered from the database: %s", error)
        Thread(target=self._watch, name="circuit-breaker", daemon=True).start()

    def _watch(self) -> None:
        while not self._answered():
            sleep(self._probe_every)
        self._failures = 0
        self.closed.set()
        logger.warning("The search engine answers again")

    def _answered(self) -> bool:
        try:
            self._probe()
        except EngineUnavailable:
            return False
        except Exception:
            logger.exception("The search engine could not be probed")
            return False
        return True
