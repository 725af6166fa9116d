"""What Prometheus scrapes. Worked out from the tables when it asks, and so right however many processes there are."""

import logging
from collections.abc import Iterator

from django.core.cache import cache
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from search.status import Status, status

logger = logging.getLogger(__name__)

_DEGRADED = "search.degraded-answers"  # counted in the cache, which all processes share


def count_degraded() -> None:
    """Count an answer that came from the database. Never fails: the reader has the answer already."""
    try:
        cache.add(_DEGRADED, 0, timeout=None)
        cache.incr(_DEGRADED)
    except Exception:
        logger.warning("A degraded answer could not be counted", exc_info=True)


def exposition() -> bytes:
    """All metrics, in Prometheus' text format."""
    return generate_latest(_registry)


class SearchCollector(Collector):
    """The state of the search at the moment of the scrape; an engine in trouble is a part of it."""

    def collect(self) -> Iterator[Metric]:
        now = status()
        yield GaugeMetricFamily("trang_search_queue", "Pages that wait for the index", now.queued)
        yield GaugeMetricFamily(
            "trang_search_oldest_change_seconds", "How long the oldest change has waited for the index", _waited(now)
        )
        yield GaugeMetricFamily("trang_search_dead_letters", "Pages given up, which wait for an operator", now.dead)
        yield GaugeMetricFamily("trang_search_available", "Whether the engine answers", float(now.health.available))
        # What cannot be known is left out: a zero would say that the index is empty, or that the counter began anew.
        if now.health.available:
            yield GaugeMetricFamily("trang_search_index_documents", "Pages in the index", now.health.documents)
        if (answers := _degraded_answers()) is not None:
            yield CounterMetricFamily(
                "trang_search_degraded_answers", "Searches answered from the database, for want of the engine", answers
            )


def _waited(now: Status) -> float:
    return (timezone.now() - now.oldest_change).total_seconds() if now.oldest_change else 0.0


def _degraded_answers() -> int | None:
    """None while the shared cache is away."""
    cache.add(_DEGRADED, 0, timeout=None)
    return cache.get(_DEGRADED)


_registry = CollectorRegistry()
_registry.register(SearchCollector())
