"""One worker for each import: a lease that is renewed while the work goes on, and ends by itself with a killed one."""

import secrets
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, current_thread, main_thread
from types import FrameType

from django.db.models import Q
from django.utils import timezone

from cms.imports.models import Import

LENGTH = timedelta(seconds=30)
_RENEW_AFTER = 5  # seconds


class Lease:
    """An import in the hands of this worker, for what its state asks for."""

    def __init__(self, importing: Import, ending: Event) -> None:
        self.importing = importing
        self._ending = ending
        self._renewed = time.monotonic()
        self._holding = Import.objects.filter(pk=importing.pk, state=importing.state, lease=importing.lease)

    def goes_on(self) -> bool:
        """Whether to do another page: not once somebody has stopped the import, or the process has been told to end."""
        if self._ending.is_set():
            return False
        if time.monotonic() - self._renewed < _RENEW_AFTER:
            return self._holding.exists()
        self._renewed = time.monotonic()
        return bool(self._holding.update(leased_until=timezone.now() + LENGTH))

    def rest(self, seconds: float) -> None:
        """Let others have the machine, unless the process has been told to end."""
        self._ending.wait(seconds)

    def finish(self, state: Import.State, problem: str = "") -> bool:
        """Bring the import into its next state, unless it was stopped or taken over; whether that was done."""
        now = timezone.now()
        return bool(self._holding.update(state=state, problem=problem, changed_at=now, lease="", leased_until=None))


@contextmanager
def leased(import_id: int) -> Iterator[Lease | None]:
    """The lease of an import with something to do; None where there is nothing, or another worker is at it."""
    mine = secrets.token_hex(16)
    free = Q(leased_until=None) | Q(leased_until__lt=timezone.now())
    active = Import.objects.filter(free, pk=import_id, state__in=Import.ACTIVE)
    if not active.update(lease=mine, leased_until=timezone.now() + LENGTH):
        yield None
        return
    try:
        with _told_to_end() as ending:
            yield Lease(Import.objects.get(pk=import_id), ending)
    finally:
        Import.objects.filter(pk=import_id, lease=mine).update(lease="", leased_until=None)


@contextmanager
def _told_to_end() -> Iterator[Event]:
    """An event that SIGTERM and SIGINT set, besides what they do otherwise: a long job ends with its page in hand."""
    ending = Event()
    if current_thread() is not main_thread():  # only the main thread hears signals
        yield ending
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def note(number: int, frame: FrameType | None) -> None:
        ending.set()
        if callable(handler := before[signal.Signals(number)]) and handler is not signal.default_int_handler:
            handler(number, frame)

    for number in before:
        signal.signal(number, note)
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
