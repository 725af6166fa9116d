"""Cursors: where an answer's next or previous page begins, signed, and good for one question only."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from search.engines.base import Position
from search.queries import BadQuery, SearchQuery

_SALT = "search.cursor"


def after(query: SearchQuery, position: Position) -> str:
    """The cursor of the page that follows the hit at `position`."""
    return _dump(query, "after", position)


def before(query: SearchQuery, position: Position) -> str:
    """The cursor of the page that ends before the hit at `position`."""
    return _dump(query, "before", position)


def read(query: SearchQuery) -> tuple[Position | None, Position | None]:
    """(after, before) of the query's cursor; both None without one. Raises BadQuery for a foreign or forged one."""
    if not query.cursor:
        return None, None
    side, *values = load(query.cursor, _question(query))
    position = Position(*values)
    return (position, None) if side == "after" else (None, position)


def dump(question: Any, *values: Any) -> str:
    """A cursor that holds these plain values, for this question (anything that JSON or `str` can tell apart)."""
    return signing.dumps([_fingerprint(question), *values], salt=_SALT)


def load(cursor: str, question: Any) -> list[Any]:
    """The values that a cursor holds. Raises BadQuery for one that is forged, or of another question."""
    try:
        asked, *values = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature:
        raise BadQuery("cursor", _("This cursor was not issued here, or it has been changed.")) from None
    if asked != _fingerprint(question):
        raise BadQuery("cursor", _("This cursor belongs to another query."))
    return values


def _dump(query: SearchQuery, side: str, position: Position) -> str:
    return dump(_question(query), side, position.score, position.rank, position.seen)


def _question(query: SearchQuery) -> dict[str, Any]:
    """What must be the same from page to page; facets may be left out on later ones."""
    values = asdict(query)
    del values["cursor"], values["facets"]
    return values


def _fingerprint(question: Any) -> str:
    text = json.dumps(question, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=9).hexdigest()
