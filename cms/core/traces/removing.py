"""Finds out what kind of file a picture is."""

from cms.core.traces.boxes import clean_boxes
from cms.core.traces.jpeg import clean_jpeg
from cms.core.traces.png import clean_png
from cms.core.traces.webp import clean_webp

_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def without_traces(data: bytes) -> bytes:
    """The picture without anything about its place, author and device; other files (GIF has no such) as they are.

    A file that is damaged loses what can be recognised.
    """
    if data.startswith(b"\xff\xd8"):
        return clean_jpeg(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return clean_png(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return clean_webp(data)
    if data[4:8] == b"ftyp" and data[8:12] in _BRANDS:
        return clean_boxes(data)
    return data
