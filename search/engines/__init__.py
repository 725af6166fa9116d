"""The engines behind the readers' search."""

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine
from search.engines.tantivy import TantivyEngine


def get_engine() -> Engine:
    """The engine of this installation, opened once in each process."""
    return _engine(Path(settings.SEARCH_DIR))


@cache
def _engine(root: Path) -> Engine:
    return TantivyEngine(root)
