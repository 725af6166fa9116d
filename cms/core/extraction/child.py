"""The process that reads a file: `python child.py pdf < file`. Knows nothing of the site, and has its limits.

It writes a line of JSON for each page, a text, as soon as it has it, and the list `[reason]` where it must give up.
"""

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator

MAX_CHARACTERS = 2_000_000  # of all pages
MAX_PAGES = 5_000
MAX_UNPACKED = 200 * 1024**2  # bytes


class GivenUp(Exception):
    """Why a file cannot be read, as one of the names that `process.REASONS` explains."""


def pdf_pages(data: bytes) -> Iterator[str]:
    """The text of each page; empty for a page that is a picture."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise GivenUp("locked")
    for number, page in enumerate(reader.pages):
        if number == MAX_PAGES:
            return
        yield page.extract_text()


def docx_pages(data: bytes) -> Iterator[str]:
    """The paragraphs and table rows, in order, as one text: Word's pages have no numbers before they are printed."""
    from docx import Document
    from docx.table import Table

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise GivenUp("too large")
    lines: list[str] = []
    for item in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(item, Table):
            lines += [" ".join(dict.fromkeys(cell.text for cell in row.cells)) for row in item.rows]
        else:
            lines.append(item.text)
    yield "\n".join(lines)


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {"pdf": pdf_pages, "docx": docx_pages}


def limit(seconds: int, megabytes: int) -> None:
    """Let the system end this process when it works longer or takes more; Windows has no such limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024**2,) * 2)


def main(kind: str, seconds: str, megabytes: str) -> None:
    limit(int(seconds), int(megabytes))
    left = MAX_CHARACTERS
    try:
        for text in READERS[kind](sys.stdin.buffer.read()):
            sys.stdout.write(json.dumps(text[:left]) + "\n")
            sys.stdout.flush()
            left -= len(text)
            if left <= 0:
                return
    except GivenUp as reason:
        sys.stdout.write(json.dumps([str(reason)]) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps(["too large"]) + "\n")
    except Exception:  # libraries raise all sorts of things for files that are damaged
        sys.stdout.write(json.dumps(["damaged"]) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
