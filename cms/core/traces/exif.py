"""Exif, of which nothing stays but which way up the picture is."""

import struct

from PIL import Image as Pillow

_ORIENTATION = 0x0112
_UPRIGHT = 1


def only_orientation(tiff: bytes) -> bytes:
    """Exif (without the mark before it) that says which way up the picture is; nothing for one that is upright."""
    exif = Pillow.Exif()
    try:
        exif.load(tiff)
        orientation = exif.get(_ORIENTATION, _UPRIGHT)
    except (SyntaxError, ValueError, struct.error, KeyError, TypeError, IndexError):
        return b""
    if orientation not in range(2, 9):
        return b""
    kept = Pillow.Exif()
    kept[_ORIENTATION] = orientation
    return kept.tobytes().removeprefix(b"Exif\0\0")
