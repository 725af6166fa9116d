"""Zip archives, looked at whole before anything is taken out of them."""

import lzma
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils.translation import gettext as _

from cms.core.importing.values import Unreadable

MAX_UNPACKED = 4 * 1024**3  # bytes, all entries together
MAX_ENTRY = 100 * 1024**2  # bytes
MAX_RATIO = 200  # times its packed size; text shrinks to a tenth, what is made to explode to a thousandth
_SMALL = 1024**2  # bytes; what is no larger cannot hurt, however well it is packed
DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Unpacked:
    """A folder with the archive's files, and the entries that were refused: name → reason."""

    folder: Path
    refused: dict[str, str]


@contextmanager
def unpacked(path: Path) -> Iterator[Unpacked]:
    """The archive in a folder of its own, gone at the end. Raises Unreadable for an archive that is refused whole."""
    with tempfile.TemporaryDirectory(prefix="trang-import-") as folder:
        yield Unpacked(Path(folder), unpack(path, Path(folder)))


def unpack(path: Path, folder: Path) -> dict[str, str]:
    """Take everything out into `folder` that may be; the entries that were refused. Raises Unreadable as above."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            check_whole(entries)
            refused = {entry.filename: reason for entry in entries if (reason := entry_problem(entry))}
            for entry in entries:
                if entry.filename not in refused and not entry.is_dir():
                    _take_out(archive, entry, folder, refused)
            return refused
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError) as error:
        raise Unreadable(_("no zip archive that can be read: %(reason)s") % {"reason": error}) from error


def check_whole(entries: list[zipfile.ZipInfo]) -> None:
    """Raise Unreadable for an archive that would unpack to more than anybody wants."""
    limit = settings.IMPORT_MAX_ENTRIES
    if len(entries) > limit:
        raise Unreadable(_("more than %(limit)d entries") % {"limit": limit})
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Unreadable(_("would unpack to more than %(limit)d MB") % {"limit": MAX_UNPACKED // 1024**2})
    for entry in entries:
        if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise Unreadable(_("made to explode: %(name)s") % {"name": entry.filename})


def entry_problem(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not taken out; empty if it may be."""
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in name.parts[0] if name.parts else True:
        return _("leads out of the archive")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return _("a link or another special file")
    if entry.flag_bits & 1:
        return _("locked with a password")
    return _("larger than %(limit)d MB") % {"limit": MAX_ENTRY // 1024**2} if entry.file_size > MAX_ENTRY else ""


def _take_out(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, refused: dict[str, str]) -> None:
    """Write one file; what its directory says of its size is held to, byte by byte, by the library."""
    target = folder / PurePosixPath(entry.filename.replace("\\", "/"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as source, target.open("xb") as copy:
            try:
                shutil.copyfileobj(source, copy)
            except BaseException:
                target.unlink()
                raise
    except FileExistsError:
        refused[entry.filename] = _("is in the archive twice")
    except (*DAMAGED, OSError) as error:
        reason = getattr(error, "strerror", None) or error  # the system's message would name our own folder
        refused[entry.filename] = _("cannot be read: %(reason)s") % {"reason": reason}
