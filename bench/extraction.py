"""How quickly the text is taken out of PDF files, and in how much memory.

.venv/bin/python bench/extraction.py [--pages 200] [--files 5] [--json]
"""

import io
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Sequence

import standalone  # noqa: F401  sets Django up
from corpus import MissingSets, Text, draw
from figures import Cost, Figure, Report, cost
from options import parser
from progress import bar
from pypdf import PdfReader

from cms.core.extraction.process import CHILD, MEGABYTES, SECONDS, read
from home.demo.papers import pdf

WORDS_ON_A_PAGE = 300
RATE_TARGET = 5  # pages/s of a process
MEMORY_TARGET = 400  # MB
# Runs a command in a process that holds next to nothing itself: a child begins with its parent's peak.
_MEASURE = (
    "import resource, subprocess, sys; "
    "subprocess.run(sys.argv[1:], stdin=sys.stdin.buffer, stdout=subprocess.DEVNULL, check=True); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def main() -> int:
    options = _options()
    try:
        texts, _ = draw(options.sets, options.files * options.pages, 0)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    report = Report(f"Reading {options.files} PDF files of {options.pages} pages")
    files = list(_files(texts, options))
    with bar("Read as the site does", len(files)) as step:
        ours = [_cost(data, step) for data in files]
    megabytes = max(map(_peak_megabytes, files))
    bare = [
        cost(lambda data=data: [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]) for data in files
    ]
    report.figures += _figures(ours, bare, options.pages, megabytes)
    report.notes += ["Each file was read in a process of its own, start-up counted; bare is pypdf in one process."]
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument("--pages", type=int, default=200, help="of each file (%(default)s)")
    options.add_argument("--files", type=int, default=5, help="how many (%(default)s)")
    return options.parse_args()


def _files(texts: Sequence[Text], options: Namespace) -> Iterator[bytes]:
    words = " ".join(paragraph for text in texts for paragraph in text.paragraphs).split()
    pages = [[" ".join(words[at : at + WORDS_ON_A_PAGE])] for at in range(0, len(words), WORDS_ON_A_PAGE)]
    for number in range(options.files):
        wanted = (pages[(number * options.pages + at) % len(pages)] for at in range(options.pages))
        yield pdf(f"Tệp {number}", list(wanted))


def _cost(data: bytes, step) -> Cost:
    spent = cost(lambda: read(io.BytesIO(data), "pdf"))
    step(1)
    return spent


def _peak_megabytes(data: bytes) -> float:
    """The most memory that the process which reads this file holds."""
    command = [sys.executable, "-c", _MEASURE, sys.executable, "-I", str(CHILD), "pdf", str(SECONDS), str(MEGABYTES)]
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        done = subprocess.run(command, stdin=file, capture_output=True, check=True)  # noqa: S603  our own program
        return int(done.stdout) * 1024 / 1e6


def _read_bare(data: bytes) -> None:
    for page in PdfReader(io.BytesIO(data)).pages:
        page.extract_text()


def _figures(ours: Sequence[Cost], bare: Sequence[Cost], pages: int, megabytes: float) -> Iterator[Figure]:
    seconds, bare_seconds = (sum(spent.seconds for spent in costs) for costs in (ours, bare))
    yield Figure(
        "pages taken out", pages * len(ours) / seconds, "pages/s", at_least=RATE_TARGET,
        ratio=bare_seconds / seconds, against="pypdf without a process of its own",
    )  # fmt: skip
    yield Figure("slowest file", max(spent.seconds for spent in ours), "s")
    yield Figure("peak memory of the processes", megabytes, "MB", at_most=MEMORY_TARGET)


if __name__ == "__main__":
    sys.exit(main())
