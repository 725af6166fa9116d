"""Any number of documents as pages hand them to the index, made by a process of its own while they are put there."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from multiprocessing import Process, Queue
from pathlib import Path
from typing import Any

from corpus import Question, Text, draw, endless

from cms.news.models import ArticlePage
from search.chunks import chunks
from search.documents import Card, FacetValue, SearchDocument
from search.engines.base import Change
from search.rebuild import BATCH

AHEAD = 4  # batches made before they are wanted
SECTIONS, TAGS = 8, 40
HOME_PATH = "00010001"
NEWEST = datetime(2026, 6, 30, 8, tzinfo=UTC)
APART = timedelta(minutes=10)  # between two documents: a million of them go back nineteen years


@contextmanager
def made(folder: Path, size: int, asked: int) -> Iterator[tuple[list[Question], Iterator[list[Change]]]]:
    """So many questions, and `size` documents in a rebuild's batches; the same at every run, in constant memory.

    There are as many texts as the sets have, then the same with other words. Answers are among the first ones.
    """
    queue: Any = Queue(maxsize=AHEAD)
    maker = Process(target=_make, args=(queue, folder, size, asked), daemon=True)
    maker.start()
    try:
        yield queue.get(), iter(queue.get, None)
    finally:
        maker.terminate()
        maker.join()


def _make(queue: Any, folder: Path, size: int, asked: int) -> None:
    try:
        texts, questions = draw(folder, size, asked)
        queue.put(questions)
        for some in chunks(_changes(islice(endless(texts), size)), BATCH):
            queue.put(some)
    finally:
        queue.put(None)


def _changes(texts: Iterable[Text]) -> Iterator[Change]:
    for number, text in enumerate(texts, 1):
        yield Change(number, 1, _document(number, text))


def _document(number: int, text: Text) -> SearchDocument:
    date = NEWEST - number * APART
    section, summary = number % SECTIONS, " ".join(text.paragraphs)[:200]
    path = ArticlePage._get_path(HOME_PATH, 3, section + 1)
    return SearchDocument(
        id=number,
        type="article",
        language="vi",
        path=ArticlePage._get_path(path, 4, number // SECTIONS + 1),
        title=text.title,
        body="\n".join([summary, *text.paragraphs]),
        card=Card(f"/muc-{section}/{text.id}/", summary, section={"id": section, "title": "", "url": ""}),
        date=date,
        facets={
            "type": _values("article"),
            "section": _values(str(section)),
            "year": _values(str(date.year)),
            "tag": _values(*(f"chu-de-{number * step % TAGS}" for step in (1, 2))),
        },
    )


def _values(*values: str) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(value, value) for value in values)
