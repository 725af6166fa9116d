"""Vietnamese before Unicode: TCVN3, VNI-Windows, VISCII, Windows-1258, and their bytes taken for Western European ones.

`repair` is for a text of which nobody knows what it is in: it changes what is sure to be legacy, by runs of words, and
leaves everything else alone. `repair_parts` is the same for a text in pieces, each perhaps in a font that is known (an
element of HTML, a run of a Word file). `read_font` says what a font's name tells. Where the encoding is known:
`decode` and `encode` for bytes, `reread` and `misread` for text that was decoded as Latin-1 or Windows-1252.
"""

from search.vietnamese.encodings.codecs import as_windows, decode, encode, misread, reread
from search.vietnamese.encodings.fonts import Font, read_font
from search.vietnamese.encodings.repairing import repair, repair_parts
from search.vietnamese.encodings.values import Encoding, Part, Repaired

__all__ = [
    "Encoding",
    "Font",
    "Part",
    "Repaired",
    "as_windows",
    "decode",
    "encode",
    "misread",
    "read_font",
    "repair",
    "repair_parts",
    "reread",
]
