"""Tables of TOML, read with messages that name the file and the field."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from django.utils import timezone

Value = TypeVar("Value")


class BadDemo(ValueError):
    """Something is wrong in the demo content; the text names the file, the field and the reason."""


@dataclass(frozen=True)
class Table:
    """A table and the place where it stands, such as `articles/x.toml: body[3].picture`."""

    values: Mapping[str, Any]
    place: str

    def bad(self, field: str, reason: str) -> BadDemo:
        """The error to raise for a field, or for the table itself with an empty `field`."""
        return BadDemo(f"{self.at(field)}: {reason}")

    def at(self, field: str) -> str:
        """The place of a field."""
        if not field:
            return self.place
        return f"{self.place}{': ' if self.place.endswith('.toml') else '.'}{field}"

    def only(self, *fields: str) -> "Table":
        """This table, if it has no other fields than these."""
        for field in self.values:
            if field not in fields:
                raise self.bad(field, f"no such field here; there are {', '.join(fields)}")
        return self

    def text(self, field: str, default: str | None = None) -> str:
        """A text in Unicode's composed form; one that is not optional is not empty either."""
        value = self._get(field, str, default).strip()
        if not value and default is None:
            raise self.bad(field, "must not be empty")
        if value != unicodedata.normalize("NFC", value):
            raise self.bad(field, "is not in Unicode's composed form (NFC)")
        return value

    def number(self, field: str, default: int | None = None) -> int:
        return self._get(field, int, default)

    def time(self, field: str) -> datetime:
        """A date and time of the site's time zone."""
        value = self._get(field, datetime, None)
        return value if timezone.is_aware(value) else timezone.make_aware(value)

    def day(self, field: str) -> date | None:
        """A day; None where the field is missing."""
        if field not in self.values:
            return None
        value = self._get(field, date, None)
        return value.date() if isinstance(value, datetime) else value

    def flag(self, field: str) -> bool:
        """Whether a field is true; a missing one is not."""
        if (value := self.values.get(field, False)) not in (True, False):
            raise self.bad(field, "must be true or false")
        return bool(value)

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; none where the field is missing."""
        values = self._get(field, list, [])
        return tuple(
            Table({f"{field}[{i}]": value}, self.place).text(f"{field}[{i}]") for i, value in enumerate(values)
        )

    def table(self, field: str) -> "Table":
        return Table(self._get(field, dict, None), self.at(field))

    def tables(self, field: str) -> tuple["Table", ...]:
        """A list of tables; none where the field is missing."""
        values = enumerate(self._get(field, list, []), 1)
        return tuple(Table({"": value}, self.at(f"{field}[{i}]"))._whole() for i, value in values)

    def _whole(self) -> "Table":
        value = self.values[""]
        if not isinstance(value, dict):
            raise self.bad("", "must be a table")
        return Table(value, self.place)

    def _get(self, field: str, kind: type[Value], default: Value | None) -> Value:
        value = self.values.get(field, default)
        if value is None:
            raise self.bad(field, "is missing")
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.bad(field, f"must be of the type {kind.__name__}, not {type(value).__name__}")
        return value


def read_table(path: Path, root: Path) -> Table:
    """The table in a TOML file; messages call it by its place below `root`."""
    place = path.relative_to(root).as_posix()
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), place)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadDemo(f"{place}: {error}") from None
