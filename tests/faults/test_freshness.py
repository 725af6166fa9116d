"""12: what is published is found within seconds; what is withdrawn is gone at once, even without a worker."""

from collections.abc import Callable
from statistics import quantiles
from time import monotonic

import pytest

from search.queries import SearchQuery
from search.service import search, suggest
from tests.faults.harness import content, edits, reading
from tests.faults.harness.comparing import assert_index_equals_database
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation
from tests.faults.harness.sizes import size
from tests.faults.harness.waiting import wait_until

ARTICLES = size(200, 2_000)
PUBLISHED = size(20, 100)
FOUND = 3  # seconds
WITHDRAWN = size(5, 25)


def places(page_id: int, word: str) -> dict[str, int]:
    """Where a reader meets the page, and in which numbers it counts."""
    results = search(SearchQuery(word, facets=("type",), page_size=50))
    return {
        "hits": sum(hit.id == page_id for hit in results.hits),
        "total": results.total,
        "facet": sum(count.count for count in results.facets["type"]),
        "suggestions": sum(suggestion.id == page_id for suggestion in suggest(word)),
    }


def unpublish(page_id: int) -> None:
    _article(page_id).unpublish()


def restrict(page_id: int) -> None:
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=_article(page_id), restriction_type=PageViewRestriction.LOGIN)


def _article(page_id: int):
    from cms.news.models import ArticlePage

    return ArticlePage.objects.get(pk=page_id)


@pytest.fixture
def site(installation: Installation) -> Installation:
    installation.actor().call(content.fill, ARTICLES)
    installation.manage("search_rebuild")
    return installation


def test_a_published_page_is_found_soon(site: Installation, figures: Figures) -> None:
    site.worker()
    editor, reader = site.actor(), site.actor()
    seconds = []
    for number, page_id in enumerate(site.article_ids()[:PUBLISHED]):
        word = f"sohieu{number}"  # which no other page has
        editor.call(edits.publish, page_id, f"Tin {word}")
        published = monotonic()
        wait_until(lambda word=word: reader.call(reading.ask, word).hits, 30, word, every=0.02)
        seconds.append(monotonic() - published)
    *_, p95 = quantiles(seconds, n=20)
    figures("published pages, all found", len(seconds), at_least=PUBLISHED)
    figures("found after, median", sorted(seconds)[len(seconds) // 2], "s")
    figures("found after, p95", p95, "s", at_most=FOUND)


@pytest.mark.parametrize("withdraw", [unpublish, restrict], ids=lambda withdraw: withdraw.__name__)
def test_a_withdrawn_page_is_gone_on_the_next_request_without_any_worker(
    site: Installation, withdraw: Callable[[int], None], figures: Figures
) -> None:
    editor, reader, word = site.actor(), site.actor(), "sebirut"
    ids = site.article_ids()[:WITHDRAWN]
    for number, page_id in enumerate(ids):
        editor.call(edits.publish, page_id, f"Tin {word} {number}")
    worker = site.worker()
    site.wait_until_drained(30)
    worker.kill_9()
    wait_until(lambda: reader.call(reading.ask, word).total == len(ids), 10, "all of them are found")
    for left, page_id in zip(reversed(range(len(ids))), ids, strict=True):
        assert reader.call(places, page_id, word)["hits"] == 1
        editor.call(withdraw, page_id)
        seen = reader.call(places, page_id, word)
        assert seen == {"hits": 0, "total": left, "facet": left, "suggestions": 0}
    figures("withdrawn pages, gone on the next request", len(ids), at_least=WITHDRAWN)
    site.worker()
    site.wait_until_drained(30)
    assert_index_equals_database(site)
