"""To and from an encoding that is known: bytes, and text that was made of them by taking them for Western European.

Beside its letters an encoding has ASCII and, where no letter of its own lies, the characters of Windows-1252: quotation
marks, dashes. VISCII has no place for these.
"""

import re
from functools import cache
from typing import Literal

from search.vietnamese.encodings.tables import TABLES
from search.vietnamese.encodings.values import Encoding
from search.vietnamese.normalise import compose

Misreading = Literal["latin-1", "cp1252"]


def _windows(byte: int) -> str:
    """The character of Windows-1252, and a control character where it has none, as browsers do."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


# Between Latin-1 and Windows-1252 only these places differ.
TO_WINDOWS = {chr(byte): _windows(byte) for byte in range(0x80, 0xA0)}
TO_LATIN_1 = {windows: latin for latin, windows in TO_WINDOWS.items()}
_TO_WINDOWS, _TO_LATIN_1 = str.maketrans(TO_WINDOWS), str.maketrans(TO_LATIN_1)


def as_windows(data: bytes) -> str:
    """What browsers make of bytes of which they know nothing: Windows-1252. `repair` takes it from there."""
    return data.decode("latin-1").translate(_TO_WINDOWS)


def decode(data: bytes, encoding: Encoding, *, capitals: bool = False) -> str:
    """The Unicode text of legacy bytes. `capitals`: they are shown in one of TCVN3's fonts for capitals."""
    return reread(data.decode("latin-1"), encoding, capitals=capitals)


def encode(text: str, encoding: Encoding) -> bytes:
    """The text as bytes of a legacy encoding; TCVN3 makes toned capitals small, since only its fonts had them.

    Raises UnicodeEncodeError where the encoding has no place for a character.
    """
    text = compose(text)
    for place, character in enumerate(text):
        if ord(character) not in _written_letters(encoding) and character not in _others(encoding):
            raise UnicodeEncodeError(encoding.value, text, place, place + 1, "the encoding has no such character")
    return _written(text, encoding).translate(_TO_LATIN_1).encode("latin-1")


def misread(text: str, encoding: Encoding, read_as: Misreading = "cp1252") -> str:
    """What becomes of a text that is written in `encoding` and read as Western European: `Đội thủ` gives `§éi thñ`.

    What the encoding has no place for stays as it is.
    """
    written = _written(compose(text), encoding)
    return written.translate(_TO_WINDOWS if read_as == "cp1252" else _TO_LATIN_1)


def reread(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """The way back from `misread`, from either reading: `§éi thñ` gives `Đội thủ`, in capitals `ĐỘI THỦ`."""
    if encoding is Encoding.VISCII:
        text = text.translate(_TO_LATIN_1)
    table = TABLES[encoding]
    found = _pattern(encoding).sub(lambda match: table[match[0]], text).translate(_TO_WINDOWS)
    return found.upper() if capitals else found


def as_signs(text: str) -> str:
    """The text with the signs of Windows-1252 where Latin-1 has control characters."""
    return text.translate(_TO_WINDOWS)


def unread(text: str, encoding: Encoding) -> str:
    """What is left of a text without the letters that `reread` finds in it."""
    return _pattern(encoding).sub("", text)


@cache
def _pattern(encoding: Encoding) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, TABLES[encoding]), key=len, reverse=True)))


@cache
def _written_letters(encoding: Encoding) -> dict[int, str]:
    table = {letter: written for written, letter in TABLES[encoding].items()}
    if encoding is Encoding.TCVN3:
        table = {letter.upper(): written for letter, written in table.items()} | table
    return {ord(letter): written for letter, written in table.items()}


@cache
def _others(encoding: Encoding) -> frozenset[str]:
    """Every character beside its letters that a text in the encoding may hold."""
    ascii_ = {chr(code) for code in range(0x80)}
    signs = {*TO_LATIN_1, *(chr(code) for code in range(0xA0, 0xC0))} if encoding is not Encoding.VISCII else set()
    return frozenset((ascii_ | signs) - {written for written in TABLES[encoding] if len(written) == 1})


def _written(text: str, encoding: Encoding) -> str:
    return text.translate(_written_letters(encoding))
