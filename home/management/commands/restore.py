"""Goes back to a backup."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from home import restoring
from home.backup import DATABASE
from home.progress import bars
from home.serving.lock import InUse, alone


class Command(BaseCommand):
    help = "Puts a backup in the place of the present database and media, which are kept in before-restore-<time>."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that `backup` made")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(
                "This is for the embedded default on SQLite. PostgreSQL has pg_restore; docs/operations.md says how."
            )
        try:
            with alone(Path(settings.DATA_DIR)):
                self._restore(file)
        except (InUse, restoring.NotRestorable, OSError) as error:
            raise CommandError(f"Nothing was restored: {error}") from None
        call_command("prepare", stdout=self.stdout, stderr=self.stderr)  # today's tables, and an index of these pages

    def _restore(self, file: Path) -> None:
        data, media = Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT)
        database = Path(connection.settings_dict["NAME"])
        connections.close_all()
        aside = data / f"before-restore-{timezone.localtime():%Y%m%d-%H%M%S}"
        with tempfile.TemporaryDirectory(dir=data, prefix="restoring-") as folder, bars() as progress:
            manifest = restoring.unpack(file, Path(folder), _newest_migrations(), progress)
            # What SQLite keeps beside the database belongs to it; the index belongs to the old pages.
            beside = [database.with_name(database.name + suffix) for suffix in ("-wal", "-shm")]
            arriving = {Path(folder) / DATABASE: database, Path(folder) / "media": media}
            restoring.replace([database, *beside, media, Path(settings.SEARCH_DIR)], arriving, aside)
        self.stdout.write(f"Restored the state of {manifest['made_at']}; the one before is in {aside}")


def _newest_migrations() -> dict[str, str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    newest: dict[str, str] = {}
    for app, name in loader.disk_migrations:
        newest[app] = max(name, newest.get(app, ""))
    return newest
