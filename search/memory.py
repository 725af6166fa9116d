"""What all pages share, kept in this process while the state of the site is the same."""

from collections.abc import Callable, Hashable
from typing import Any

_kept: dict[Hashable, tuple[str, Any]] = {}


def recall(name: Hashable, state: str, make: Callable[[], Any]) -> Any:
    """What was made under this name in this state; made anew where that was in another one. Nobody may change it."""
    kept = _kept.get(name)
    if kept is None or kept[0] != state:
        kept = _kept[name] = (state, make())
    return kept[1]


def forget() -> None:
    """As a new process is."""
    _kept.clear()
