"""What stands in a cell of a table, as text; formulas are never worked out."""

import re
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from cms.core.importing.values import Unreadable
from cms.core.text import storable

# As text, too, which spreadsheets work out when the table is opened: `=…`, `+CMD|' /C calc'!A0`, `@SUM(1)`; but not
# `- Căn cứ Quyết định`, `-5` or `+84 912 345 678`.
_FORMULA = re.compile(r"\s*(?:=\s*[^\s=]|[+@-][\w.$+*/^-]*(?:[(|!]|[+*/^-]\w+[(|!]))", re.ASCII)


class Formula(str):
    """A cell of which the file says that it is a formula."""


def text_of(value: Any) -> str:
    """A value as a person would read it; moments by ISO 8601."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return "" if value is None else storable(str(value))


def refuse_formula(cell: str, column: int, row: int) -> None:
    """Raise Unreadable for a formula, with its place as spreadsheets name it."""
    if isinstance(cell, Formula) or _FORMULA.match(cell):
        values = {"cell": f"{_letters(column)}{row}", "text": cell.strip()[:40]}
        raise Unreadable(_("cell %(cell)s: formulas are not taken, only what they gave: “%(text)s”") % values)


def _letters(column: int) -> str:
    """A, B, … Z, AA, … of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
