"""Tables as text: what separates the cells and which encoding it is, is found out."""

import csv
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _

from cms.core.importing.files import MAX_LINE, lines_of, opened
from cms.core.importing.values import Unreadable

MAX_SIZE = 1024**3  # bytes; it is read as a stream
_SEPARATORS = ",;\t|"
_NAMED = re.compile(r"sep=(.)\s*", re.IGNORECASE)  # Excel's own word for it, above the table
_LOOKED_AT = 1024**2  # bytes
_QUOTED = re.compile(r'"[^"]*"')

csv.field_size_limit(MAX_LINE)  # of the library as a whole; its own is less than a page of HTML may have


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file, empty ones too. Raises Unreadable, in the middle perhaps."""
    lines = lines_of(path, MAX_SIZE, _codec(path))
    first = next(lines)
    named = _NAMED.fullmatch(first)
    separator = named[1] if named else max(_SEPARATORS, key=_QUOTED.sub("", first).count)
    try:
        yield from csv.reader(lines if named else chain([first], lines), delimiter=separator)
    except csv.Error as error:
        raise Unreadable(_("no table that can be read: %(reason)s") % {"reason": error}) from error


def _codec(path: Path) -> str:
    """UTF-8 or UTF-16 where it can be; else what Excel writes on Vietnamese machines."""
    with opened(path, MAX_SIZE) as file:
        head = file.read(_LOOKED_AT)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8-sig" if error.start > len(head) - 4 else "cp1258"  # cut in the middle of a character
    return "utf-8-sig"
