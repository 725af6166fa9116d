"""Everything in the files and folders that an import was given, page by page. Writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from cms.core.importing.folders import Found, find
from cms.core.importing.html import FILES
from cms.core.importing.media import PICTURES
from cms.core.importing.readers import NO_COLUMNS, Reading, reader_for


def read_all(paths: Sequence[Path], columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Reading]:
    """The pages in order, with what cannot be read or is left out, and why."""
    for found in find(list(paths)):
        yield from _pages(found, columns)


def _pages(found: Found, columns: Mapping[str, str]) -> Iterator[Reading]:
    if found.problem:
        yield Reading(str(found.path), problem=found.problem, is_skipped=not found.is_error)
    elif (reader := reader_for(found.path)) is None and found.path.suffix.lower() in PICTURES | FILES:
        return  # it belongs to a page, or to none
    elif reader is None:
        yield Reading(str(found.path), problem=_("no reader for this kind of file"), is_skipped=True)
    else:
        for reading in reader.read(found.path, columns):
            yield replace(reading, folder=reading.folder or found.root)
