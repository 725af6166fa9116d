"""Reads a file of unknown origin as text, or says why not."""

import codecs
import os
import re
import stat
from pathlib import Path

from django.utils.translation import gettext as _

from cms.core.importing.values import Unreadable
from search.vietnamese.encodings import as_windows

MAX_SIZE = 20 * 1024 * 1024  # bytes; a page of text has some thousands

_MAX_CONTROLS = 0.01  # of all characters; stray ones are dropped later, more of them are no text
_MAX_HIGH = 0.5  # of all bytes; texts in old encodings have a third at most
_LOST = "\ufffd"
_HIGH = re.compile(b"[\x80-\xff]+")
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
    """UTF-8 with or without a byte order mark, UTF-16 with one, or else what Windows-1252 makes of the bytes.

    The last is how texts in the encodings before Unicode arrive; `legacy` brings them to it. Raises Unreadable.
    """
    if not data.strip():
        raise Unreadable(_("empty"))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(data, "utf-16", "UTF-16")
    else:
        _refuse_nul(data.find(b"\0"))
        text = _decoded_8_bit(data)
    _refuse_nul(text.find("\0"))
    if len(_CONTROLS.findall(text)) > _MAX_CONTROLS * len(text):
        raise Unreadable(_("binary, not text: full of control characters"))
    if len(_TWICE_ENCODED.findall(text)) > len(text) / 50:
        raise Unreadable(_("encoded twice: UTF-8 that was taken for another encoding and saved as UTF-8 again"))
    return text


def _decoded_8_bit(data: bytes) -> str:
    """Line by line where not all is UTF-8: old articles lie within the frames of newer programs."""
    try:
        return _decoded(data, "utf-8-sig", "UTF-8")
    except Unreadable:
        lines = data.splitlines(keepends=True)
        if data.startswith(codecs.BOM_UTF8) or any(map(_is_damaged, lines)):
            raise
        if sum(map(len, _HIGH.findall(data))) > _MAX_HIGH * len(data):
            raise
        return "".join(map(_decoded_line, lines))


def _decoded_line(line: bytes) -> str:
    """The line as UTF-8, unless that fails, or leads to letters of another script, as it may by accident."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return as_windows(line)
    return text if all(map(_is_usual, text)) else as_windows(line)


def _is_damaged(line: bytes) -> bool:
    """Whether this is UTF-8 that was cut or has a few wrong bytes, and nothing else."""
    text = line.decode(errors="replace")
    lost = text.count(_LOST)
    return 0 < lost <= sum(character > "\x7f" and character != _LOST and _is_usual(character) for character in text)


def _is_usual(character: str) -> bool:
    """Whether a page in Vietnamese may well have it: Latin letters, signs, marks."""
    return character < "\u0370" or "\u1e00" <= character < "\u2c00"


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
