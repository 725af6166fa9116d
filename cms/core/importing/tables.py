"""Tables of old pages, one to a row below a row of names: which column holds what."""

from collections.abc import Mapping
from pathlib import Path


def columns_of(path: Path) -> list[str]:
    """The names in the first row of a CSV or XLSX file. Raises Unreadable."""
    raise NotImplementedError


def guess(columns: list[str]) -> dict[str, str]:
    """Field → column for those columns whose names say what they hold. Fields are those of `records.FIELDS`."""
    raise NotImplementedError


def missing(columns: list[str], mapping: Mapping[str, str]) -> str:
    """Why a table with these columns cannot be read by this mapping; empty if it can."""
    raise NotImplementedError
