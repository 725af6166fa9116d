"""Who may use the data folder: any number of serving processes, or one that replaces it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(Exception):
    """The data folder is taken by the other kind of user."""


@contextmanager
def sharing(folder: Path) -> Iterator[None]:
    """Holds `folder` for a process that serves from it; raises InUse while it is being replaced."""
    with _locked(folder, fcntl.LOCK_SH, f"{folder} is being restored; try again when that has ended"):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Holds `folder` for a process that replaces it; raises InUse while a server or scheduler runs on it."""
    with _locked(folder, fcntl.LOCK_EX, f"a server or scheduler is running on {folder}; stop it first"):
        yield


@contextmanager
def _locked(folder: Path, kind: int, refusal: str) -> Iterator[None]:
    """The kernel's lock, not the file, is what counts: it goes away with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "in_use.lock").open("a") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(refusal) from None
        yield
