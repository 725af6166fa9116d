"""Tables of Excel: the first sheet that has something in it."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from cms.core.importing import office
from cms.core.importing.cells import Formula, text_of
from cms.core.importing.values import Unreadable

_MAIN = "xl/workbook.xml"
_MAX_ELEMENTS = 3_000_000  # three for each cell; they are read as a stream
_MAX_XML = 100 * 1024**2  # bytes
_MAX_COLUMNS = 100
_LOOKED_AT = 1000  # rows


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of the sheet, empty ones too. Raises Unreadable, in the middle perhaps."""
    office.check(path, _MAIN, _MAX_ELEMENTS, _MAX_XML)
    try:
        # As formulas, not as what they gave when the file was saved: so that they can be told and refused.
        with closing(openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)) as book:
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what the file says of them may not be true
            for sheet in filter(_is_filled, book.worksheets):
                yield from (list(map(_text, row)) for row in sheet.iter_rows(max_col=_MAX_COLUMNS))
                return
    except Exception as error:  # all sorts of things, for files that are damaged
        raise Unreadable(_("no table that can be read: %(reason)s") % {"reason": error}) from error


def _is_filled(sheet: Any) -> bool:
    rows = islice(sheet.iter_rows(max_col=_MAX_COLUMNS), _LOOKED_AT)
    return any(any(map(_text, row)) for row in rows)


def _text(cell: Any) -> str:
    return Formula(cell.value) if cell.data_type == "f" else text_of(cell.value)
