"""WebP: chunks in a RIFF container; a head says which there are."""

from collections.abc import Iterator

from cms.core.traces.exif import only_orientation

_EXIF, _XMP = 0x08, 0x04  # in the head's flags


def clean_webp(data: bytes) -> bytes:
    """The picture without XMP and Exif (but the orientation), and without what follows its end."""
    chunks = list(_kept(data))
    flags = _EXIF if any(name == b"EXIF" for name, _content in chunks) else 0
    body = b"WEBP" + b"".join(_written(name, _headed(name, content, flags)) for name, content in chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _kept(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while at + 8 <= min(end, len(data)):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        content = data[at + 8 : at + 8 + size]
        if name == b"EXIF":
            content = only_orientation(content.removeprefix(b"Exif\0\0"))
        if name != b"XMP " and (content or name != b"EXIF"):
            yield name, content
        at += 8 + size + size % 2


def _headed(name: bytes, content: bytes, flags: int) -> bytes:
    if name != b"VP8X" or not content:
        return content
    return bytes([content[0] & ~(_EXIF | _XMP) | flags]) + content[1:]


def _written(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
