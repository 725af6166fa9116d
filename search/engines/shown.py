"""What a hit shows beside its body, as both engines store it and read it back."""

from collections.abc import Mapping
from typing import Any

from search.documents import Attachment, Card, SearchDocument
from search.engines.base import Found

_FIELDS = ("id", "type", "language", "title", "timestamp")


def to_stored(document: SearchDocument) -> dict[str, Any]:
    """The values as JSON can hold them."""
    values: dict[str, Any] = {name: getattr(document, name) for name in _FIELDS} | {"card": vars(document.card)}
    if document.names:
        values["names"] = document.names
    if document.attachments:
        values["attachments"] = [vars(attachment) for attachment in document.attachments]
    return values


def from_stored(values: Mapping[str, Any], body: str, score: float, rank: int) -> Found:
    """The hit that they belong to; `score` and `rank` are its place in the answer."""
    card = values["card"]
    attachments = [item | {"starts": tuple(item["starts"])} for item in values.get("attachments", ())]
    return Found(
        **{name: values[name] for name in _FIELDS},
        body=body,
        card=Card(**card | {"schools": tuple(card["schools"])}),
        attachments=tuple(Attachment(**item) for item in attachments),
        names=tuple(values.get("names", ())),
        score=score,
        rank=rank,
    )
