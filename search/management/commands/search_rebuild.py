"""Builds the search index anew beside the live one, and swaps it in."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import lexicon, rebuild, sync
from search.engines import get_engine
from search.engines.base import EngineUnavailable


class Command(BaseCommand):
    help = "Build the search index anew from the database, while readers search and editors save, and swap it in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="only when there is no index, or one of another version"
        )

    def handle(self, *args: Any, if_needed: bool, **options: Any) -> None:
        if if_needed and not get_engine().health().needs_rebuild:
            self.stdout.write("The search index is up to date.")
            return
        try:
            report = self._rebuild()
        except (EngineUnavailable, rebuild.RebuildError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{report.documents} documents indexed, {report.replayed} changes replayed.")
        for page_id, reason in report.failed.items():
            self.stderr.write(f"page {page_id} could not be indexed: {reason}")
        lexicon.make()
        if report.failed:
            raise CommandError(f"{len(report.failed)} pages are not in the index")

    def _rebuild(self) -> rebuild.RebuildReport:
        with tqdm(total=rebuild.pages_to_read(), unit="page", disable=not sys.stderr.isatty()) as bar:
            report = rebuild.rebuild(bar.update)
        sync.drain()
        return report
