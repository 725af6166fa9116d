"""Documents for the engines' common tests."""

from datetime import UTC, datetime
from typing import Any

from search.documents import Card, FacetValue, SearchDocument
from search.engines.base import Change


def document(page_id: int, title: str, body: str = "", **values: Any) -> SearchDocument:
    """A document; `facets` may be given as name → plain strings."""
    facets = {
        name: tuple(FacetValue(text, text.title()) for text in texts)
        for name, texts in values.pop("facets", {"type": ["article"]}).items()
    }
    defaults = {
        "type": "article",
        "language": "vi",
        "path": f"00010001{page_id:04d}",
        "card": Card(url=f"/{page_id}/"),
        "date": datetime(2023, 1, 1, tzinfo=UTC),
    }
    return SearchDocument(id=page_id, title=title, body=body, facets=facets, **{**defaults, **values})


def added(*documents: SearchDocument, version: int = 1) -> list[Change]:
    return [Change(item.id, version, item) for item in documents]


def removed(page_id: int, version: int) -> Change:
    return Change(page_id, version, None)
