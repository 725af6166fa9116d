"""Gives all changes that wait their place in the sequence of changes, for apps and webhooks."""

from typing import Any

from django.core.management.base import BaseCommand

from search import sequencer


class Command(BaseCommand):
    help = "Number the changes that wait, for `/api/v1/changes/` and webhooks. The scheduler does so by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sequencer.drain()} changes numbered.")
