"""Elasticsearch without us: the same documents and the same requests, sent by its own client."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from unittest import mock

import standalone
from elastic_transport import Transport
from elasticsearch import Elasticsearch, helpers
from figures import Cost, cost

from search.engines.base import Change
from search.engines.elasticsearch import Options
from search.engines.elasticsearch.indices import Indices
from search.engines.elasticsearch.mapping import to_elasticsearch


@dataclass(frozen=True)
class Sent:
    """A request as it went to the server."""

    method: str
    target: str
    headers: Any
    body: Any


def recorded(call: Callable[[], object]) -> Sent:
    """The one request that `call` sends."""
    sent: list[Sent] = []
    send = Transport.perform_request

    def record(transport: Transport, method: str, target: str, **how: Any) -> Any:
        sent.append(Sent(method, target, how["headers"], how["body"]))
        return send(transport, method, target, **how)

    with mock.patch.object(Transport, "perform_request", record):
        call()
    [request] = sent
    return request


def replay(client: Elasticsearch, request: Sent) -> Any:
    """The body of the answer to the same request, as Python objects."""
    transport = client.transport
    return transport.perform_request(request.method, request.target, headers=request.headers, body=request.body).body


def bulk_cost(options: Options, changes: Sequence[Change]) -> Cost:
    """What `helpers.bulk`, as it comes, takes to put these documents into an index like ours, and to show them.

    Making the documents' sources is not counted.
    """
    client = standalone.elasticsearch()
    name = Indices(client, options).create()
    sources = [{"_id": str(change.id), "_source": to_elasticsearch(change)} for change in changes]
    try:
        return cost(partial(_fill, client, name, sources))
    finally:
        client.indices.delete(index=name)


def _fill(client: Elasticsearch, name: str, sources: Sequence[dict[str, Any]]) -> None:
    helpers.bulk(client, sources, index=name)
    client.indices.refresh(index=name)
