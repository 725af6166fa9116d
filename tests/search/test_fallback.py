"""Answers from the database while the index cannot be asked: the same pages, within the same filters."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from cms.news.models import ArticlePage, NewsIndexPage
from home.models import HomePage
from search import sync
from search.engines.base import Engine, EngineUnavailable
from search.queries import SearchQuery, SearchResults, Sort
from search.service import search, suggest

MakeArticle = Callable[..., ArticlePage]
ALL = 50  # hits on a page


@pytest.fixture
def articles(home: HomePage, section: NewsIndexPage, make_article: MakeArticle, engine: Engine) -> list[ArticlePage]:
    """Two sections, three years, two tags; all have the word `chim`."""
    other = section.add_child(instance=NewsIndexPage(title="Thi đua", slug="thi-dua"))
    made = [
        make_article(
            parent=other if number % 2 else section,
            title=f"Chim {'sẻ' if number % 3 else 'én'} thứ {number}",
            tags=["Hội nghị"] if number % 2 else ["Hội nghị", "Đào tạo"],
            published_at=datetime(2021 + number % 3, 12, 31, 17, number, tzinfo=UTC),  # the next year, in Vietnam
        )
        for number in range(8)
    ]
    sync.drain()
    return made


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> Callable[[], None]:
    """Lets the engine answer nothing from now on."""

    def fail(*args: object) -> None:
        raise EngineUnavailable("away")

    def go() -> None:
        monkeypatch.setattr(type(engine), "search", fail)
        monkeypatch.setattr(type(engine), "suggest", fail)

    return go


def ids(results: SearchResults) -> list[int]:
    return [hit.id for hit in results.hits]


QUESTIONS: dict[str, dict[str, Any]] = {
    "all pages": {},
    "a word": {"text": "chim"},
    "a word without accents": {"text": "thu"},
    "a type": {"filters": {"type": ("article",)}},
    "an unknown type": {"filters": {"type": ("event",)}},
    "a tag": {"text": "chim", "filters": {"tag": ("dao-tao",)}},
    "one of two tags": {"filters": {"tag": ("dao-tao", "hoi-nghi")}},
    "a year as clocks in Vietnam show it": {"text": "chim", "filters": {"year": ("2023",)}},
    "years out of reach": {"filters": {"year": ("2023", "99999", "hai nghìn")}},
    "a tag and a year": {"filters": {"tag": ("dao-tao",), "year": ("2022", "2024")}},
    "a facet that no type has": {"filters": {"cited": ("444-KH/CTĐ",)}},
    "from a day on": {"text": "chim", "date_from": date(2023, 1, 1)},
    "up to a day": {"text": "chim", "date_to": date(2023, 1, 1)},
    "a day": {"date_from": date(2024, 1, 1), "date_to": date(2024, 1, 1)},
    "the newest": {"text": "chim", "sort": Sort.NEWEST},
    "the oldest": {"text": "chim", "sort": Sort.OLDEST},
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_database_finds_what_the_index_finds(
    articles: list[ArticlePage], away: Callable[[], None], name: str
) -> None:
    query = SearchQuery(page_size=ALL, **QUESTIONS[name])
    by_index = search(query)
    away()
    by_database = search(query)
    assert by_database.degraded
    assert not by_index.degraded
    assert set(ids(by_database)) == set(ids(by_index))
    assert by_database.total == by_index.total
    dated = {article.pk for article in articles}  # sections have no date, and come last
    if query.sort in (Sort.NEWEST, Sort.OLDEST):
        assert [pk for pk in ids(by_database) if pk in dated] == [pk for pk in ids(by_index) if pk in dated]


@pytest.mark.parametrize(("text", "found"), [("chim sẻ", 5), ("chim se", 5), ("se chim", 5), ("chim voi", 0)])
def test_every_word_must_be_there_where_the_index_would_rank(
    articles: list[ArticlePage], away: Callable[[], None], text: str, found: int
) -> None:
    away()
    results = search(SearchQuery(text, page_size=ALL))
    assert (results.total, len(ids(results))) == (found, found)


@pytest.mark.parametrize("parent", ["tin-tuc", "thi-dua"])
def test_a_section_holds_what_lies_below_it(articles: list[ArticlePage], away: Callable[[], None], parent: str) -> None:
    key = str(NewsIndexPage.objects.get(slug=parent).pk)
    query = SearchQuery("chim", filters={"section": (key,)}, page_size=ALL)
    by_index = search(query)
    away()
    assert set(ids(search(query))) == set(ids(by_index)) != set()


def test_no_private_and_no_unpublished_page_is_among_them(
    articles: list[ArticlePage], away: Callable[[], None]
) -> None:
    away()
    query = SearchQuery("chim", page_size=ALL)
    articles[0].unpublish()
    PageViewRestriction.objects.create(page=articles[1], restriction_type=PageViewRestriction.LOGIN)
    assert set(ids(search(query))) == {article.pk for article in articles[2:]}
    NewsIndexPage.objects.get(slug="thi-dua").unpublish()
    assert set(ids(search(query))) == {article.pk for article in articles[2::2]}


def test_there_is_one_page_of_hits_with_marked_words_and_no_facets(
    articles: list[ArticlePage], away: Callable[[], None]
) -> None:
    away()
    results = search(SearchQuery("chim se", facets=("type", "tag"), page_size=3))
    assert (len(results.hits), results.total) == (3, 5)
    assert (results.next, results.previous) == (None, None)
    assert results.facets == {"type": (), "tag": ()}
    assert all("<mark>" in hit.highlights["title"] for hit in results.hits)


def test_there_are_no_suggestions_and_no_error(articles: list[ArticlePage], away: Callable[[], None]) -> None:
    assert suggest("chi")
    away()
    assert suggest("chi") == ()
