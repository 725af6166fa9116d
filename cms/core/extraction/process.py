"""Runs `child.py` over a file and understands what it says."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.text import storable, text_lines
from search.vietnamese import compose

SECONDS, MEGABYTES = 120, 512  # for one file: processor time and time on the clock; address space
KINDS = frozenset({"pdf", "docx"})
PAGED = frozenset({"pdf"})

REASONS = {
    "locked": gettext_lazy("locked with a password"),
    "too large": gettext_lazy("would take too much memory"),
    "damaged": gettext_lazy("damaged, or not what its name says"),
}

CHILD = Path(__file__).with_name("child.py")


class Unreadable(Exception):
    """A file whose text cannot be had; the text says why."""


@dataclass(frozen=True)
class Text:
    """`pages` in composed form, one for each page of the file if it `is_paged`, else one for all."""

    pages: tuple[str, ...]
    is_paged: bool

    @property
    def is_empty(self) -> bool:
        return not any(map(str.strip, self.pages))


def read(file: IO[bytes], kind: str, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Text:
    """The text of a file of one of KINDS. Raises Unreadable."""
    command = [sys.executable, "-I", str(CHILD), kind, str(ceil(seconds)), str(megabytes)]
    with _on_disk(file) as source:
        try:
            done = subprocess.run(  # noqa: S603  our own program, and no part of the command comes from outside
                command, stdin=source, capture_output=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired:
            raise Unreadable(_("takes longer than %(limit)d seconds") % {"limit": seconds}) from None
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    if pages and isinstance(pages[-1], list):
        raise Unreadable(str(REASONS[pages[-1][0]]))
    if done.returncode:  # ended by the system, by a limit
        raise Unreadable(_("takes too much time or memory"))
    return Text(tuple(map(_clean, pages)), kind in PAGED)


def _clean(text: str) -> str:
    """Composed, a line for each line with something in it."""
    return compose("\n".join(text_lines(storable(text))))


@contextmanager
def _on_disk(file: IO[bytes]) -> Iterator[Any]:
    """The file as the system knows files: one from an object store is copied first."""
    with tempfile.TemporaryFile() as copy:
        while chunk := file.read(1024**2):
            copy.write(chunk)
        copy.seek(0)
        yield copy
