"""HEIC and AVIF: boxes in boxes, and items that are found by their places in the file.

Nothing is moved, since everything is found by its place: what tells of the picture is overwritten where it lies, Exif
with one that says nothing. Which way up the picture is stands in a property of its own.
"""

from collections.abc import Iterator
from typing import NamedTuple

_TELLING = frozenset({b"Exif", b"mime", b"uri "})  # kinds of items: Exif, and XMP as `mime`
_NO_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08" + bytes(6)  # how far off it begins, its head, and no entries
_FILMS = frozenset({b"mpvd", b"uuid"})  # boxes behind the picture, where phones put moving ones
_MAX_ITEMS = 10_000


class _Box(NamedTuple):
    name: bytes
    start: int  # of what is in it
    end: int


def clean_boxes(data: bytes) -> bytes:
    """The picture with Exif and XMP overwritten."""
    made = bytearray(data)
    for box in _boxes(data, 0, len(data)):
        if box.name == b"meta":
            for kind, start, end in _telling(data, box):
                blank = _NO_EXIF if kind == b"Exif" else b""
                made[start:end] = blank[: end - start].ljust(end - start, b"\0" if blank else b" ")
        elif box.name in _FILMS:
            made[box.start : box.end] = bytes(box.end - box.start)
            made[box.start - 4 : box.start] = b"free"
    return bytes(made)


def _boxes(data: bytes, at: int, end: int) -> Iterator[_Box]:
    while at + 8 <= end:
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        size = size or end - at
        if size < head:
            return
        yield _Box(data[at + 4 : at + 8], at + head, min(at + size, end))
        at += size


def _telling(data: bytes, meta: _Box) -> Iterator[tuple[bytes, int, int]]:
    """The items that tell of the picture: of what kind, and where in the file they lie."""
    inside = {box.name: box for box in _boxes(data, meta.start + 4, meta.end)}
    if b"iinf" not in inside or b"iloc" not in inside:
        return
    wanted = dict(_telling_items(data, inside[b"iinf"]))
    own = inside[b"idat"].start if b"idat" in inside else 0
    for item, is_own, start, size in _places(_Reader(data, inside[b"iloc"].start), inside[b"iloc"].end):
        if item in wanted and start + size <= len(data):
            start += own if is_own else 0
            yield wanted[item], start, start + size


def _telling_items(data: bytes, box: _Box) -> Iterator[tuple[int, bytes]]:
    reader = _Reader(data, box.start)
    version = reader.number(1)
    reader.number(3)
    reader.number(2 if version == 0 else 4)
    for entry in _boxes(data, reader.at, box.end):
        if entry.name == b"infe" and data[entry.start] >= 2:
            width = 2 if data[entry.start] == 2 else 4
            kind = entry.start + 4 + width + 2
            if data[kind : kind + 4] in _TELLING:
                item = int.from_bytes(data[entry.start + 4 : entry.start + 4 + width], "big")
                yield item, data[kind : kind + 4]


class _Reader:
    """Reads numbers one after the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self.at = data, at

    def number(self, width: int) -> int:
        self.at += width
        return int.from_bytes(self._data[self.at - width : self.at], "big")


def _places(reader: _Reader, end: int) -> Iterator[tuple[int, bool, int, int]]:
    """Of each part of each item: the item, whether it lies in the box of small items, where, and its size."""
    version = reader.number(1)
    reader.number(3)
    widths = reader.number(2)
    place, size, base, index = (widths >> shift & 15 for shift in (12, 8, 4, 0))
    for _item in range(min(reader.number(4 if version == 2 else 2), _MAX_ITEMS)):
        item = reader.number(4 if version == 2 else 2)
        is_own = version > 0 and reader.number(2) & 15 == 1
        reader.number(2)
        start = reader.number(base)
        for _part in range(min(reader.number(2), _MAX_ITEMS)):
            if version > 0:
                reader.number(index)
            yield item, is_own, start + reader.number(place), reader.number(size)
            if reader.at > end:
                return
