"""Shows how the search is."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.status import status


class Command(BaseCommand):
    help = "Show the engine, the version and size of its index, and the changes that wait for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as one JSON object")

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        values = status().as_dict()
        self.stdout.write(_as_json(values) if json else _as_text(values))


def _as_json(values: dict[str, Any]) -> str:
    return json.dumps(values)


def _as_text(values: dict[str, Any]) -> str:
    letters = values.pop("dead_letters")
    lines = [f"{name.replace('_', ' ')}: {'–' if value in (None, '') else value}" for name, value in values.items()]
    lines += [f"page {letter['page_id']} was given up: {letter['reason']}" for letter in letters]
    if values["needs_rebuild"]:
        lines.append("The index is missing or of another version: run manage.py search_rebuild")
    return "\n".join(lines)
