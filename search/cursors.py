"""Cursors: where an answer's next or previous page begins, signed, and good for one question only."""

import hashlib
import json
from dataclasses import asdict

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
    try:
        question, side, *values = signing.loads(query.cursor, salt=_SALT)
    except signing.BadSignature:
        raise BadQuery("cursor", _("This cursor was not issued here, or it has been changed.")) from None
    if question != _fingerprint(query):
        raise BadQuery("cursor", _("This cursor belongs to another query."))
    position = Position(*values)
    return (position, None) if side == "after" else (None, position)


def _dump(query: SearchQuery, side: str, position: Position) -> str:
    values = [_fingerprint(query), side, position.score, position.rank, position.seen]
    return signing.dumps(values, salt=_SALT)


def _fingerprint(query: SearchQuery) -> str:
    """What must be the same from page to page; facets may be left out on later ones."""
    values = asdict(query)
    del values["cursor"], values["facets"]
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=9).hexdigest()
