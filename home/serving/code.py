"""What runs here: an upgrade may give the same content another shape."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

_FOLDERS = ("api", "home", "cms", "search", "config", "templates", "static", "locale")
_KINDS = {".py", ".html", ".css", ".js", ".po", ".txt"}


@dataclass(frozen=True)
class Code:
    """A digest of all code that answers are made by, and the time of its newest file."""

    digest: str
    made_at: datetime


@cache
def running() -> Code:
    """What this process runs; some hundred files are read once."""
    digest, newest = blake2b(digest_size=12), 0.0
    for path in _files(settings.BASE_DIR):
        digest.update(str(path).encode() + path.read_bytes())
        newest = max(newest, path.stat().st_mtime)
    return Code(digest.hexdigest(), datetime.fromtimestamp(newest, UTC))


def _files(root: Path) -> Iterator[Path]:
    yield from sorted(root.glob("requirements*.txt"))  # libraries shape answers, too
    for folder in _FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in _KINDS)
