"""Counts the words of the index, by which questions are corrected."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import lexicon
from search.engines.base import EngineUnavailable


class Command(BaseCommand):
    help = (
        "Count the words of the search index, by which readers' slips are corrected. The scheduler does so by itself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-needed", action="store_true", help="only when the index has changed for a while")

    def handle(self, *args: Any, if_needed: bool, **options: Any) -> None:
        if if_needed and not lexicon.is_due():
            self.stdout.write("The vocabulary is up to date.")
            return
        try:
            self.stdout.write(str(lexicon.make()))
        except EngineUnavailable as error:
            raise CommandError(str(error)) from error
