"""Long sequences in pieces, for databases and engines that take only so much at once."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size` items, in order, none empty (`itertools.batched`, which Python 3.11 has not)."""
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece
