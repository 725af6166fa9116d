"""Brings changed pages into the search index, where the engine is a server; any number of these may run."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from search import worker


class Command(BaseCommand):
    help = "Bring changed pages into the search index until SIGTERM or SIGINT; any number of workers may run."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        worker.run(stop)
