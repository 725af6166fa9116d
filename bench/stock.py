"""What a stock Wagtail site searches with: `Page.objects.live().search()`, here on SQLite's full-text index."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from django.core.management import call_command
from django.db import OperationalError, connection
from wagtail.models import Page
from wagtail.search import index

from cms.news.models import ArticlePage

Operator = Literal["and", "or"]

_STEPS = 10_000  # of SQLite's virtual machine, between two looks at the clock


class TooSlow(Exception):
    """The search did not end within its time."""


def index_bodies() -> None:
    """Let the admin's index hold articles' bodies as well, as Wagtail's documentation tells a site to do it.

    Trang itself leaves them out: the admin's search finds pages by title and summary.
    """
    ArticlePage.search_fields = [*ArticlePage.search_fields, index.SearchField("body")]


def update_index() -> None:
    """Fill Wagtail's index from the database."""
    call_command("update_index", verbosity=0)


def search(text: str, operator: Operator, patience: float, size: int = 20) -> list[Page]:
    """The first `size` pages; "and" is Wagtail's default. Raises TooSlow after `patience` seconds.

    It gets the words alone: a quotation mark in a question ends in “fts5: syntax error”.
    """
    words = " ".join(re.findall(r"\w+", text))
    with _patience(patience):
        return list(Page.objects.live().search(words, operator=operator)[:size])


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    """Break off whatever SQLite does in the block after so many seconds."""
    connection.ensure_connection()
    deadline = time.monotonic() + seconds
    connection.connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    try:
        yield
    except OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise TooSlow from error
    finally:
        connection.connection.set_progress_handler(None, 0)
