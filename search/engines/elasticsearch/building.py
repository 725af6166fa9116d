"""A new index built beside the live one, and swapped in."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

from elasticsearch import Elasticsearch, helpers

from search.engines.base import Change, EngineUnavailable
from search.engines.elasticsearch.client import BUILDING, Options, translated
from search.engines.elasticsearch.indices import Indices
from search.engines.elasticsearch.writing import MAX_BYTES, write

_AT_ONCE = 100  # documents in a request: while one is under way the next is prepared
_REQUESTS = 2


class ElasticsearchBuilder:
    """Fills a new index; `close` drops it or, after `swap`, the one before it."""

    def __init__(self, client: Elasticsearch, options: Options) -> None:
        self._client = client.options(request_timeout=BUILDING)
        self._indices = Indices(self._client, options)
        with translated():
            self._name = self._indices.create()

    def put(self, changes: Sequence[Change]) -> Mapping[int, str]:
        send = partial(
            helpers.parallel_bulk,
            self._client,
            index=self._name,
            thread_count=_REQUESTS,
            queue_size=_REQUESTS,
            chunk_size=_AT_ONCE,
            max_chunk_bytes=MAX_BYTES,
            raise_on_error=False,
            raise_on_exception=False,
        )
        return write(changes, send)

    def commit(self) -> int:
        """Make what was put searchable; the number of documents in the new index."""
        with translated():
            self._client.indices.refresh(index=self._name)
            return int(self._client.count(index=self._name)["count"])

    def swap(self) -> int:
        documents = self.commit()
        with translated():
            self._indices.make_live(self._name)
        return documents

    def close(self) -> None:
        """What the alias names stays, even if the server never told that the swap was done."""
        with suppress(EngineUnavailable), translated():  # else the next build sweeps
            self._indices.sweep()
