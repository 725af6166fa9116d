"""Text in the fonts that Vietnamese was written with before Unicode (`.VnTime`, `VNI-Times`)."""

from collections.abc import Sequence


def repaired(parts: Sequence[tuple[str, str | None]]) -> list[str]:
    """The pieces of a text, each with the name of its font where that is known, in Unicode.

    The seam to `search.vietnamese.encodings`: as long as that is not there, everything stays as it is.
    """
    return [text for text, _font in parts]
