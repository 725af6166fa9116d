"""A page of a list: the things on it, and the cursors of the pages around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.content.orders import Found, Order
from search import cursors


@dataclass(frozen=True)
class Slice:
    """Some things of a list; `next` and `previous` are cursors or None."""

    things: Sequence[Any]
    next: str | None = None
    previous: str | None = None


def take(found: Found, order: Order, size: int, cursor: str, question: Any) -> Slice:
    """The page that a cursor of this question leads to, or the first. Raises BadQuery for another's cursor.

    A cursor holds the place of a thing and not a number: what is added or removed before it shifts nothing.
    """
    side, mark = cursors.load(cursor, question) if cursor else ("after", None)
    backwards = side == "before"
    if mark:
        found = order.beyond(found, mark, backwards)
    things = list(order.apply(found, backwards)[: size + 1])
    more, things = len(things) > size, things[:size]
    if backwards:
        things.reverse()
    has_next, has_previous = (bool(things), more) if backwards else (more, bool(mark and things))
    return Slice(
        things,
        cursors.dump(question, "after", order.mark(things[-1])) if has_next else None,
        cursors.dump(question, "before", order.mark(things[0])) if has_previous else None,
    )
