"""Things that take turns, so that what else the machine does meets all of them, and what each took."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from figures import percentile

WARM_UP = 5

Ask = Callable[[], object]


@dataclass
class Taken:
    """What the answers took, in milliseconds by the clock and of the processor."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return percentile(self.clock, 0.5)

    @property
    def work(self) -> float:
        """The median of the processor's time, which other business of the machine does not lengthen much."""
        return percentile(self.processor, 0.5)


def take_turns(asking: Sequence[Ask], times: int) -> list[Taken]:
    """Ask each so many times, after a few that do not count."""
    taken = [Taken() for _ in asking]
    for number in range(-WARM_UP, times):
        for ask, each in zip(asking, taken, strict=True):
            start, processor = time.perf_counter(), time.process_time()
            ask()
            if number >= 0:
                each.clock.append((time.perf_counter() - start) * 1000)
                each.processor.append((time.process_time() - processor) * 1000)
    return taken
