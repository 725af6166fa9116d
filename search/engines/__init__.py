"""The engines behind the readers' search."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from search.engines.base import Engine
from search.engines.tantivy import TantivyEngine


def get_engine() -> Engine:
    """The engine of this installation, opened once in each process."""
    if settings.SEARCH_ENGINE == "elasticsearch":
        return _elasticsearch(**settings.ELASTICSEARCH)
    return _tantivy(Path(settings.SEARCH_DIR))


@cache
def _tantivy(root: Path) -> Engine:
    return TantivyEngine(root)


@cache
def _elasticsearch(**options: Any) -> Engine:
    # Here, because loading the client takes a quarter of a second that the embedded default need not spend.
    from search.engines.elasticsearch import ElasticsearchEngine, Options

    return ElasticsearchEngine(Options(**options))
