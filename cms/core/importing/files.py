"""Reads a file of unknown origin as text, or says why not."""

import codecs
import io
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from cms.core.importing.values import Unreadable
from search.vietnamese.encodings import as_windows

MAX_SIZE = 20 * 1024 * 1024  # bytes; a page of text has some thousands
MAX_LINE = 4 * 1024 * 1024  # bytes, where a file is read line by line

_BOMS_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What begins so is a picture, a document or an archive first, whatever browsers find in it as well.
_OTHER_KINDS = {"GIF87a": "GIF", "GIF89a": "GIF", "%PDF-": "PDF", "PK\x03\x04": "ZIP", "{\\rtf": "RTF"}
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
    with opened(path, max_size) as file:
        data = file.read(max_size + 1)
    if len(data) > max_size:
        raise _too_large(max_size)
    return data


def lines_of(path: Path, max_size: int) -> Iterator[str]:
    """The lines of a text, one after the other: a large file takes no more memory than a small one.

    Encodings are those of `decode`, line by line. Raises Unreadable, in the middle perhaps.
    """
    with opened(path, max_size) as file:
        if not file.peek(1):
            raise Unreadable(_("empty"))
        is_utf16 = file.peek(2)[:2] in _BOMS_UTF16
        lines = _lines_of_utf16(file) if is_utf16 else map(_decoded_8_bit, _limited(file))
        for line in lines:
            refuse_binary(line)
            yield line


def _limited(file: io.BufferedReader) -> Iterator[bytes]:
    while line := file.readline(MAX_LINE + 1):
        _refuse_nul(line.find(b"\0"))
        if len(line) > MAX_LINE:
            raise Unreadable(_("a line has more than %(limit)d MB") % {"limit": MAX_LINE // 1024**2})
        yield line


def _lines_of_utf16(file: io.BufferedReader) -> Iterator[str]:
    text = io.TextIOWrapper(file, "utf-16", newline="\n")
    try:
        while line := text.readline(MAX_LINE):
            yield line
    except UnicodeDecodeError as error:
        raise Unreadable(_("not %(name)s: %(reason)s") % {"name": "UTF-16", "reason": error.reason}) from error


@contextmanager
def opened(path: Path, max_size: int) -> Iterator[io.BufferedReader]:
    """A regular file of at most `max_size` bytes, open for reading. Raises Unreadable."""
    try:
        # Without O_NONBLOCK a named pipe would wait for a writer for ever.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise Unreadable(_("not a regular file"))
            if found.st_size > max_size:
                raise _too_large(max_size)
            yield file
    except OSError as error:
        raise Unreadable(_("cannot be read: %(reason)s") % {"reason": error.strerror or error}) from error


def _too_large(limit: int) -> Unreadable:
    return Unreadable(_("larger than %(limit)d MB") % {"limit": limit // 1024**2})


def decode(data: bytes) -> str:
    """UTF-8 with or without a byte order mark, UTF-16 with one, or else what Windows-1252 makes of the bytes.

    The last is how texts in the encodings before Unicode arrive; `legacy` brings them to it. Raises Unreadable.
    """
    if not data.strip():
        raise Unreadable(_("empty"))
    if data.startswith(_BOMS_UTF16):
        text = _decoded(data, "utf-16", "UTF-16")
    else:
        _refuse_nul(data.find(b"\0"))
        text = _decoded_8_bit(data)
    refuse_binary(text)
    return text


def refuse_binary(text: str) -> None:
    """Raise Unreadable for what could be decoded and is no text all the same."""
    _refuse_nul(text.find("\0"))
    if kind := next((kind for mark, kind in _OTHER_KINDS.items() if text.startswith(mark)), ""):
        raise Unreadable(_("is no text but: %(kind)s") % {"kind": kind})
    if len(_CONTROLS.findall(text)) > _MAX_CONTROLS * len(text):
        raise Unreadable(_("binary, not text: full of control characters"))
    if len(_TWICE_ENCODED.findall(text)) > len(text) / 50:
        raise Unreadable(_("encoded twice: UTF-8 that was taken for another encoding and saved as UTF-8 again"))


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
