"""The files that hold what the API says of itself, and what it has promised."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer

from api.promises import Description, broken, promised


def written() -> Path:
    """The description of the API as it is."""
    return settings.BASE_DIR / "docs/openapi.json"


def released() -> Path:
    """What the last release has promised."""
    return settings.BASE_DIR / "docs/openapi.released.json"


class Command(BaseCommand):
    help = "Writes docs/openapi.json, the description of the API, unless it breaks what the last release has promised."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--release",
            action="store_true",
            help="Promise it from now on: write docs/openapi.released.json too.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        document = SchemaGenerator().get_schema(request=None, public=True)
        _refuse_breaches(document)
        _write(written(), document)
        if options["release"]:
            _write(released(), promised(document))


def _refuse_breaches(document: Description) -> None:
    if not released().exists():
        return
    if breaches := broken(json.loads(released().read_text()), document):
        raise CommandError(
            "\n  ".join(["This breaks apps that rely on the last release:", *breaches])
            + "\nNothing was written. Keep the old beside the new, or give the new an address of its own."
        )


def _write(path: Path, document: Description) -> None:
    path.write_bytes(OpenApiJsonRenderer().render(document, renderer_context={}) + b"\n")
