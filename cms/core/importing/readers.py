"""Which reader takes a file. A new kind of file is a class here or elsewhere with `@register` above it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Protocol

from cms.core.importing import archives, files, portal_html, portal_text, records
from cms.core.importing.folders import find
from cms.core.importing.values import ImportedArticle, Incomplete, Unreadable


@dataclass(frozen=True)
class Reading:
    """One page of a file: what was understood, or why nothing was.

    `origin` names the place for people: the file's path, with the place in it where a file holds many pages. It is
    the same each time the file is read. `page` is the page's own file and `folder` the unpacked archive or the folder
    that was named to the run, while it is being read: there its pictures may be.

    With a problem the page cannot be imported as it is. If there is an article all the same, it lacks what the
    problem names and is as good as any other once that is corrected. `is_skipped` says that the file was left out by
    choice: a list, a picture, a second copy.
    """

    origin: str
    article: ImportedArticle | None = None
    problem: str = ""
    page: Path | None = None
    folder: Path | None = None
    is_skipped: bool = False


NO_COLUMNS: Mapping[str, str] = MappingProxyType({})


class Reader(Protocol):
    """Reads one kind of file."""

    def takes(self, path: Path) -> bool:
        """Whether this is a file for this reader, by its name or its first bytes; must not raise."""

    def read(self, path: Path, columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Reading]:
        """The pages in the file. What cannot be read is a Reading with a problem, never an exception.

        `columns` says of tables which column holds which field; without it the names of the columns do.
        """


_readers: list[Reader] = []


def register(reader: type[Reader]) -> type[Reader]:
    """Add a reader, as a decorator of its class. The first that takes a file reads it."""
    _readers.append(reader())
    return reader


def reader_for(path: Path) -> Reader | None:
    """The reader that takes this file, if one does."""
    return next((reader for reader in _readers if reader.takes(path)), None)


@register
class TextReader:
    """A page as plain text, one to a file: what a crawler or a copy from the browser gives."""

    suffixes = frozenset({".txt", ".text"})

    def takes(self, path: Path) -> bool:
        return path.suffix.lower() in self.suffixes

    def read(self, path: Path, columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Reading]:
        yield understood(str(path), path, lambda: portal_text.parse(files.read_text(path)))


@register
class HtmlReader:
    """A page of HTML, one to a file: what a browser saves, or `wget`."""

    suffixes = frozenset({".html", ".htm", ".xhtml", ".aspx", ".php"})

    def takes(self, path: Path) -> bool:
        return path.suffix.lower() in self.suffixes

    def read(self, path: Path, columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Reading]:
        yield understood(str(path), path, lambda: portal_html.parse(files.read_text(path)))


@register
class RecordReader:
    """Many pages in a file, a JSON object on each line: what an export of a database gives."""

    suffixes = frozenset({".jsonl", ".ndjson"})
    max_size = 1024**3  # bytes

    def takes(self, path: Path) -> bool:
        return path.suffix.lower() in self.suffixes

    def read(self, path: Path, columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Reading]:
        try:
            lines = files.read_text(path, self.max_size).split("\n")
        except Unreadable as problem:
            yield Reading(str(path), problem=str(problem))
            return
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            origin = f"{path}:{number}"
            yield understood(origin, path, lambda line=line: records.parse(line))


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
                yield from self._pages(path, archive.folder, columns)
        except Unreadable as problem:
            yield Reading(str(path), problem=str(problem))

    def _pages(self, path: Path, folder: Path, columns: Mapping[str, str]) -> Iterator[Reading]:
        """The pages, their places named as in the archive; archives within archives are left alone."""
        for found in find([folder]):
            reader = reader_for(found.path)
            if reader is None or reader is self or found.problem:
                continue
            for reading in reader.read(found.path, columns):
                inside = PurePosixPath(reading.origin).relative_to(folder)
                yield replace(reading, origin=f"{path}!{inside}", folder=reading.folder or folder)


def understood(origin: str, page: Path, parse: Callable[[], ImportedArticle]) -> Reading:
    """What `parse` makes of a page, or why it makes nothing of it."""
    try:
        return Reading(origin, parse(), page=page)
    except Incomplete as problem:
        return Reading(origin, problem.article, str(problem), page)
    except Unreadable as problem:
        return Reading(origin, problem=str(problem))
