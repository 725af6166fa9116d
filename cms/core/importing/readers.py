"""Which reader takes a file. A new kind of file is a class here or elsewhere with `@register` above it."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from cms.core.importing import files, portal_html, portal_text, records, tables, word
from cms.core.importing.values import ImportedArticle, Incomplete, Unreadable


@dataclass(frozen=True)
class Reading:
    """One page of a file: what was understood, or why nothing was.

    `origin` names the place for people: the file's path, with the place in it where a file holds many pages. It is
    the same each time the file is read. `page` is the page's own file and `folders` are where its pictures may be,
    while it is being read: the unpacked archive, or the folder that was named to the run.

    With a problem the page cannot be imported as it is. If there is an article all the same, it lacks what the
    problem names and is as good as any other once that is corrected. `is_skipped` says that the file was left out by
    choice: a list, a picture, a second copy.
    """

    origin: str
    article: ImportedArticle | None = None
    problem: str = ""
    page: Path | None = None
    folders: tuple[Path, ...] = ()
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
            for _line in files.lines_of(path, self.max_size):
                pass  # to its end first: it is taken or refused as a whole
            for number, line in enumerate(files.lines_of(path, self.max_size), 1):
                if line.strip():
                    yield understood(f"{path}:{number}", path, partial(records.parse, line))
        except Unreadable as problem:
            yield Reading(str(path), problem=str(problem))


@register
class WordReader:
    """A page written with Word, with its pictures."""

    suffixes = frozenset({".docx"})

    def takes(self, path: Path) -> bool:
        return path.suffix.lower() in self.suffixes

    def read(self, path: Path, columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Reading]:
        with tempfile.TemporaryDirectory(prefix="trang-import-") as name:
            folder = Path(name)  # the pictures lie here while the page is being read
            reading = understood(str(path), folder / path.name, lambda: word.parse(path, folder))
            yield replace(reading, folders=(folder,))


@register
class TableReader:
    """Many pages in a table, one to a row: what an export of a database gives, or a list kept in Excel."""

    suffixes = frozenset({".csv", ".tsv", ".xlsx"})

    def takes(self, path: Path) -> bool:
        return path.suffix.lower() in self.suffixes

    def read(self, path: Path, columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Reading]:
        try:
            for number, row in tables.rows_of(path, columns):
                yield understood(f"{path}:{number}", path, row)
        except Unreadable as problem:
            yield Reading(str(path), problem=str(problem))


def understood(origin: str, page: Path, parse: Callable[[], ImportedArticle]) -> Reading:
    """What `parse` makes of a page, or why it makes nothing of it."""
    try:
        return Reading(origin, parse(), page=page)
    except Incomplete as problem:
        return Reading(origin, problem.article, str(problem), page)
    except Unreadable as problem:
        return Reading(origin, problem=str(problem))
