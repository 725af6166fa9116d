"""Tables as text, in whatever encoding `files` reads; what separates the cells is found out."""

import csv
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _

from cms.core.importing.files import MAX_LINE, lines_of
from cms.core.importing.values import Unreadable

MAX_SIZE = 1024**3  # bytes; it is read as a stream
_SEPARATORS = ",;\t|"
_NAMED = re.compile(r"sep=(.)\s*", re.IGNORECASE)  # Excel's own word for it, above the table
_QUOTED = re.compile(r'"[^"]*"')

csv.field_size_limit(MAX_LINE)  # of the library as a whole; its own is less than a page of HTML may have


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file, empty ones too. Raises Unreadable, in the middle perhaps."""
    lines = lines_of(path, MAX_SIZE)
    first = next(lines)
    named = _NAMED.fullmatch(first)
    separator = named[1] if named else max(_SEPARATORS, key=_QUOTED.sub("", first).count)
    try:
        yield from csv.reader(lines if named else chain([first], lines), delimiter=separator)
    except csv.Error as error:
        raise Unreadable(_("no table that can be read: %(reason)s") % {"reason": error}) from error
