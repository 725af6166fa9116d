"""The trend as a drawing: a bar for each day, by itself in SVG, without a script and without inline styles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 720, 140  # of the drawing's own units
_GAP = 0.2  # of a bar's room


@dataclass(frozen=True)
class Bar:
    """A day; `height` is of all questions, `nothing` of those without any result, both from the bottom."""

    day: date
    asked: int
    found_nothing: int
    x: float
    width: float
    height: float
    nothing: float

    @property
    def y(self) -> float:
        return round(HEIGHT - self.height, 2)

    @property
    def nothing_y(self) -> float:
        return round(HEIGHT - self.nothing, 2)


@dataclass(frozen=True)
class Chart:
    """Bars, and the number that the highest stands for."""

    bars: Sequence[Bar]
    highest: int
    width: int = WIDTH
    height: int = HEIGHT


def chart(days: Sequence[tuple[date, int, int]]) -> Chart:
    """The drawing of `figures.by_day`; days without a question have bars without height."""
    highest = max((asked for _, asked, _ in days), default=0)
    room, scale = WIDTH / max(1, len(days)), HEIGHT / max(1, highest)
    bars = [
        Bar(
            day,
            asked,
            nothing,
            x=round(place * room, 2),
            width=round(room * (1 - _GAP), 2),
            height=round(asked * scale, 2),
            nothing=round(nothing * scale, 2),
        )
        for place, (day, asked, nothing) in enumerate(days)
    ]
    return Chart(bars, highest)
