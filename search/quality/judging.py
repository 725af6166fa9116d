"""Editors' own relevance tests, asked of the live index as readers ask it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import inf
from statistics import fmean
from typing import Any

from search import service
from search.models import RelevanceTest
from search.queries import SearchQuery


@dataclass(frozen=True)
class Placed:
    """An expected page, and its place among the first results, from 1; None for none."""

    page_id: int
    title: str
    place: int | None


@dataclass(frozen=True)
class Verdict:
    """How a test went."""

    test: RelevanceTest
    expected: tuple[Placed, ...]

    @property
    def passed(self) -> bool:
        """Whether all pages are there. A test whose pages have all been deleted has nothing to pass with."""
        return bool(self.expected) and all(item.place for item in self.expected)

    @property
    def reciprocal_rank(self) -> float:
        """1/place of the first expected page, 0 for none."""
        return 1 / min((item.place for item in self.expected if item.place), default=inf)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        values = {"question": self.test.words, "top": self.test.top, "passed": self.passed}
        return values | {"expected": [asdict(item) for item in self.expected]}


def judge(test: RelevanceTest) -> Verdict:
    """Ask a test's question; what is pinned comes first, as readers see it."""
    results = service.search(SearchQuery(text=test.words, page_size=test.top))
    ids = [hit.id for hit in (*results.promoted, *results.hits)][: test.top]
    places = {page_id: place for place, page_id in enumerate(ids, 1)}
    expected = (Placed(item.page_id, item.page.title, places.get(item.page_id)) for item in test.expected.all())
    return Verdict(test, tuple(expected))


def judge_all() -> list[Verdict]:
    """All tests, in their order."""
    return [judge(test) for test in RelevanceTest.objects.prefetch_related("expected__page")]


def mean_reciprocal_rank(verdicts: Iterable[Verdict]) -> float:
    """1/place of the first expected page, on the average."""
    return fmean(ranks) if (ranks := [verdict.reciprocal_rank for verdict in verdicts]) else 0.0
