"""What the fault tests measure, shown in a table at the end of the run."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """A measured value and what it must keep to."""

    test: str
    name: str
    value: float
    unit: str
    limit: str

    def __str__(self) -> str:
        value = f"{self.value:,.0f}" if float(self.value).is_integer() else f"{self.value:,.3f}"
        return f"{self.test}: {self.name}: {value} {self.unit}".rstrip() + (f" ({self.limit})" if self.limit else "")


@dataclass
class Figures:
    """Notes figures of one test, and holds them against their limits."""

    test: str
    noted: list[Figure] = field(default_factory=list)

    def __call__(
        self, name: str, value: float, unit: str = "", *, at_most: float | None = None, at_least: float | None = None
    ) -> None:
        """Note `value`; fails when it is beyond a limit."""
        limits = {"at most": at_most, "at least": at_least}
        limit = ", ".join(f"{word} {bound:g}" for word, bound in limits.items() if bound is not None)
        figure = Figure(self.test, name, value, unit, limit)
        self.noted.append(figure)
        assert at_most is None or value <= at_most, str(figure)
        assert at_least is None or value >= at_least, str(figure)
