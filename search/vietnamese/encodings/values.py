"""The old encodings by name, and what a repair gives back."""

from enum import StrEnum
from typing import NamedTuple


class Encoding(StrEnum):
    """How Vietnamese was written before Unicode; the values are the names that people know them by."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI-Windows"
    VISCII = "VISCII"
    CP1258 = "Windows-1258"


class Repaired(NamedTuple):
    """A text in Unicode. `encoding` is what the most of it was in, None where nothing was changed.

    `confidence` goes from 0.5 (as likely right as wrong) to 1: that what was changed was rightly changed.
    """

    text: str
    encoding: Encoding | None = None
    confidence: float = 1.0


class Part(NamedTuple):
    """A piece of a text: an element of HTML, a run of a Word file. `font` is the one that shows it, if known."""

    text: str
    font: str | None = None
