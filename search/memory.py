"""What many answers need and only changes of content alter: looked up once, and kept in this process until then.

An answer to a reader is made `within` a state of the site (a digest of stamps, see `search.stamps`). What is recalled
in it was looked up in that state or in none later that had another: after a change it is looked up anew. Outside, in
commands and while something is being changed, nothing is kept.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, TypeVar, cast

Found = TypeVar("Found")

_MOST = 5_000  # names; some are of hosts, as many as somebody cares to invent

_state: ContextVar[Callable[[], str] | None] = ContextVar("state", default=None)
_notes: ContextVar[dict[str, Any] | None] = ContextVar("notes", default=None)
_kept: dict[Hashable, tuple[str, object]] = {}


@contextmanager
def within(state: Callable[[], str]) -> Iterator[None]:
    """Let what is looked up in this block be kept for others in the same state, which is asked for when needed."""
    token, notes = _state.set(cache(state)), _notes.set({})
    try:
        yield
    finally:
        _state.reset(token)
        _notes.reset(notes)


def recall(name: Hashable, look_up: Callable[[], Found]) -> Found:
    """What `look_up` gave under this name in the present state. Nobody may change it."""
    if (state := _state.get()) is None:
        return look_up()
    current, kept = state(), _kept.get(name)
    if kept is None or kept[0] != current:
        if len(_kept) >= _MOST:
            _kept.clear()
        kept = _kept[name] = (current, look_up())
    return cast(Found, kept[1])


def of_this_answer() -> dict[str, Any]:
    """Notes that go with the block, for what several parts of one answer need; outside they are gone at once."""
    notes = _notes.get()
    return {} if notes is None else notes


def forget() -> None:
    """As a new process is."""
    _kept.clear()
