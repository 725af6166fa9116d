"""Compares the search index with the database."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import checking
from search.engines.base import EngineUnavailable


class Command(BaseCommand):
    help = "Compare the search index with the database; exit status 1 when they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="bring the pages that differ into the index")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        try:
            report = self._check()
        except EngineUnavailable as error:
            raise CommandError(str(error)) from error
        for name in ("missing", "ghosts", "stale", "dead"):
            ids = getattr(report, name)
            self.stdout.write(f"{name}: {len(ids)}" + (f" (pages {', '.join(map(str, ids[:20]))})" if ids else ""))
        self.stdout.write(f"waiting: {report.waiting}")
        for page_id, reason in report.failed.items():
            self.stderr.write(f"page {page_id} cannot be indexed: {reason}")
        if report.drifted and repair:
            self._repair(report)
        elif report.drifted or report.failed:
            raise CommandError("the index differs from the database")

    def _check(self) -> checking.CheckReport:
        with tqdm(total=checking.last_id(), unit="id", disable=not sys.stderr.isatty()) as bar:
            return checking.check(lambda last: bar.update(last - bar.n))

    def _repair(self, report: checking.CheckReport) -> None:
        drain = checking.repair(report)
        if drain.problem or drain.failed:
            raise CommandError(drain.problem or f"{drain.failed} pages could not be indexed")
        self.stdout.write(f"repaired: {len(report.drifted)}")
