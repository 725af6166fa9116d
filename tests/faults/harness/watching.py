"""What watches over an installation, as an actor's calls."""

import time
from dataclasses import dataclass

from django.test import Client


@dataclass(frozen=True)
class Look:
    """An answer, and how long it took."""

    status: int
    body: str
    seconds: float


def look(path: str) -> Look:
    """Ask /livez, /readyz or /metrics."""
    started = time.monotonic()
    response = Client().get(path)
    return Look(response.status_code, response.content.decode(), time.monotonic() - started)
