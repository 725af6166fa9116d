"""Which reader takes a file. A new kind of file is a class here or elsewhere with `@register` above it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cms.core.importing import files, portal_text
from cms.core.importing.values import ImportedArticle, Unreadable


@dataclass(frozen=True)
class Reading:
    """One page of a file: what was understood, or why nothing was.

    `origin` names the place for people: the file's path, with the place in it where a file holds many pages.
    """

    origin: str
    article: ImportedArticle | None = None
    problem: str = ""


class Reader(Protocol):
    """Reads one kind of file."""

    def takes(self, path: Path) -> bool:
        """Whether this is a file for this reader, by its name or its first bytes; must not raise."""

    def read(self, path: Path) -> Iterator[Reading]:
        """The pages in the file. What cannot be read is a Reading with a problem, never an exception."""


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

    def read(self, path: Path) -> Iterator[Reading]:
        try:
            yield Reading(str(path), portal_text.parse(files.read_text(path)))
        except Unreadable as problem:
            yield Reading(str(path), problem=str(problem))
