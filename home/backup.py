"""A backup: one ZIP file with the database as it was at one moment, and the media folder.

    manifest.json       what is in it: size (bytes) and SHA-256 of every file, and numbers for people
    database.sqlite3    SQLite's online backup: the site stays open and may be written to meanwhile
    media/…             the pictures and documents

The secret key stays out: a backup is copied around, and a new key costs only the open sessions.
"""

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = 1
DATABASE = "database.sqlite3"
MANIFEST = "manifest.json"
PAGES_AT_ONCE = 2_000  # database pages (4 KB) between two reports of progress
BLOCK = 1024 * 1024  # bytes
COUNTED = {"pages": "wagtailcore_page", "images": "core_image", "documents": "core_document"}

Progress = Callable[[str, int, int], None]  # (what is being copied, how much of it, out of how much)


def write(target: Path, database: Path, media: Path, progress: Progress) -> dict[str, Any]:
    """Writes the backup `target` and returns its manifest.

    All or nothing: it gets its name when it is whole and on the disk. Raises FileExistsError when
    `target` exists, OSError when there is no room.
    """
    if target.exists():
        raise FileExistsError(f"{target} exists already")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        # For its owner alone: it holds drafts and password hashes.
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            manifest = _write_archive(file, database, media, progress)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _write_archive(file: BinaryIO, database: Path, media: Path, progress: Progress) -> dict[str, Any]:
    manifest: dict[str, Any] = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat(timespec="seconds")}
    with zipfile.ZipFile(file, "w") as archive, tempfile.TemporaryDirectory(dir=database.parent) as folder:
        # The database first: a picture uploaded later is one too many, never one too few.
        snapshot = Path(folder) / DATABASE
        copy_database(database, snapshot, progress)
        manifest["counts"] = _counts(snapshot)
        manifest["files"] = {DATABASE: _add(archive, snapshot, DATABASE, zipfile.ZIP_DEFLATED)}
        found = sorted(_files(media))
        for number, path in enumerate(found, 1):
            name = f"media/{path.relative_to(media).as_posix()}"
            try:
                # Stored as they are: pictures and office files are compressed already.
                manifest["files"][name] = _add(archive, path, name, zipfile.ZIP_STORED)
            except FileNotFoundError:
                continue  # deleted by an editor since it was listed
            progress("media", number, len(found))
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False), zipfile.ZIP_DEFLATED)
    return manifest


def copy_database(source: Path, target: Path, progress: Progress) -> None:
    """Copies a database in use. Writers go on; what they write from now on is not in the copy."""
    with closing(sqlite3.connect(source, isolation_level=None)) as live, closing(sqlite3.connect(target)) as copy:
        # Holding a snapshot: without it every foreign write would make SQLite start over, perhaps for ever.
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()

        def report(_status: int, remaining: int, total: int) -> None:
            progress("database", total - remaining, total)

        live.backup(copy, pages=PAGES_AT_ONCE, progress=report, sleep=0)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, complete without a -wal beside it


def _counts(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {
            label: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 (names from above)
            for label, table in COUNTED.items()
            if table in tables
        }


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _add(archive: zipfile.ZipFile, path: Path, name: str, compression: int) -> dict[str, Any]:
    """Puts the file into the archive; its size and digest are those of the bytes that went in."""
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    entry.compress_type = compression
    with path.open("rb") as source, archive.open(entry, "w") as copy:
        while block := source.read(BLOCK):
            copy.write(block)
            digest.update(block)
            size += len(block)
    return {"size": size, "sha256": digest.hexdigest()}
