"""How much the fault tests do: little by default, all that was promised with FAULTS=full."""

import os
from typing import TypeVar

Size = TypeVar("Size")

FULL = os.environ.get("FAULTS") == "full"


def size(small: Size, full: Size) -> Size:
    """The size of this run."""
    return full if FULL else small
