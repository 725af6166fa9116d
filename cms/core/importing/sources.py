"""Everything in the files, folders and archives that an import was given, page by page. Writes nothing.

A folder that `wget` named after a host is a crawl, and `crawl` reads it as a whole. In other folders Word files and
tables are pages, except those that a page there offers for download.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from cms.core.importing import archives, crawl
from cms.core.importing.crawl_names import host_folder
from cms.core.importing.folders import Found, find
from cms.core.importing.html import FILES
from cms.core.importing.media import PICTURES, Media
from cms.core.importing.readers import NO_COLUMNS, Reading, reader_for, register
from cms.core.importing.values import BlockKind, Unreadable

_ATTACHABLE = frozenset({".docx", ".csv", ".xlsx", ".zip"})  # pages, unless another page offers them


def read_all(paths: Sequence[Path], columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Reading]:
    """The pages in order, with what cannot be read or is left out, and why."""
    for root, found in groupby(find(list(paths)), lambda found: found.root):
        yield from _below(root, found, frozenset(paths), columns)


def read_unpacked(folder: Path, columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Reading]:
    """The pages of an archive that lies unpacked in `folder`."""
    for reading in _below(folder, find([folder]), frozenset(), columns, is_archive=True):
        yield replace(reading, folders=reading.folders or (folder,))


def _below(
    root: Path, found: Iterable[Found], named: frozenset[Path], columns: Mapping[str, str], *, is_archive: bool = False
) -> Iterator[Reading]:
    """The pages of one folder; `named` are those files that somebody named by themselves."""
    crawled: dict[Path, list[Path]] = defaultdict(list)
    waiting: list[Path] = []
    offered: set[Path] = set()
    for item in found:
        if item.problem:
            yield Reading(str(item.path), problem=item.problem, is_skipped=not item.is_error)
        elif item.path not in named and (host := host_folder(item.path, root)):
            crawled[host].append(item.path)
        elif item.path not in named and item.path.suffix.lower() in _ATTACHABLE:
            waiting.append(item.path)
        else:
            for reading in _pages(item.path, root, columns, is_named=item.path in named):
                offered.update(_offered(reading))
                yield reading
    yield from crawl.read(crawled, root)
    for path in waiting:
        if is_archive and path.suffix.lower() == ".zip":
            yield Reading(str(path), problem=_("archives within archives are left alone"), is_skipped=True)
        elif path not in offered:
            yield from _pages(path, root, columns, is_named=False)


def _pages(path: Path, root: Path, columns: Mapping[str, str], *, is_named: bool) -> Iterator[Reading]:
    reader = reader_for(path)
    if reader is not None:
        for reading in reader.read(path, columns):
            yield replace(reading, folders=reading.folders or (root,))
    elif is_named or path.suffix.lower() not in PICTURES | FILES:  # those belong to a page, or to none
        yield Reading(str(path), problem=_("no reader for this kind of file"), is_skipped=True)


def _offered(reading: Reading) -> Iterator[Path]:
    """The files that a page offers for download."""
    if reading.article is not None and reading.page is not None:
        media = Media(reading.folders)
        for block in reading.article.blocks:
            if block.kind is BlockKind.FILE and (path := media.find(block.source, reading.page)):
                yield path


@register
class ArchiveReader:
    """A zip archive of such files, with their pictures and attachments."""

    def takes(self, path: Path) -> bool:
        return path.suffix.lower() == ".zip"

    def read(self, path: Path, columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Reading]:
        try:
            with archives.unpacked(path) as archive:
                for name, reason in archive.refused.items():
                    yield Reading(f"{path}!{name}", problem=reason)
                for reading in read_unpacked(archive.folder, columns):
                    inside = PurePosixPath(reading.origin).relative_to(archive.folder)
                    yield replace(reading, origin=f"{path}!{inside}")
        except Unreadable as problem:
            yield Reading(str(path), problem=str(problem))
