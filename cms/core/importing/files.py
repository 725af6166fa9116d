"""Reads a file of unknown origin as text, or says why not."""

import codecs
import os
import re
import stat
from pathlib import Path

from django.utils.translation import gettext as _

from cms.core.importing.values import Unreadable

MAX_SIZE = 20 * 1024 * 1024  # bytes; a page of text has some thousands

_MAX_CONTROLS = 0.01  # of all characters; stray ones are dropped later, more of them are no text
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
# `Trường` in UTF-8, taken for Latin-1 and encoded again, is `TrÆ°á»\x9dng`.
_TWICE_ENCODED = re.compile("á[ºÂ»][\x80-\xbf]?|Æ[°¡]|Ã[\x80-\xbf]|Ä[\x80-\xbf]")


def read_text(path: Path, max_size: int = MAX_SIZE) -> str:
    """The text of a regular file. Raises Unreadable for everything else, with the reason."""
    return decode(read_bytes(path, max_size))


def read_bytes(path: Path, max_size: int = MAX_SIZE) -> bytes:
    """The bytes of a regular file of at most `max_size` bytes. Raises Unreadable."""
    try:
        # Without O_NONBLOCK a named pipe would wait for a writer for ever.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Unreadable(_("not a regular file"))
            data = file.read(max_size + 1) if os.fstat(file.fileno()).st_size <= max_size else None
    except OSError as error:
        raise Unreadable(_("cannot be read: %(reason)s") % {"reason": error.strerror}) from error
    if data is None or len(data) > max_size:
        raise Unreadable(_("larger than %(limit)d MB") % {"limit": max_size // 1024**2})
    return data


def decode(data: bytes) -> str:
    """UTF-8 with or without a byte order mark, or UTF-16 with one. Raises Unreadable."""
    if not data.strip():
        raise Unreadable(_("empty"))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(data, "utf-16", "UTF-16")
    else:
        _refuse_nul(data.find(b"\0"))
        text = _decoded(data, "utf-8-sig", "UTF-8")
    _refuse_nul(text.find("\0"))
    if len(_CONTROLS.findall(text)) > _MAX_CONTROLS * len(text):
        raise Unreadable(_("binary, not text: full of control characters"))
    if len(_TWICE_ENCODED.findall(text)) > len(text) / 50:
        raise Unreadable(_("encoded twice: UTF-8 that was taken for another encoding and saved as UTF-8 again"))
    return text


def _refuse_nul(offset: int) -> None:
    if offset >= 0:
        raise Unreadable(_("binary, not text: a zero byte at offset %(offset)d") % {"offset": offset})


def _decoded(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        # The codec that skips the mark counts from behind it.
        offset = error.start + len(data) - len(error.object)
        if error.reason in {"unexpected end of data", "truncated data"}:
            raise Unreadable(_("truncated: the file ends in the middle of a character")) from error
        values = {"name": name, "byte": data[offset], "offset": offset}
        raise Unreadable(_("not %(name)s: byte 0x%(byte)02x at offset %(offset)d") % values) from error
