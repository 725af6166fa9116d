"""What is remembered in a state of the site, and when it is looked up again."""

from collections.abc import Callable
from typing import Any

import pytest

from search import memory


@pytest.fixture
def look_up() -> Callable[[], int]:
    """Gives a higher number each time that it is asked."""
    numbers = iter(range(100))
    return lambda: next(numbers)


def recalled(state: str, look_up: Callable[[], int], name: Any = "name") -> int:
    with memory.within(lambda: state):
        return memory.recall(name, look_up)


def test_it_is_looked_up_once_in_a_state_and_anew_in_the_next(look_up: Callable[[], int]) -> None:
    assert [recalled(state, look_up) for state in ("a", "a", "b", "b")] == [0, 0, 1, 1]


def test_names_are_kept_apart(look_up: Callable[[], int]) -> None:
    assert [recalled("a", look_up, name) for name in (("count", 1), ("count", 2), ("count", 1))] == [0, 1, 0]


def test_outside_of_a_state_nothing_is_remembered(look_up: Callable[[], int]) -> None:
    recalled("a", look_up)
    assert [memory.recall("name", look_up) for _ in range(2)] == [1, 2]


def test_what_was_begun_in_an_older_state_is_not_taken_for_the_newer(look_up: Callable[[], int]) -> None:
    """A slow answer that began before a change does not hand on what it saw to those that began after it."""
    recalled("new", look_up)
    assert recalled("old", look_up) == 1
    assert recalled("new", look_up) == 2


def test_many_names_do_not_fill_the_memory(look_up: Callable[[], int], monkeypatch: Any) -> None:
    monkeypatch.setattr(memory, "_MOST", 3)
    for number in range(10):
        recalled("a", lambda: 0, ("host", number))
    assert len(memory._kept) <= 3
