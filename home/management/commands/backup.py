"""Makes a backup while the site runs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from home import backup
from home.progress import bars


class Command(BaseCommand):
    help = "Writes database and media into one file, while the site stays open."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="by default backups/trang-<date>-<time>.zip in DATA_DIR")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(
                "This is for the embedded default on SQLite. PostgreSQL has pg_dump; docs/operations.md says how."
            )
        made_at = timezone.localtime().strftime("%Y%m%d-%H%M%S")
        target = file or Path(settings.DATA_DIR) / "backups" / f"trang-{made_at}.zip"
        database = Path(connection.settings_dict["NAME"])
        if not database.exists():
            raise CommandError(f"There is nothing to back up: {database} does not exist.")
        try:
            with bars() as progress:
                manifest = backup.write(target, database, Path(settings.MEDIA_ROOT), progress)
        except OSError as error:
            raise CommandError(f"No backup was made: {error}") from None
        counts = ", ".join(f"{count} {label}" for label, count in manifest["counts"].items())
        self.stdout.write(f"{target}: {counts}, {len(manifest['files'])} files, {target.stat().st_size:,} bytes")
