"""GET /api/v1/search/ and /api/v1/search/suggest/, through the real service and index."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode
from taggit.models import Tag

from cms.news.models import ArticlePage, NewsIndexPage

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/search/"
SUGGEST = "/api/v1/search/suggest/"


@pytest.fixture
def ask(client: Client) -> Callable[..., dict[str, Any]]:
    """Asks the search: `ask(q="…", tag=["a", "b"])`."""

    def ask(address: str = SEARCH, **parameters: Any) -> dict[str, Any]:
        response = client.get(f"{address}?{urlencode(parameters, doseq=True)}")
        assert response.status_code == 200, response.content
        return response.json()

    return ask


@pytest.fixture
def three_years(make_article, drain) -> list[ArticlePage]:
    """An article in each of three years, in the index."""
    articles = [
        make_article(
            title=f"Hội nghị tổng kết năm {year}",
            published_at=datetime(year, 12, 31, 16, 59, 59, tzinfo=UTC),  # the last second of the year in Hà Nội
            tags=["Thi đua", f"Năm {year}"],
        )
        for year in (2021, 2022, 2023)
    ]
    drain()
    return articles


def tag(name: str) -> str:
    """What filters by a tag."""
    return Tag.objects.get(name=name).slug


def ids(answer: dict[str, Any]) -> list[int]:
    return [result["id"] for result in answer["results"]]


def test_a_page_is_found_without_accents_with_everything_that_a_list_shows(
    ask, make_article, make_image, section, drain
):
    article = make_article(
        title="Hội nghị tổng kết <Cụm> thi đua",
        slug="tong-ket",
        summary="Bảy trường đã họp.",
        cover=make_image(description="Toàn cảnh"),
        published_at=datetime(2023, 11, 10, 7, 28, tzinfo=UTC),
    )
    drain()
    answer = ask(q="hoi nghi tong ket")
    thumbnail = answer["results"][0].pop("thumbnail")
    assert answer == {
        "query": {"text": "hoi nghi tong ket", "showing_results_for": None, "did_you_mean": None, "expanded": []},
        "total": 1,
        "degraded": False,
        "results": [
            {
                "id": article.pk,
                "type": "article",
                "language": "vi",
                "title": "Hội nghị tổng kết <Cụm> thi đua",
                "url": "http://testserver/tin-tuc/tong-ket/",
                "api_url": f"http://testserver/api/v1/articles/{article.pk}/",
                "date": "2023-11-10T14:28:00+07:00",
                "section": {"id": section.pk, "title": "Tin tức", "url": "http://testserver/tin-tuc/"},
                "schools": [],
                "summary": "Bảy trường đã họp.",
                "highlights": {
                    "title": "<mark>Hội nghị tổng kết</mark> &lt;Cụm&gt; thi đua",
                    "body": ["Bảy trường đã họp."],
                    "files": [],
                },
            }
        ],
        "promoted": [],
        "facets": {},
        "next": None,
        "previous": None,
    }
    assert thumbnail["url"].startswith("http://testserver/media/")
    assert {"width", "height", "alt"} < set(thumbnail)


def test_without_a_text_everything_is_listed_newest_first(ask, three_years, section):
    answer = ask()
    assert ids(answer)[:3] == [article.pk for article in reversed(three_years)]
    assert answer["total"] == 4  # the section too


def test_filters_of_one_facet_widen_and_of_several_narrow(ask, three_years):
    both = [tag("Năm 2021"), tag("Năm 2023")]
    assert ask(tag=both)["total"] == 2
    assert ask(tag=both, year="2021")["total"] == 1
    assert ask(q="tổng kết", type="article", tag="khong-co")["total"] == 0


def test_days_are_those_of_the_site_and_both_ends_count(ask, three_years):
    first, second, third = three_years
    assert ids(ask(type="article", date_from="2022-12-31")) == [third.pk, second.pk]
    assert ids(ask(type="article", date_to="2022-12-30")) == [first.pk]
    assert ids(ask(type="article", date_from="2022-12-31", date_to="2022-12-31")) == [second.pk]


@pytest.mark.parametrize("days", [{"date_from": "0001-01-01"}, {"date_to": "9999-12-31"}])
def test_the_ends_of_the_calendar_can_be_asked_for(ask, three_years, days):
    assert ask(type="article", **days)["total"] == 3


def test_results_are_sorted_as_asked(ask, three_years):
    oldest_first = [article.pk for article in three_years]
    assert ids(ask(q="tong ket", sort="oldest")) == oldest_first
    assert ids(ask(q="tong ket", sort="newest")) == oldest_first[::-1]


def test_only_the_facets_asked_for_are_counted_and_each_ignores_its_own_filter(ask, three_years):
    answer = ask(year="2023", facets="year,tag")
    assert set(answer["facets"]) == {"year", "tag"}
    assert {count["value"]: count["count"] for count in answer["facets"]["year"]} == {"2021": 1, "2022": 1, "2023": 1}
    assert {"value": tag("Thi đua"), "label": "Thi đua", "count": 1} in answer["facets"]["tag"]


def test_pages_of_results_can_be_followed_to_the_end_and_back(ask, client, make_article, drain):
    for _ in range(7):
        make_article(title="Tin về thi đua & khen thưởng")
    drain()
    pages = [ask(q="thi đua & khen", type="article", page_size=3, facets="type")]
    while address := pages[-1]["next"]:
        assert address.startswith("http://testserver/api/v1/search/?q=thi")
        pages.append(client.get(address).json())
    assert [len(page["results"]) for page in pages] == [3, 3, 1]
    assert len({page_id for page in pages for page_id in ids(page)}) == 7
    assert all(page["facets"]["type"][0]["count"] == 7 for page in pages)
    back = client.get(pages[-1]["previous"]).json()
    assert ids(back) == ids(pages[1])
    assert ids(client.get(back["previous"]).json()) == ids(pages[0])
    assert pages[0]["previous"] is None


def test_a_cursor_serves_only_its_own_question(ask, client, three_years):
    address = ask(q="tong ket", page_size=1)["next"]
    for other in (address.replace("tong", "hop"), address.replace("page_size=1", "page_size=2"), f"{address}x"):
        response = client.get(other)
        assert response.status_code == 400
        assert [error["parameter"] for error in response.json()["errors"]] == ["cursor"]


def test_an_unpublished_page_is_gone_from_hits_counts_and_suggestions_at_once(ask, three_years):
    three_years[0].unpublish()
    answer = ask(q="tong ket", facets="type")
    assert three_years[0].pk not in ids(answer)
    assert answer["total"] == answer["facets"]["type"][0]["count"] == 2
    assert len(ask(SUGGEST, q="hoi nghi")["suggestions"]) == 2


def test_without_an_index_the_database_answers_and_says_so(ask, make_article, search_dir):
    article = make_article(title="Hội nghị tổng kết")
    answer = ask(facets="type")
    assert answer["degraded"] is True
    assert article.pk in ids(answer)
    assert answer["facets"] == {"type": []}


def test_suggestions_complete_what_is_typed(ask, make_article, drain):
    article = make_article(title="Hội nghị <tổng kết>", slug="hoi-nghi")
    drain()
    answer = ask(SUGGEST, q=" hoi ngh ")
    highlighted = answer["suggestions"][0].pop("highlighted")
    assert answer == {
        "query": "hoi ngh",
        "suggestions": [
            {
                "type": "article",
                "type_label": "bài viết",
                "id": article.pk,
                "title": "Hội nghị <tổng kết>",
                "also": "",
                "url": "http://testserver/tin-tuc/hoi-nghi/",
                "api_url": f"http://testserver/api/v1/articles/{article.pk}/",
            }
        ],
    }
    assert highlighted.startswith("<mark>Hội")
    assert highlighted.endswith(" &lt;tổng kết&gt;")


def test_nothing_typed_gives_no_suggestions(ask, three_years):
    assert ask(SUGGEST) == ask(SUGGEST, q="  ") == {"query": "", "suggestions": []}


@pytest.mark.parametrize("address", [f"{SEARCH}?facets=type,section,tag&page_size=100", f"{SUGGEST}?q=bai"])
def test_the_number_of_queries_does_not_grow_with_the_number_of_hits(address, client, make_article, make_image, drain):
    cover = make_image()

    def queries_after_adding(number: int) -> int:
        for _ in range(number):
            make_article(cover=cover, tags=["Thi đua"])
        drain()
        client.get(address)  # what Django looks up once in a process
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    assert queries_after_adding(5) == queries_after_adding(20) > 0


@pytest.mark.parametrize("address", [SEARCH, SUGGEST])
def test_answers_set_no_cookies_and_are_not_kept_unasked(client, engine, address):
    response = client.get(address)
    assert not response.cookies
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Type"] == "application/json"
    assert "Cookie" not in response["Vary"]
    assert "Accept-Language" in response["Vary"]


def test_a_section_below_a_section_is_found_by_both(ask, section, make_article, drain):
    below = section.add_child(instance=NewsIndexPage(title="Thi đua", slug="thi-dua"))
    article = make_article(parent=below)
    drain()
    for page in (section, below):
        assert article.pk in ids(ask(section=page.pk))
