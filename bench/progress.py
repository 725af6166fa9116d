"""Progress on standard error, so that standard output holds the figures alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def bar(what: str, total: int) -> Iterator[Callable[[int], object]]:
    """A function that is told how many more are done; silent where nobody looks at a terminal."""
    with tqdm(desc=what, total=total, disable=None, leave=False) as drawn:
        yield drawn.update
