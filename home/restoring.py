"""Puts a backup (see `home.backup`) in the place of the present state, after everything in it was checked."""

import hashlib
import json
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any

from home.backup import BLOCK, DATABASE, FORMAT, MANIFEST, Progress

UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError)


class NotRestorable(Exception):
    """The backup is damaged, foreign or too new; nothing was changed."""


def unpack(backup: Path, folder: Path, newest: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Unpacks and checks a backup: database and media lie in `folder` afterwards. Returns its manifest.

    `newest` is the name of the last migration of each app that this version knows. Raises
    NotRestorable with the reason, OSError when there is no room.
    """
    try:
        with zipfile.ZipFile(backup) as archive:
            manifest = _manifest(archive)
            files = manifest["files"]
            _check_room(sum(known["size"] for known in files.values()), folder)
            for number, (name, known) in enumerate(files.items(), 1):
                _unpack_file(archive, name, known, folder)
                progress("checking", number, len(files))
    except UNREADABLE as error:
        raise NotRestorable(f"{backup} is not a backup, or damaged: {error}") from None
    (folder / "media").mkdir(exist_ok=True)
    _check_database(folder / DATABASE, newest)
    return manifest


def replace(present: Iterable[Path], arriving: Mapping[Path, Path], aside: Path) -> None:
    """Moves what there is of `present` to `aside` and `arriving` (from: to) in; after an error all is as before."""
    aside.mkdir(parents=True)
    moves = [(path, aside / path.name) for path in present if path.exists()] + list(arriving.items())
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            source.rename(target)
            done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            target.rename(source)
        aside.rmdir()
        raise


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    names = archive.namelist()
    try:
        manifest = json.loads(archive.read(MANIFEST))
        files = {
            str(name): {"size": int(f["size"]), "sha256": str(f["sha256"])} for name, f in manifest["files"].items()
        }
        form = manifest["format"]
    except (KeyError, ValueError, TypeError, AttributeError):
        raise NotRestorable(f"it has no {MANIFEST} that can be read") from None
    if form != FORMAT:
        raise NotRestorable(f"it has the format {form}; this version reads {FORMAT}")
    if sorted(names) != sorted([MANIFEST, *files]) or DATABASE not in files:
        raise NotRestorable(f"the files in it are not those that its {MANIFEST} names")
    for name in files:
        _check_name(name)
    return manifest | {"files": files}


def _check_name(name: str) -> None:
    """Only the database and files below media/: a forged backup must not write anywhere else."""
    parts = PurePosixPath(name).parts
    plain = ".." not in parts and "\\" not in name and "\0" not in name and str(PurePosixPath(name)) == name
    if name != DATABASE and not (plain and len(parts) > 1 and parts[0] == "media"):
        raise NotRestorable(f"it holds a file that does not belong there: {name!r}")


def _check_room(size: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        raise NotRestorable(f"it needs {size:,} bytes, and {folder} has {free:,} left")


def _unpack_file(archive: zipfile.ZipFile, name: str, known: Mapping[str, Any], folder: Path) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), known["size"]
    with archive.open(name) as source, target.open("wb") as copy:
        while left >= 0 and (block := source.read(BLOCK)):  # no further than promised: it could unpack without end
            copy.write(block)
            digest.update(block)
            left -= len(block)
    if left or digest.hexdigest() != known["sha256"]:
        raise NotRestorable(f"{name} in it is damaged")


def _check_database(database: Path, newest: Mapping[str, str]) -> None:
    try:
        with closing(sqlite3.connect(database)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            applied = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    except sqlite3.DatabaseError as error:
        raise NotRestorable(f"the database in it cannot be read: {error}") from None
    if verdict != "ok":
        raise NotRestorable(f"the database in it is damaged: {verdict}")
    # By number and not by presence: old migrations may have been squashed away since.
    unknown = [f"{app}.{name}" for app, name in applied if app in newest and name > newest[app]]
    if unknown:
        raise NotRestorable(f"it was made by a newer version, which has {', '.join(sorted(unknown))}")
