"""The ways to ask the same question: the search service, its API, its engine, and the search of a stock site."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

import standalone
import stock
from django.test import Client
from serving import Client as Connection
from wagtail.models import Page

from search import service
from search.queries import SearchQuery, SearchResults

FACETS = ("section", "year", "tag")
PAGE_SIZE = 10  # what a reader sees first, here and with stock Wagtail


class NotAnswered(Exception):
    """The answer is none of the index: what was measured is not what was meant."""


@dataclass(frozen=True)
class Way:
    """`ask` is what the clock measures; `slugs` are those of the pages in its answer, best first."""

    name: str
    ask: Callable[[str], Any]
    slugs: Callable[[Any], list[str]]


def by_service(facets: tuple[str, ...]) -> Way:
    """The service, called as the site and the API call it; highlights are part of every answer."""
    return Way(_service(facets), partial(_search, facets=facets), _hit_slugs)


def by_test_client() -> Way:
    """The API without a server: middleware, view, serialiser and renderer."""
    client = Client(SERVER_NAME="localhost")
    return Way("API, in process", lambda text: client.get(_address(text)).content, _json_slugs)


def by_http(connection: Connection) -> Way:
    """The API as an app uses it."""
    return Way("API, HTTP", lambda text: connection.get(_address(text)), _json_slugs)


def by_stock(operator: stock.Operator, patience: float) -> Way:
    """Wagtail's search in SQLite: pages alone, without highlights, counts or facets."""
    ask = partial(stock.search_sqlite, operator=operator, patience=patience, size=PAGE_SIZE)
    return Way(f"stock Wagtail, {operator.upper()}", ask, _page_slugs)


def by_stock_elasticsearch(operator: stock.Operator) -> Way:
    """Wagtail's search in Elasticsearch, which gives as little; `stock.use_backend_of` comes first."""
    ask = partial(stock.search, operator=operator, size=PAGE_SIZE, backend="elasticsearch")
    return Way(f"stock Wagtail, {operator.upper()}", ask, _page_slugs)


def by_bare_requests(texts: Iterable[str], facets: tuple[str, ...]) -> Way:
    """The very requests that the service sends to Elasticsearch for these questions; answers are parsed, no more."""
    import bare

    client = standalone.elasticsearch()
    requests = {text: bare.recorded(partial(_search, text, facets)) for text in texts}
    return Way(f"{_service(facets)}: bare request", lambda text: bare.replay(client, requests[text]), _source_slugs)


def _service(facets: tuple[str, ...]) -> str:
    return f"service, {len(facets)} facets" if facets else "service"


def _search(text: str, facets: tuple[str, ...]) -> SearchResults:
    return service.search(SearchQuery(text, page_size=PAGE_SIZE, facets=facets))


def _address(text: str) -> str:
    return f"/api/v1/search/?{urlencode({'q': text, 'page_size': PAGE_SIZE, 'facets': ','.join(FACETS)})}"


def _hit_slugs(results: SearchResults) -> list[str]:
    if results.degraded:
        raise NotAnswered("the service answered without the index")
    return [_last_part(hit.card.url) for hit in results.hits]


def _json_slugs(body: bytes) -> list[str]:
    answer = json.loads(body)
    if answer.get("degraded", True):
        raise NotAnswered(f"the API answered without the index: {body[:500]!r}")
    return [_last_part(result["url"]) for result in answer["results"]]


def _source_slugs(body: Any) -> list[str]:
    return [_last_part(hit["_source"]["shown"]["card"]["url"]) for hit in body["hits"]["hits"]]


def _page_slugs(pages: Iterable[Page]) -> list[str]:
    return [page.slug for page in pages]


def _last_part(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]
