"""`manage.py import_articles PATH… --into tin-tuc`: brings an old portal's articles in."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm
from wagtail.models import Page, Site

from cms.core.importing.records import FIELDS
from cms.core.importing.report import Outcome, Report, write_whole
from cms.core.interrupts import INTERRUPTED, interrupts
from cms.news.importing import Importer, ImportOptions
from cms.news.models import NewsIndexPage

FAILED = 1


class Command(BaseCommand):
    help = (
        "Imports articles of an old portal from files, folders, zip archives and crawls of wget: text, HTML, Word, "
        "tables (CSV, Excel), JSON lines. Running it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder with all below it")
        parser.add_argument("--into", required=True, metavar="SECTION", help="the section's path, such as tin-tuc")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--overwrite", action="store_true", help="replace pages even if edited since their import")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the report to FILE as JSON")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument(
            "--media", action="append", type=Path, default=[], metavar="FOLDER", help="where pictures and files lie"
        )
        parser.add_argument(
            "--download-from", default="", metavar="URL", help="the old portal's address; download what is missing"
        )
        parser.add_argument(
            "--column", action="append", default=[], metavar="FIELD=NAME", help="the column of a table with this field"
        )
        parser.add_argument(
            "--section", action="append", default=[], metavar="OLD=PATH", help="where pages of an old section go"
        )
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, paths: list[Path], into: str, report: Path | None, **options: Any) -> None:
        _check_exist(paths)
        if report and not report.absolute().parent.is_dir():
            raise CommandError(_("there is no folder for the report: %(path)s") % {"path": report.absolute().parent})
        _check_exist(options["media"])
        importer = Importer(_section(into), _how(options))
        made = Report(into.strip("/"), is_dry_run=options["dry_run"])
        readings = tqdm(importer.readings(paths), unit=_(" pages"), disable=_is_quiet(options), file=sys.stderr)
        with interrupts(made), importer.run():
            for reading in readings:
                made.add(importer.take(reading))
                if made.is_interrupted:
                    break
        if report:
            write_whole(report, made.as_json())
        self.stdout.write(made.as_json() if options["json"] else made.as_text())
        if made.is_interrupted or made.counts[Outcome.FAILED]:
            sys.exit(INTERRUPTED if made.is_interrupted else FAILED)


def _check_exist(paths: list[Path]) -> None:
    if missing := [str(path) for path in paths if not (path.exists() or path.is_symlink())]:
        raise CommandError(_("no such file or folder: %(paths)s") % {"paths": ", ".join(missing)})


def _how(options: dict[str, Any]) -> ImportOptions:
    return ImportOptions(
        overwrite=options["overwrite"],
        dry_run=options["dry_run"],
        media=tuple(options["media"]),
        download_from=options["download_from"],
        columns=_columns(options["column"]),
        sections=dict(_section_pair(pair) for pair in options["section"]),
    )


def _columns(pairs: list[str]) -> dict[str, str]:
    """Field → column from `field=Name`."""
    columns = dict(pair.partition("=")[::2] for pair in pairs)
    if unknown := [field for field in columns if field not in FIELDS]:
        values = {"field": unknown[0], "fields": ", ".join(sorted(FIELDS))}
        raise CommandError(_("there is no field “%(field)s”; there are: %(fields)s") % values)
    return columns


def _section_pair(pair: str) -> tuple[str, NewsIndexPage]:
    """The old section and ours from `Old name=path`."""
    name, sign, path = pair.rpartition("=")
    if not sign or not name.strip():
        raise CommandError(_("“%(pair)s” is not of the form OLD=PATH") % {"pair": pair})
    return name, _section(path)


def _is_quiet(options: dict[str, Any]) -> bool | None:
    """None leaves it to tqdm, which is quiet where nobody looks at a terminal."""
    return True if options["no_progress"] or options["verbosity"] == 0 else None


def _section(into: str) -> NewsIndexPage:
    """The section at this path below the site's root. Raises CommandError with what there is instead."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        raise CommandError(_("there is no default site to import into"))
    root = site.root_page.url_path
    page = Page.objects.filter(url_path=f"{root}{into.strip('/')}/").first()
    if page is None:
        sections = NewsIndexPage.objects.filter(url_path__startswith=root).order_by("url_path")
        paths = [path.removeprefix(root).strip("/") for path in sections.values_list("url_path", flat=True)]
        values = {"path": into, "sections": ", ".join(paths) or "–"}
        raise CommandError(_("there is no section at %(path)s; there are: %(sections)s") % values)
    section = page.specific
    if not isinstance(section, NewsIndexPage):
        raise CommandError(
            _("%(path)s is no news section but: %(type)s") % {"path": into, "type": section.page_type_display_name}
        )
    return section
