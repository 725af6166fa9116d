"""Ctrl-C in commands that do one thing after the other."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Protocol

INTERRUPTED = 130  # what a shell says of a program ended by Ctrl-C


class Interruptible(Protocol):
    is_interrupted: bool


@contextmanager
def interrupts(report: Interruptible) -> Iterator[None]:
    """Ctrl-C lets the page in hand be finished; a second one ends at once, and the page's transaction undoes it."""

    def note(signum: int, frame: FrameType | None) -> None:
        report.is_interrupted = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if current_thread() is not main_thread():  # only the main thread hears signals
        yield
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
