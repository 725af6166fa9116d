"""JPEG: segments behind each other, each with a mark and its length."""

import re
from collections.abc import Iterator

from cms.core.traces.exif import only_orientation

_EXIF, _PROFILE = b"Exif\0\0", b"ICC_PROFILE\0"
_APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_SCAN, _END = 0xDA, 0xD9
_MARK = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")  # within the picture's own data, where FF is written as FF 00


def clean_jpeg(data: bytes) -> bytes:
    """The picture without Exif (but the orientation), XMP, IPTC, comments, and what follows its end: phones put films
    and second pictures there.
    """
    return b"\xff\xd8" + b"".join(_kept(data))


def _kept(data: bytes) -> Iterator[bytes]:
    at = 2
    while found := _MARK.match(data, at):
        mark, start = found[1][0], found.end()
        if mark == _END:
            yield b"\xff\xd9"
            return
        end = start + int.from_bytes(data[start : start + 2], "big")
        yield _segment(mark, data[start + 2 : end])
        at = max(end, start + 2)
        if mark == _SCAN:
            scan = _MARK.search(data, at)
            yield data[at : scan.start() if scan else len(data)]
            at = scan.start() if scan else len(data)
    yield data[at:]  # of a damaged file, which browsers show as far as they can


def _segment(mark: int, content: bytes) -> bytes:
    """The segment, or nothing where it tells only of the picture."""
    if mark == _APP1 and content.startswith(_EXIF):
        kept = only_orientation(content.removeprefix(_EXIF))
        content = _EXIF + kept if kept else b""
        return _written(mark, content) if content else b""
    is_needed = (
        mark == _APP0 or mark == _APP14 or (mark == _APP2 and content.startswith(_PROFILE))  # the last: its colours
    )
    return _written(mark, content) if is_needed or not (_APP0 <= mark <= _APP15 or mark == _COMMENT) else b""


def _written(mark: int, content: bytes) -> bytes:
    return bytes([0xFF, mark]) + (len(content) + 2).to_bytes(2, "big") + content
