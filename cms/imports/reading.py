"""Reads what was uploaded, page by page, into rows that editors look through."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.importing import tables
from cms.core.importing.columns import mapped
from cms.core.importing.doubts import doubts_of
from cms.core.importing.readers import Reading, TableReader, reader_for
from cms.core.importing.report import Outcome
from cms.core.importing.sources import read_all, read_unpacked
from cms.core.importing.values import Part, Unreadable
from cms.imports import files
from cms.imports.leases import Lease
from cms.imports.models import Import, ImportPage
from cms.imports.stored import article_to_json
from cms.news.importing.identity import Seen
from search.chunks import chunks

_ROWS_AT_ONCE = 20  # in one transaction: an editor who saves meanwhile waits for some milliseconds
_LOOKED_AT = frozenset({Part.TITLE, Part.DATE, Part.BYLINE, Part.CAPTION, Part.SECTION})


def read(lease: Lease) -> None:
    """Read everything; broken off, it begins anew. A table whose columns nobody knows waits for an editor's answer."""
    importing = lease.importing
    files.unpack(importing)
    if problem := columns_problem(importing):
        lease.finish(Import.State.COLUMNS, problem)
        return
    _forget_earlier(importing)
    if _read_pages(lease):
        lease.finish(Import.State.READY)


def columns_problem(importing: Import) -> str:
    """Why some table cannot be read by the columns that are known; empty if all can."""
    for path in tables_of(importing):
        try:
            columns = tables.columns_of(path)
        except Unreadable:
            continue  # its reader will say so
        try:
            mapped(columns, importing.columns)
        except Unreadable as problem:
            return f"{path.name}: {problem}"
    return ""


def tables_of(importing: Import) -> Iterator[Path]:
    """The tables that were uploaded by themselves, or lie on top in an archive: others may be there for download."""
    places = [importing.folder, *(path for path in importing.folder.glob("*") if path.is_dir())]
    found = (path for place in places for path in sorted(place.glob("*")))
    return (path for path in found if path.suffix.lower() in TableReader.suffixes and path.is_file())


def _read_pages(lease: Lease) -> bool:
    """Whether all has been read, and nothing came between."""
    importing, seen = lease.importing, Seen()
    rows = (
        _row(importing, number, _kept(importing, number, reading), seen)
        for number, reading in enumerate(_readings(importing), 1)
    )
    for some in chunks(rows, _ROWS_AT_ONCE):
        with transaction.atomic():
            if not lease.goes_on():
                return False
            ImportPage.objects.bulk_create(some)
    return True


def _readings(importing: Import) -> Iterator[Reading]:
    """As `import_articles` reads the same files and archives; these have been unpacked already."""
    paths = [path for path in sorted(importing.folder.glob("*")) if not path.name.startswith(".")]
    # Those that nobody reads were uploaded as pictures and files of the others.
    yield from read_all([path for path in paths if path.is_file() and reader_for(path)], importing.columns)
    for archive in paths:
        if archive.is_dir():
            yield from read_unpacked(archive, importing.columns)


def _kept(importing: Import, number: int, reading: Reading) -> Reading:
    """The reading with its pictures where they stay: those of a Word file lie somewhere else while it is read."""
    folder = importing.folder
    if reading.article is None or reading.page is None or reading.page.is_relative_to(folder):
        return reading
    place = folder / files.TAKEN_OUT / str(number)
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(reading.folders[0], place)
    return replace(reading, page=place / reading.page.name, folders=(place,))


def _forget_earlier(importing: Import) -> None:
    """Take away what a broken-off reading has left, or one with other columns; in short transactions."""
    while keys := list(importing.pages.values_list("pk", flat=True)[:1000]):
        ImportPage.objects.filter(pk__in=keys).delete()


def _row(importing: Import, number: int, reading: Reading, seen: Seen) -> ImportPage:
    article, folder = reading.article, importing.folder
    row = ImportPage(
        of=importing,
        number=number,
        origin=_below(reading.origin, folder),
        page_file=_below(reading.page, folder) if reading.page else "",
        media_folders=[_below(place, folder) for place in reading.folders if place.is_relative_to(folder)],
        problem=reading.problem,
    )
    if article is None:
        row.outcome = Outcome.SKIPPED if reading.is_skipped else Outcome.FAILED
        row.reason = reading.problem
        return row
    row.article, row.title, row.old_section = article_to_json(article), article.title, article.section
    row.is_doubtful = bool(reading.problem) or any(doubt.part in _LOOKED_AT for doubt in doubts_of(reading))
    if not reading.problem and (earlier := seen.file_of(article, row.origin)):
        row.outcome, row.is_doubtful = Outcome.SKIPPED, False
        row.reason = _("same article as %(file)s") % {"file": earlier}
    return row


def _below(path: Path | str, folder: Path) -> str:
    return str(path).removeprefix(str(folder)).lstrip("/").encode("utf-8", "backslashreplace").decode()
