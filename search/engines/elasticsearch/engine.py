"""The engine: asks the live index behind a circuit breaker, writes batches into it, builds new ones beside it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from elasticsearch import helpers

from search.engines.base import Answer, Change, EngineUnavailable, Exclusion, Found, Health, Request, Stamp
from search.engines.breaker import CircuitBreaker
from search.engines.elasticsearch import queries
from search.engines.elasticsearch.building import ElasticsearchBuilder
from search.engines.elasticsearch.client import BUILDING, SWAPPED, WRITING, Options, connect, translated
from search.engines.elasticsearch.indices import Indices
from search.engines.elasticsearch.mapping import INDEX_VERSION, to_found
from search.engines.elasticsearch.writing import MAX_BYTES, write

_STAMPS_AT_ONCE = 5_000
_TEXTS_AT_ONCE = 200


def seconds(interval: str) -> float | None:
    """A time as Elasticsearch writes it, such as `1s` or `500ms`; None for `-1`, which is never."""
    match = re.fullmatch(r"(\d+)(ms|s|m)", interval)
    return int(match[1]) * {"ms": 0.001, "s": 1.0, "m": 60.0}[match[2]] if match else None


class ElasticsearchEngine:
    """One alias for all processes of all machines; safe to share between threads."""

    name = "elasticsearch"
    embedded = False

    def __init__(self, options: Options) -> None:
        self._options = options
        self.shows_after = seconds(options.refresh_interval)
        self._client = connect(options)
        self._searching = self._client.options(retry_on_status=SWAPPED)
        self._indices = Indices(self._client, options)
        self._breaker = CircuitBreaker(self._probe)

    def search(self, request: Request) -> Answer:
        with self._breaker.guard():
            response = self._ask(queries.search(request), preference=queries.preference(request))
        found = tuple(map(to_found, response["hits"]["hits"]))
        return Answer(
            total=response["hits"]["total"]["value"],
            found=found[::-1] if request.before else found,
            facets={facet: _counts(response["aggregations"][facet]) for facet in request.facets},
        )

    def suggest(self, tokens: Sequence[str], size: int, exclusion: Exclusion) -> tuple[Found, ...]:
        with self._breaker.guard():
            response = self._ask(queries.suggest(tokens, size, exclusion))
        return tuple(map(to_found, response["hits"]["hits"]))

    def related(
        self, pairs: Sequence[str], page_id: int, page_type: str, size: int, exclusion: Exclusion
    ) -> tuple[Found, ...]:
        if not pairs:
            return ()
        with self._breaker.guard():
            response = self._ask(queries.related(pairs, page_id, page_type, size, exclusion))
        return tuple(map(to_found, response["hits"]["hits"]))

    def holds(self, phrases: Sequence[Sequence[str]], exclusion: Exclusion) -> list[bool]:
        if not phrases:
            return []
        with self._breaker.guard():
            buckets = self._ask(queries.holds(phrases, exclusion))["aggregations"]["phrases"]["buckets"]
        return [buckets[str(number)]["doc_count"] > 0 for number in range(len(phrases))]

    def texts(self) -> Iterator[str]:
        for hit in self._by_id(partial(queries.texts, size=_TEXTS_AT_ONCE)):
            yield f"{hit['_source']['shown']['title']}\n{hit['_source'].get('body', '')}"

    def check_writable(self) -> None:
        with translated():
            version = self._indices.version(self._indices.live())
        if version != INDEX_VERSION:
            raise EngineUnavailable("the index is of another version: run search_rebuild")

    def apply(self, changes: Sequence[Change]) -> Mapping[int, str]:
        """What is removed is gone from searches when this returns; what is new appears with the next refresh."""
        self.check_writable()
        send = partial(
            helpers.streaming_bulk,
            self._client.options(request_timeout=WRITING),
            index=self._indices.alias,
            require_alias=True,
            refresh=any(change.document is None for change in changes),
            max_chunk_bytes=MAX_BYTES,
            raise_on_error=False,
            raise_on_exception=False,
        )
        return write(changes, send)

    @contextmanager
    def build(self) -> Iterator[ElasticsearchBuilder]:
        builder = ElasticsearchBuilder(self._client, self._options)
        try:
            yield builder
        finally:
            builder.close()

    def destroy(self) -> None:
        """Drop every index of this engine: for one that was made for a while."""
        with translated():
            self._indices.drop_all()
        self._client.close()

    def stamps(self) -> Iterator[Stamp]:
        with translated():
            self._client.options(request_timeout=BUILDING).indices.refresh(index=self._indices.alias)
        for hit in self._by_id(partial(queries.stamps, size=_STAMPS_AT_ONCE)):
            yield Stamp(*(int(hit["fields"][name][0]) for name in ("id", "version", "hash")))

    def health(self) -> Health:
        try:
            return self._health()
        except EngineUnavailable as error:
            return Health(self.name, False, "", "", INDEX_VERSION, 0, 0, str(error))

    def _health(self) -> Health:
        with translated():
            index = self._indices.live()
            totals = self._client.indices.stats(index=index, metric=["docs", "store"])["_all"]
        documents, size = totals["primaries"]["docs"]["count"], totals["total"]["store"]["size_in_bytes"]
        return Health(self.name, True, index, self._indices.version(index), INDEX_VERSION, documents, size)

    def _by_id(self, request: Callable[[int | None], queries.Body]) -> Iterator[Any]:
        """The hits of requests one after another, each from behind the id where the last one ended."""
        after = None
        while hits := self._ask(request(after), BUILDING)["hits"]["hits"]:
            yield from hits
            [after] = hits[-1]["sort"]

    def _ask(self, body: queries.Body, timeout: float | None = None, **parameters: Any) -> Any:
        """All of an answer or none: counts of a part of the shards would be wrong."""
        client = self._searching.options(request_timeout=timeout) if timeout else self._searching
        with translated():
            return client.search(
                index=self._indices.alias, allow_partial_search_results=False, **parameters, **_keywords(body)
            )

    def _probe(self) -> None:
        """What the circuit breaker asks while it is open: the smallest question that only a sound index answers."""
        self._ask({"query": {"match_all": {}}, "size": 1})


def _keywords(body: queries.Body) -> dict[str, Any]:
    """A request's body as the client's arguments, which differ in one name."""
    return {"source" if name == "_source" else name: value for name, value in body.items()}


def _counts(bucket: Any) -> tuple[tuple[str, int], ...]:
    return tuple((str(value["key"]), int(value["doc_count"])) for value in bucket["values"]["buckets"])
