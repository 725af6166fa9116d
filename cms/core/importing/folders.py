"""Finds the files to import: files as named, folders with all that is in them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Found:
    """A file, or a place that cannot be looked into and why; `is_error` tells a fault from a choice.

    `root` is the folder that was named, in which the file's pictures may lie; of a file by itself its own.
    """

    path: Path
    root: Path = Path()
    problem: str = ""
    is_error: bool = False


def find(paths: list[Path]) -> Iterator[Found]:
    """Every file once, folders in sorted order. Hidden files are left out, links out of a folder are not followed."""
    seen: set[Path] = set()
    for path in paths:
        for found in _below(path) if path.is_dir() else [Found(path, path.parent)]:
            real = Path(os.path.realpath(found.path))  # unlike resolve(), it takes links that lead in a circle
            if found.problem or real not in seen:
                seen.add(real)
                yield found


def _below(root: Path) -> Iterator[Found]:
    unreadable: list[Found] = []
    for folder, folders, names in os.walk(root, onerror=lambda error: unreadable.append(_unreadable(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [*folders, *sorted(names)]:
            path = Path(folder, name)
            if path.is_symlink() and (name in folders or not _leads_into(root, path)):
                yield Found(path, root, _("a link out of the folder"))
            elif name not in folders and not name.startswith("."):
                yield Found(path, root)
    yield from unreadable


def _leads_into(root: Path, path: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _unreadable(error: OSError) -> Found:
    reason = _("cannot be read: %(reason)s") % {"reason": error.strerror}
    return Found(Path(error.filename), problem=reason, is_error=True)
