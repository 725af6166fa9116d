"""Figures with their targets, and how they are printed: a table for people, JSON for programs."""

import json
import math
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Figure:
    """A measured value. `at_most` or `at_least` is its target; `ratio` is that to the thing called `against`."""

    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    ratio: float | None = None
    against: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the target was met; None for a figure without one."""
        if self.at_most is None and self.at_least is None:
            return None
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )

    def cells(self) -> tuple[str, ...]:
        """The figure as a row of the table."""
        target = "" if self.reached is None else f"{'≤' if self.at_least is None else '≥'} {_number(self.target)}"
        verdict = {True: "reached", False: "missed", None: ""}[self.reached]
        ratio = "" if self.ratio is None else f"{_number(self.ratio)} × {self.against}"
        return self.name, f"{_number(self.value)} {self.unit}".strip(), target, verdict, ratio

    @property
    def target(self) -> float:
        """The bound of the target; not a number without one."""
        return next((bound for bound in (self.at_most, self.at_least) if bound is not None), math.nan)


@dataclass
class Report:
    """What one run found; the load average says how busy the machine was with other things."""

    title: str
    notes: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    load_at_start: float = field(default_factory=lambda: os.getloadavg()[0])

    def print(self, *, as_json: bool) -> None:
        """To standard output."""
        load = [round(self.load_at_start, 1), round(os.getloadavg()[0], 1)]
        if as_json:
            figures = [asdict(figure) | {"reached": figure.reached} for figure in self.figures]
            values = {"title": self.title, "notes": self.notes, "load_average": load, "cores": os.cpu_count()}
            print(json.dumps(values | {"figures": figures}, ensure_ascii=False, indent=2))
            return
        print(f"{self.title}\nload average {load[0]} at the start, {load[1]} at the end, on {os.cpu_count()} cores\n")
        print(_table([("figure", "measured", "target", "", "ratio"), *(figure.cells() for figure in self.figures)]))
        for note in self.notes:
            print(f"\n{note}", end="")
        print()


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest of the values that at least this share of them does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True)
class Cost:
    """What a call took: seconds by the clock, and of the processor (all threads of this process)."""

    seconds: float
    processor_seconds: float


def cost(call: Callable[[], object]) -> Cost:
    """Call it and measure."""
    seconds, processor_seconds = time.perf_counter(), time.process_time()
    call()
    return Cost(time.perf_counter() - seconds, time.process_time() - processor_seconds)
