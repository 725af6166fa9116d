"""What a stock Wagtail site searches with: `Page.objects.live().search()`, by SQLite's own index or Elasticsearch."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from wagtail.models import Page
from wagtail.search import index

from cms.news.models import ArticlePage

Operator = Literal["and", "or"]

# What `wagtail start` writes into a new project's settings.
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
DATABASE = "stock"  # Wagtail's own backend for the database, which Trang's admin does not search with
settings.WAGTAILSEARCH_BACKENDS[DATABASE] = {
    "BACKEND": "wagtail.search.backends.database",
    "SEARCH_CONFIG": "simple",
    "AUTO_UPDATE": False,
}

_STEPS = 10_000  # of SQLite's virtual machine, between two looks at the clock


class TooSlow(Exception):
    """The search did not end within its time."""


def index_bodies() -> None:
    """Let the admin's index hold articles' bodies as well, as Wagtail's documentation tells a site to do it.

    Trang itself leaves them out: the admin's search finds pages by title and summary.
    """
    ArticlePage.search_fields = [*ArticlePage.search_fields, index.SearchField("body")]


def use_backend_of(engine: str) -> str:
    """The name of the Wagtail backend that stands beside an engine: the database, or Elasticsearch on its server."""
    if engine != "elasticsearch":
        return DATABASE
    settings.WAGTAILSEARCH_BACKENDS["elasticsearch"] = {
        "BACKEND": "wagtail.search.backends.elasticsearch9",
        "URLS": list(settings.ELASTICSEARCH["urls"]),
        "INDEX_PREFIX": f"{settings.ELASTICSEARCH['alias']}-stock-",
        "AUTO_UPDATE": False,
    }
    return "elasticsearch"


def update_index(backend: str = DATABASE) -> None:
    """Fill Wagtail's index from the database."""
    call_command("update_index", backend_name=backend, verbosity=0)


def search(text: str, operator: Operator, size: int, backend: str = DATABASE) -> list[Page]:
    """The first `size` pages; without an operator a database joins the words by "and", Elasticsearch by "or".

    It gets the words alone: a quotation mark in a question ends in SQLite's “fts5: syntax error”.
    """
    words = " ".join(re.findall(r"\w+", text))
    return list(Page.objects.live().search(words, operator=operator, backend=backend)[:size])


def search_sqlite(text: str, operator: Operator, size: int, patience: float) -> list[Page]:
    """The same from the database, broken off after `patience` seconds: raises TooSlow."""
    with _patience(patience):
        return search(text, operator, size)


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
