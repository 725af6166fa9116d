"""What a font's name tells of the text in it: the old fonts draw Vietnamese letters in the places of other letters."""

import re
from typing import NamedTuple

from search.vietnamese.encodings.values import Encoding

# .VnTime, .VnArial Narrow, .VnTimeH; some programs drop the full stop. Fonts that end in H draw capitals only.
_TCVN3 = re.compile(r"\.vn[a-z].*|vn(?:time|arial|courier|aristote|teknical|avant|university|commercial)[a-z ]*")
_VNI = re.compile(r"vni[- ].*")
_VISCII = re.compile(r"vi (?:times|arial|courier)\b.*|.*\bviscii\b.*")
_CHARSETS = {"windows-1258": Encoding.CP1258, "cp1258": Encoding.CP1258, "viscii": Encoding.VISCII}
_ENDS_OF_NAME = "'\" \t\r\n\\"


class Font(NamedTuple):
    """`capitals`: the font shows a capital for every letter, so that the text is in capitals however it is stored."""

    encoding: Encoding
    capitals: bool = False


def read_font(name: str | None) -> Font | None:
    """The encoding that a font is made for; None for a font of any other kind.

    Takes the list of a style sheet as well (`'.VnTime', serif`), where the first name counts, and the name of a
    character set, since a page that declares one tells as much.
    """
    first = (name or "").split(",")[0].strip(_ENDS_OF_NAME)
    if _TCVN3.fullmatch(first.lower()):
        return Font(Encoding.TCVN3, first.endswith("H"))
    if _VNI.fullmatch(first.lower()):
        return Font(Encoding.VNI)
    if _VISCII.fullmatch(first.lower()):
        return Font(Encoding.VISCII)
    charset = _CHARSETS.get(first.lower())
    return Font(charset) if charset else None
