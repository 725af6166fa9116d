"""How long a list of articles takes, whether it slows down as the portal grows, and what Wagtail's own API takes.

.venv/bin/python bench/content_api.py [--articles 20000] [--sizes 1000 100000] [--requests 200] [--json]
"""

import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import standalone
from corpus import MissingSets, Text, draw, endless
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from figures import Figure, Report, percentile
from options import parser
from progress import bar
from serving import served

from search import sequencer

PAGE_SIZE = 20
LIST_TARGET, QUERIES_TARGET = 15, 8  # ms, p50 over HTTP; queries of the list with all that it shows by itself
UNCHANGED_TARGET = 3  # ms, p50, of an answer that says that nothing has changed
STOCK_TARGET = 3  # times the requests a second
GROWTH_TARGET = 1.25  # times as long with the most articles as with the fewest
LIST = f"/api/v1/articles/?page_size={PAGE_SIZE}"
TEXTS = 20_000  # different ones; beyond, words in them are replaced
WARM_UP = 10


def main() -> int:
    options = _options()
    try:
        texts, _questions = draw(options.sets, min(TEXTS, max(options.sizes)), 0)
    except MissingSets as error:
        print(error, file=sys.stderr)
        return 2
    report = Report(f"Content API: lists of {PAGE_SIZE} articles, {options.requests} requests each way")
    standalone.prepare(options.database)
    _make_empty_index()
    report.figures += _figures(options, endless(texts))
    report.notes += [
        "Every cover has all its sizes made. Nothing is cached between requests but what Django keeps of the site.",
        "Both APIs are asked in one process, in turns, for the same fields; sizes of pictures that Wagtail's own API "
        "has looked up once it finds in the cache.",
    ]
    report.print(as_json=options.json)
    return 0


def _options() -> Namespace:
    options = parser(__doc__)
    options.add_argument("--articles", type=int, default=20_000, help="articles in the comparison (%(default)s)")
    options.add_argument("--sizes", type=int, nargs=2, default=[1_000, 100_000], help="fewest and most (%(default)s)")
    options.add_argument("--requests", type=int, default=200, help="requests each way (%(default)s)")
    made = options.parse_args()
    made.sizes = sorted({made.articles, *made.sizes})
    return made


def _figures(options: Namespace, texts: Iterator[Text]) -> Iterator[Figure]:
    there, taken = 0, {}
    for size in options.sizes:
        _fill(list(islice(texts, size - there)))
        there = size
        taken[size] = _over_http(options.requests)
        if size == options.articles:
            yield from _compared(taken[size], options.requests)
    yield from _growth(taken)


def _make_empty_index() -> None:
    """The server would look for one; the lists do not."""
    from search.engines import get_engine

    with get_engine().build() as builder:
        builder.swap()


def _fill(texts: Sequence[Text]) -> None:
    import covers
    import portal

    with bar("Articles", len(texts)) as step:
        portal.fill(texts, step)
        covers.add()
    if connection.vendor == "postgresql":  # which does it by itself after a while
        connection.cursor().execute("ANALYZE")


def _over_http(requests: int) -> list[float]:
    """Milliseconds of each answer of a server that was just started, as it is for every size."""
    sequencer.adopt()  # pages written in bulk, which the server would begin with
    sequencer.drain()
    with served() as reader:
        return [_milliseconds(lambda: reader.get(LIST)) for _ in range(WARM_UP + requests)][WARM_UP:]


def _compared(http: Sequence[float], requests: int) -> Iterator[Figure]:
    """Ours over HTTP, its queries, and both APIs in turns."""
    yield Figure("list, HTTP: p50", percentile(http, 0.5), "ms", at_most=LIST_TARGET)
    yield Figure("list, HTTP: p99", percentile(http, 0.99), "ms", ratio=_ratio(http), against="its p50")
    yield Figure("list: queries", _queries(LIST), at_most=QUERIES_TARGET)
    yield from _unchanged(requests)
    yield from _beside_stock(requests)


def _unchanged(requests: int) -> Iterator[Figure]:
    client = _client()
    tag = client.get(LIST).headers.get("ETag")
    if tag:  # else nobody can ask whether something has changed
        taken = [
            _milliseconds(lambda: _get(client, LIST, 304, headers={"If-None-Match": tag})) for _ in range(requests)
        ]
        yield Figure("304, in process: p50", percentile(taken, 0.5), "ms", at_most=UNCHANGED_TARGET)


def _beside_stock(requests: int) -> Iterator[Figure]:
    import stock_api

    with override_settings(ROOT_URLCONF="stock_api"):
        yield from _in_turns(requests, stock_api.OURS, stock_api.STOCK)


def _in_turns(requests: int, *addresses: str) -> Iterator[Figure]:
    ours, stock = (address.format(size=PAGE_SIZE) for address in addresses)
    client = _client()
    taken: dict[str, list[float]] = {ours: [], stock: []}
    with bar("Both APIs", requests) as step:
        for number in range(WARM_UP + requests):
            for address in (ours, stock) if number % 2 else (stock, ours):
                passed = _milliseconds(lambda address=address: _get(client, address))
                taken[address] += [passed] if number >= WARM_UP else []
            step(number >= WARM_UP)
    rates = {address: 1000 * requests / sum(values) for address, values in taken.items()}
    times = rates[ours] / rates[stock]
    yield Figure("ours, same fields: requests", rates[ours], "/s")
    yield Figure("Wagtail's API v2, same fields: requests", rates[stock], "/s", ratio=1 / times, against="ours")
    yield Figure("times the requests of Wagtail's API v2", times, at_least=STOCK_TARGET)
    yield Figure("ours: queries", _queries(ours))
    yield Figure("Wagtail's API v2: queries, its cache warm", _queries(stock))


def _growth(taken: dict[int, list[float]]) -> Iterator[Figure]:
    fewest, most = min(taken), max(taken)
    p50 = {size: percentile(milliseconds, 0.5) for size, milliseconds in taken.items()}
    for size, milliseconds in p50.items():
        yield Figure(f"list of {size:,} articles, HTTP: p50", milliseconds, "ms")
    yield Figure(f"p50 with {most:,} articles by that with {fewest:,}", p50[most] / p50[fewest], at_most=GROWTH_TARGET)


def _client() -> Client:
    return Client(SERVER_NAME="localhost")


def _get(client: Client, address: str, status: int = 200, **more: Any) -> bytes:
    response = client.get(address, **more)
    if response.status_code != status:
        raise RuntimeError(f"{address} was answered with {response.status_code}: {response.content[:500]!r}")
    return response.content


def _queries(address: str) -> int:
    client = _client()
    _get(client, address)
    with CaptureQueriesContext(connection) as captured:
        _get(client, address)
    return len(captured)


def _milliseconds(call: Any) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _ratio(taken: Sequence[float]) -> float:
    return percentile(taken, 0.99) / percentile(taken, 0.5)


if __name__ == "__main__":
    sys.exit(main())
