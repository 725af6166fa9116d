"""Tables of old pages (CSV, Excel): one page to a row, below a row with the names of the columns.

columns_of(path)           the names, to map them
guess(names)               field → column, by their names
rows_of(path, mapping)     the rows, for the reader
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cms.core.importing import csv_tables, excel_tables, legacy
from cms.core.importing.cells import refuse_formula
from cms.core.importing.columns import guess, mapped
from cms.core.importing.fields import parse_reads
from cms.core.importing.records import article_of
from cms.core.importing.values import ImportedArticle, Unreadable
from search.vietnamese import compose

__all__ = ["columns_of", "guess", "rows_of"]

_HTML = re.compile(r"<(?:p|br|div|span|b|strong|em|i|ul|ol|li|table|h[1-6]|img|a)\b[^<>]*>", re.IGNORECASE)
_TAG_ENDS = re.compile(r"[,;|\n]")


def columns_of(path: Path) -> list[str]:
    """The names in the first row that is not empty. Raises Unreadable."""
    return _header(_numbered(path))


def rows_of(path: Path, mapping: Mapping[str, str]) -> Iterator[tuple[int, Callable[[], ImportedArticle]]]:
    """The rows below the names: each by its number, with what makes an article of it. Raises Unreadable.

    The file is read to its end before the first row is given: it is taken or refused as a whole.
    """
    for _row in _numbered(path):
        pass
    rows = _numbered(path)
    columns = _header(rows)
    places = {field: columns.index(column) for field, column in mapped(columns, mapping).items()}
    for number, cells in rows:
        yield number, partial(_article, number, cells, places)


def _numbered(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, numbered as spreadsheets do."""
    rows = excel_tables.rows(path) if path.suffix.lower() == ".xlsx" else csv_tables.rows(path)
    for number, cells in enumerate(rows, 1):
        if number > settings.IMPORT_MAX_ENTRIES:
            raise Unreadable(_("more than %(limit)d rows") % {"limit": settings.IMPORT_MAX_ENTRIES})
        if any(map(str.strip, cells)):
            yield number, cells


def _header(rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    for _number, cells in rows:
        names = legacy.repaired([(compose(cell), None) for cell in cells])
        return [" ".join(name.split()) for name in names]
    raise Unreadable(_("empty"))


def _article(number: int, cells: list[str], places: Mapping[str, int]) -> ImportedArticle:
    record: dict[str, Any] = {}
    for field, place in places.items():
        cell = cells[place] if place < len(cells) else ""
        refuse_formula(cell, place, number)
        if text := compose(cell.strip()):
            field = "html" if field == "text" and _HTML.search(text) else field
            record[field] = _READ[field](text) if field in _READ else text
    return article_of(record)


def _reads(text: str) -> int:
    if (reads := parse_reads(text)) is None:
        raise Unreadable(_("reads: no number can be read from “%(text)s”") % {"text": text[:40]})
    return reads


_READ: dict[str, Callable[[str], Any]] = {
    "reads": _reads,
    "authors": lambda text: [text],
    "tags": lambda text: [tag.strip() for tag in _TAG_ENDS.split(text)],
}
