"""An engine with an index of its own that goes away afterwards: for measuring beside the live one."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings

from search.engines.base import Engine
from search.engines.tantivy import TantivyEngine


@contextmanager
def throwaway(name: str) -> Iterator[Engine]:
    """An empty engine of this name (`tantivy` or `elasticsearch`); nothing of it is left when the context ends."""
    if name == "elasticsearch":
        with _elasticsearch() as engine:
            yield engine
    else:
        with tempfile.TemporaryDirectory(prefix="trang-quality-") as folder:
            yield TantivyEngine(Path(folder))


@contextmanager
def _elasticsearch() -> Iterator[Engine]:
    from search.engines.elasticsearch import ElasticsearchEngine, Options

    options = Options(**dict[str, Any](settings.ELASTICSEARCH))
    engine = ElasticsearchEngine(replace(options, alias=f"{options.alias}-quality-{token_hex(6)}"))
    try:
        yield engine
    finally:
        engine.destroy()
