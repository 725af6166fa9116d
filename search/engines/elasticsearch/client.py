"""The connection: one factory, its timeouts and retries, and errors in the words of the engine interface."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.engines.base import EngineUnavailable

# Seconds. A reader gets an answer from the database instead; a worker must be able to stop within ten.
READING, WRITING, BUILDING = 0.8, 6.0, 60.0
# What searches get while the index they run on is swapped for another: the next try finds that one.
SWAPPED = 503
NO_INDEX = "there is no index yet: run search_rebuild"


@dataclass(frozen=True)
class Options:
    """Where Elasticsearch is, how to be let in, and how its index is laid out."""

    urls: tuple[str, ...]
    alias: str
    api_key: str = ""
    username: str = ""
    password: str = ""
    ca_certs: str = ""
    shards: int = 1
    replicas: int = 0
    refresh_interval: str = "1s"


def connect(options: Options) -> Elasticsearch:
    """A client for all threads of a process; it connects when it is first used.

    One retry, at once, for a kept connection that the other side has closed, or for another node. None after a
    timeout or an error status: the outbox tries again later, and a reader does not wait.
    """
    access: dict[str, Any] = {}
    if options.api_key:
        access["api_key"] = options.api_key
    elif options.username:
        access["basic_auth"] = (options.username, options.password)
    if options.ca_certs:
        access["ca_certs"] = options.ca_certs
    return Elasticsearch(
        list(options.urls), request_timeout=READING, max_retries=1, retry_on_timeout=False, retry_on_status=(), **access
    )


@contextmanager
def translated() -> Iterator[None]:
    """Whatever goes wrong between here and Elasticsearch is an EngineUnavailable that says what it was."""
    try:
        yield
    except NotFoundError as error:
        raise EngineUnavailable(NO_INDEX if error.error.startswith("index_not_found") else str(error)) from error
    except (ApiError, TransportError) as error:
        raise EngineUnavailable(f"Elasticsearch: {error}") from error
