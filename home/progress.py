"""Progress on a terminal for work in several parts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def bars() -> Iterator[Callable[[str, int, int], None]]:
    """A function (what, done, total) that draws a bar for each `what`; nothing where nobody watches."""
    drawn: dict[str, tqdm] = {}

    def draw(what: str, done: int, total: int) -> None:
        bar = drawn.setdefault(what, tqdm(desc=what, total=total, disable=None, leave=False))
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield draw
    finally:
        for bar in drawn.values():
            bar.close()
