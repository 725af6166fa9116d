"""The embedded default's one process: site, admin and API, and the clock beside them."""

import signal
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.wsgi import get_wsgi_application

from home import background, scheduler
from home.serving import server
from home.serving.lock import InUse, sharing
from home.serving.warming import warm_up

FORM_OVERHEAD = 4 * 1024 * 1024  # bytes beside the file in an upload
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 (recognised here, listened on only when HOST says so)


class Command(BaseCommand):
    help = "Serves the site, the admin and the API, with scheduled publishing, in one process."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="address to listen on (HOST, %(default)s)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on (PORT, %(default)s)")
        parser.add_argument("--prepare", action="store_true", help="first do what `prepare` does")
        parser.add_argument("--demo", action="store_true", help="first do what `prepare --demo` does")

    def handle(self, *args: Any, host: str, port: int, prepare: bool, demo: bool, **options: Any) -> None:
        try:
            # The address first: better to hear at once that the port is taken than after a minute of loading.
            with sharing(settings.DATA_DIR), server.listening(host, port) as listener:
                if prepare or demo:
                    call_command("prepare", demo=demo, stdout=self.stdout, stderr=self.stderr)
                stop = _stop_on_signals()
                with scheduler.Timer(stop), background.Worker(stop):
                    warm_up()
                    self._print_addresses(host, listener.getsockname()[1])
                    server.run(
                        get_wsgi_application(),
                        listener,
                        stop,
                        max_body_size=_largest_upload() + FORM_OVERHEAD,
                        trusted_proxy=settings.TRUSTED_PROXY,
                    )
        except (InUse, server.PortTaken) as error:
            raise CommandError(str(error)) from None
        self.stdout.write("Stopped.")

    def _print_addresses(self, host: str, port: int) -> None:
        name = "localhost" if host in EVERYWHERE | {"127.0.0.1", "::1"} else host
        site = f"http://{name}:{port}"
        self.stdout.write(f"\n  Site      {site}/\n  Admin     {site}/admin/\n  API docs  {site}/api/docs/\n")
        if host in EVERYWHERE:
            names = ", ".join(settings.ALLOWED_HOSTS)
            self.stdout.write(f"  On every network of this machine, under the names in ALLOWED_HOSTS: {names}")
        self.stdout.write("\nCtrl-C stops it.\n")
        self.stdout.flush()


def _largest_upload() -> int:
    """In bytes. Of old pages twice what a file may have: one that is too large is to be refused by itself."""
    return max(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE, 2 * settings.IMPORT_MAX_FILE * 1024**2)


def _stop_on_signals() -> Event:
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
