"""PNG: chunks behind each other, each with its length, name and checksum."""

import zlib
from collections.abc import Iterator

from cms.core.traces.exif import only_orientation

_MARK = b"\x89PNG\r\n\x1a\n"
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"tIME"})  # XMP is one of these


def clean_png(data: bytes) -> bytes:
    """The picture without texts and Exif (but the orientation), and without what follows its end."""
    return _MARK + b"".join(_kept(data))


def _kept(data: bytes) -> Iterator[bytes]:
    at = len(_MARK)
    while at + 12 <= len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + size
        if name == b"eXIf":
            exif = only_orientation(data[at + 8 : end - 4])
            yield _written(name, exif) if exif else b""
        elif name not in _TEXTS:
            yield data[at:end]
        if name == b"IEND":
            return
        at = end


def _written(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return len(content).to_bytes(4, "big") + name + content + checksum.to_bytes(4, "big")
