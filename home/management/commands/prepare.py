"""Everything between the code and a site that can be served; quick when little has changed."""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from wagtail.models import Site


class Command(BaseCommand):
    help = "Brings database, static files and search index up to date; --demo also loads content and makes an editor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo content and make an editor to log in as")

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        self._step("Database", "migrate", interactive=False, verbosity=0)
        self._collect_static()
        _tell_the_site_its_address()
        if demo:
            self._step("Demo content", "load_demo")
        self._step("Text in files", "read_files")
        self._step("Search index", "search_rebuild", if_needed=True)
        self._step("Search in the admin", "editors_index", if_needed=True)
        if demo:
            self._step("Editor", "createeditor")

    def _step(self, title: str, command: str, **arguments: Any) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(title))
        self.stdout.flush()
        call_command(command, **arguments, stdout=self.stdout, stderr=self.stderr)

    def _collect_static(self) -> None:
        """`collectstatic` hashes and compresses everything each time; here only after a change."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        state = _static_state()
        if stamp.is_file() and stamp.read_text() == state:
            return
        self._step("Static files", "collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state)


def _tell_the_site_its_address() -> None:
    """The site that the migrations made gets host and port of BASE_URL, unless somebody has set them."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    for site in Site.objects.filter(is_default_site=True, hostname="localhost", port=80):
        site.hostname, site.port = address.hostname or "localhost", port
        if (site.hostname, site.port) != ("localhost", 80):
            site.save()


def _static_state() -> str:
    """A digest of the names, sizes and times of all static files, and of how they are stored."""
    state = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=None):
            file = Path(storage.path(name)).stat()
            state.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return state.hexdigest()
