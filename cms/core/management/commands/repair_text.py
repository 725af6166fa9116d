"""`manage.py repair_text`: brings the texts of pages that are in old encodings to Unicode."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from tqdm import tqdm
from wagtail.models import Page, Site

from cms.core.importing.report import write_whole
from cms.core.interrupts import INTERRUPTED, interrupts
from cms.core.repairing.pages import left_alone, repair_page
from cms.core.repairing.report import Entry, Report


class Command(BaseCommand):
    help = (
        "Repairs pages whose text is in TCVN3 (ABC), VNI-Windows, VISCII or Windows-1258, or was read wrongly. What is "
        "live stays live and is published anew, drafts stay drafts, and the text before stays in each page's history. "
        "Running it again changes nothing more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--below", default="", metavar="PATH", help="only the page at this path and those below it")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be changed")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the report to FILE as JSON")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, below: str, report: Path | None, **options: Any) -> None:
        if report and not report.absolute().parent.is_dir():
            raise CommandError(_("there is no folder for the report: %(path)s") % {"path": report.absolute().parent})
        made = Report(is_dry_run=options["dry_run"])
        pages = _pages(below)
        is_quiet = options["no_progress"] or options["verbosity"] == 0 or None  # None leaves it to tqdm
        bar = tqdm(_each(pages), total=pages.count(), unit=_(" pages"), disable=is_quiet, file=sys.stderr)
        with interrupts(made), bar:
            for page in bar:
                made.add(_entry(page, is_dry_run=made.is_dry_run))
                if made.is_interrupted:
                    break
        if report:
            write_whole(report, made.as_json())
        self.stdout.write(made.as_json() if options["json"] else made.as_text())
        if made.is_interrupted:
            sys.exit(INTERRUPTED)


def _pages(below: str) -> QuerySet[Page]:
    """The pages to look at. What is only an alias follows its source. Raises CommandError."""
    pages = Page.objects.filter(depth__gt=1, alias_of=None)
    if not below.strip("/"):
        return pages
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page.url_path if site else "/"
    page = Page.objects.filter(url_path=f"{root}{below.strip('/')}/").first()
    if page is None:
        raise CommandError(_("there is no page at %(path)s") % {"path": below})
    return pages.descendant_of(page, inclusive=True)


def _each(pages: QuerySet[Page]) -> Iterator[Page]:
    """Each as it is when its turn comes: editors go on meanwhile."""
    for pk in list(pages.order_by("pk").values_list("pk", flat=True)):
        if (page := Page.objects.filter(pk=pk).first()) is not None:
            yield page.specific


def _entry(page: Page, *, is_dry_run: bool) -> Entry:
    reason = left_alone(page)
    return Entry.of(page, repair_page(page, is_dry_run=is_dry_run or bool(reason)), reason)
