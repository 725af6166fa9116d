"""The clock of a production installation."""

import signal
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home import scheduler
from home.serving.lock import InUse, sharing


class Command(BaseCommand):
    help = "Publishes and takes down on time and follows the changes, until stopped. `serve` does so by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        try:
            with sharing(settings.DATA_DIR), scheduler.Timer(stop):
                stop.wait()
        except InUse as error:
            raise CommandError(str(error)) from None
