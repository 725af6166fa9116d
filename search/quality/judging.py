"""Editors' own relevance tests, asked of the live index as readers ask it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Any

from search import service
from search.models import RelevanceTest
from search.queries import SearchQuery


@dataclass(frozen=True)
class Verdict:
    """How a test went: the place, from 1, of each expected page among the first results, by title; None for none."""

    test: RelevanceTest
    places: Mapping[str, int | None]

    @property
    def passed(self) -> bool:
        """Whether all pages are there. A test whose pages have all been deleted has nothing to pass with."""
        return bool(self.places) and not self.missing

    @property
    def missing(self) -> list[str]:
        """The pages that are not among the first."""
        return [title for title, place in self.places.items() if place is None]

    @cached_property
    def reciprocal_rank(self) -> float:
        """1/place of the first expected page, 0 for none."""
        return 1 / min((place for place in self.places.values() if place), default=float("inf"))

    def as_dict(self) -> dict[str, Any]:
        return {"question": self.test.words, "top": self.test.top, "passed": self.passed, "places": self.places}


def judge(test: RelevanceTest) -> Verdict:
    """Ask a test's question; what is pinned comes first, as readers see it."""
    results = service.search(SearchQuery(text=test.words, page_size=test.top))
    ids = [hit.id for hit in (*results.promoted, *results.hits)][: test.top]
    places = {page_id: place for place, page_id in enumerate(ids, 1)}
    return Verdict(test, {item.page.title: places.get(item.page_id) for item in test.expected.all()})


def judge_all() -> list[Verdict]:
    """All tests, in their order."""
    return [judge(test) for test in RelevanceTest.objects.prefetch_related("expected__page")]


def mean_reciprocal_rank(verdicts: Iterable[Verdict]) -> float:
    """1/place of the first expected page, on the average."""
    return fmean(ranks) if (ranks := [verdict.reciprocal_rank for verdict in verdicts]) else 0.0
