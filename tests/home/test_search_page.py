"""The search page: the same answers as the API's, as HTML, without JavaScript."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


@pytest.fixture
def english() -> Client:
    """A reader of the English interface, whose messages are the sources, whatever the catalogue says."""
    return EnglishClient()


class EnglishClient(Client):
    def get(self, path, *args, **kwargs):
        return super().get(f"/en{path}", *args, **kwargs)


@pytest.fixture
def three_years(make_article, drain) -> list:
    articles = [
        make_article(
            title=f"Hội nghị tổng kết <năm> {year}",
            summary=f"Tóm tắt của năm {year}.",
            published_at=datetime(year, 11, 10, 7, 28, tzinfo=UTC),
            tags=["Thi đua"],
        )
        for year in (2021, 2022, 2023)
    ]
    drain()
    return articles


def page(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def titles(soup: BeautifulSoup) -> list[str]:
    return [heading.get_text() for heading in soup.select(".search-hit h3")]


def follow(client: Client, link: dict) -> BeautifulSoup:
    return page(client, f"/search/{link['href']}")


def test_a_reader_finds_a_page_without_accents_and_sees_what_it_is(
    english, three_years, make_article, make_image, drain
):
    make_article(
        title="Lễ bế giảng", slug="be-giang", cover=make_image(), published_at=datetime(2023, 5, 9, tzinfo=UTC)
    )
    drain()
    hit = page(english, "/search/?q=be+giang").select_one(".search-hit")
    assert hit.select_one("h3 a")["href"] == "/en/tin-tuc/be-giang/"
    assert str(hit.select_one("h3 mark")) == "<mark>bế giảng</mark>"
    assert hit.select_one("time").get_text() == "09/05/2023"
    assert hit.select_one("time")["datetime"] == "2023-05-09T07:00:00+07:00"
    assert hit.select_one(".search-hit-facts a")["href"] == "/en/tin-tuc/"
    assert hit.select_one("img")["src"].startswith("/media/")


def test_what_comes_from_pages_and_readers_is_escaped(english, three_years):
    html = english.get('/search/?q=<script>tổng+kết</script>&tag=<b>&section="><i>').text
    assert "<script>tổng" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    html = english.get("/search/?q=tong+ket").text
    assert "&lt;năm&gt;" in html
    assert "<năm>" not in html


def test_passages_that_answer_stand_in_place_of_the_summary(english, three_years):
    hit = page(english, "/search/?q=tom+tat+2022&year=2022").select_one(".search-hit")
    assert str(hit.select_one(".search-hit-passage mark")) == "<mark>Tóm tắt</mark>"
    assert not hit.select(".search-hit-summary")
    hit = page(english, "/search/?q=hoi+nghi&year=2022").select_one(".search-hit")
    assert hit.select_one(".search-hit-summary").get_text() == "Tóm tắt của năm 2022."
    assert not hit.select(".search-hit-passage")


def test_without_a_text_the_newest_pages_are_listed(english, three_years):
    assert titles(page(english, "/search/"))[0] == "Hội nghị tổng kết <năm> 2023"


def test_the_total_is_told(english, three_years):
    assert "3 pages found" in page(english, "/search/?q=tong+ket").get_text()
    assert "1 page found" in page(english, "/search/?q=tong+ket&year=2021").get_text()


def choice(soup: BeautifulSoup, name: str, label: str) -> Tag | None:
    """The checkbox of a facet, by what stands beside it."""
    boxes = soup.select(f".choice input[name={name}]")
    return next((box for box in boxes if box.parent.select_one("span").get_text() == label), None)


def send(client: Client, soup: BeautifulSoup, **chosen: str) -> BeautifulSoup:
    """The form as a browser sends it, its fields elsewhere on the page too, with more boxes checked."""
    fields = soup.select("form.search-form [name]:not(button), [form=search-form][name]:not(button)")
    sent = [(field["name"], value_of(field)) for field in fields if field.get("type") != "checkbox" or sent_box(field)]
    return page(client, f"/search/?{urlencode([*sent, *chosen.items()])}")


def sent_box(field: Tag) -> bool:
    return field.has_attr("checked")


def value_of(field: Tag) -> str:
    return field.select_one("option[selected], option")["value"] if field.name == "select" else field["value"]


def test_a_facet_narrows_and_its_chip_widens_again(english, three_years):
    soup = page(english, "/search/?q=tong+ket&sort=newest&utm_source=mail")
    assert choice(soup, "year", "2022").parent.select_one("small").get_text() == "1"
    narrowed = send(english, soup, year=choice(soup, "year", "2022")["value"])
    assert titles(narrowed) == ["Hội nghị tổng kết <năm> 2022"]
    assert choice(narrowed, "year", "2022").has_attr("checked")
    assert not choice(narrowed, "year", "2021").has_attr("checked")  # it is there: the choice can be widened
    assert len(titles(send(english, narrowed, year="2021"))) == 2
    chip = narrowed.select_one(".search-chips a")
    assert "2022" in chip.get_text()
    assert len(titles(follow(english, chip))) == 3


def test_all_filters_can_be_taken_away_at_once_and_the_text_stays(english, three_years):
    soup = page(english, "/search/?q=tong+ket&year=2021&type=article&date_from=2020-01-01&date_to=2021-12-31")
    chips = soup.select(".search-chips a")
    assert len(chips) == 4  # the kind is a tab
    assert {"From day: 01/01/2020 ×", "To day: 31/12/2021 ×"} < {chip.get_text() for chip in chips}
    everything = follow(english, chips[-1])
    assert len(titles(everything)) == 3
    assert not everything.select(".search-chips")
    assert everything.select_one("#search-text")["value"] == "tong ket"


def test_tabs_show_one_kind_of_page_and_all_again(english, three_years, make_person, drain):
    make_person(title="Tổng Kết")
    drain()
    tabs = page(english, "/search/?q=tong+ket&year=2021&year=2022").select(".search-tabs a")
    assert not tabs  # there are articles only
    tabs = page(english, "/search/?q=tong+ket&sort=newest").select(".search-tabs a")
    assert [tab.get_text() for tab in tabs] == ["Everything", "Article 3", "Person 1"]
    assert [tab.has_attr("aria-current") for tab in tabs] == [True, False, False]
    people = follow(english, tabs[2])
    assert titles(people) == ["Tổng Kết"]
    assert people.select_one("form.search-form [type=hidden][name=type]")["value"] == "person"
    assert len(titles(follow(english, people.select_one(".search-tabs a")))) == 4


def test_the_form_keeps_what_was_asked(english, three_years):
    soup = page(english, "/search/?q=%22tong+ket%22&sort=oldest&year=2021&date_from=2021-01-01")
    form = soup.select_one("form.search-form")
    assert form["action"] == "/en/search/"
    assert form["method"] == "get"
    assert form.select_one("[name=q]")["value"] == '"tong ket"'
    assert form.select_one("option[selected]")["value"] == "oldest"
    assert choice(soup, "year", "2021").has_attr("checked")
    assert choice(soup, "year", "2021")["form"] == form["id"]
    assert form.select_one("[name=date_from]")["value"] == "2021-01-01"


def test_results_are_sorted_as_asked(english, three_years):
    found = [title[-4:] for title in titles(page(english, "/search/?q=tong+ket&sort=oldest"))]
    assert found == ["2021", "2022", "2023"]


def test_a_form_sent_with_empty_fields_is_a_search_like_any_other(english, three_years):
    soup = page(english, "/search/?q=tong+ket&date_from=&date_to=&sort=relevance")
    assert len(titles(soup)) == 3
    assert not soup.select(".search-chips")


def test_results_can_be_leafed_through_and_back(english, make_article, drain, settings):
    settings.SEARCH_PAGE_SIZE = 2
    for number in range(5):
        make_article(title=f"Tin & bài {number}")
    drain()
    first = page(english, "/search/?q=tin+bài&type=article")
    second = follow(english, first.select_one("a[rel~=next]"))
    third = follow(english, second.select_one("a[rel~=next]"))
    assert [len(titles(soup)) for soup in (first, second, third)] == [2, 2, 1]
    assert len({*titles(first), *titles(second), *titles(third)}) == 5
    assert not third.select("a[rel~=next]")
    assert titles(follow(english, third.select_one("a[rel~=prev]"))) == titles(second)
    assert not first.select("a[rel~=prev]")


def test_a_choice_made_on_a_later_page_starts_from_the_first(english, make_article, drain, settings):
    settings.SEARCH_PAGE_SIZE = 2
    for _ in range(5):
        make_article(tags=["Thi đua"])
    drain()
    second = follow(english, page(english, "/search/?q=bai+viet").select_one("a[rel~=next]"))
    assert len(titles(send(english, second, tag=choice(second, "tag", "Thi đua")["value"]))) == 2


def test_when_nothing_is_found_the_page_helps(english, three_years):
    soup = page(english, "/search/?q=xyzzy&year=2021")
    results = soup.select_one(".search-results")
    assert "Nothing found" in results.get_text()
    assert "xyzzy" in results.get_text()
    assert results.select_one("a[href='?q=xyzzy']")
    assert soup.select_one(".search-chips a")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("date_from=2023-02-31", "From day"),
        ("date_from=2023-02-02&date_to=2023-02-01", "From day"),
        ("sort=best", "Order"),
        ("q=" + "x" * 300, "Search text"),
        ("cursor=forged", "Page of results"),
    ],
)
def test_a_mistake_is_explained_and_the_form_kept(english, three_years, query, name):
    soup = page(english, f"/search/?tag=a&{query}", status=400)
    assert name in soup.select_one(".search-mistakes li").get_text()
    assert soup.select_one("form.search-form [name=tag]")["value"] == "a"
    assert not soup.select(".search-hit")


def test_a_stale_page_of_results_leads_back_to_the_first(english, three_years):
    soup = page(english, "/search/?q=tong+ket&cursor=stale", status=400)
    assert len(titles(follow(english, soup.select_one(".search-mistakes a")))) == 3


def test_parameters_that_the_page_does_not_know_are_ignored(english, three_years):
    assert len(titles(page(english, "/search/?q=tong+ket&utm_source=mail&facets=colour&page_size=x"))) == 3


def test_an_unpublished_page_is_not_found_nor_counted(english, three_years):
    three_years[0].unpublish()
    soup = page(english, "/search/?q=tong+ket")
    assert len(titles(soup)) == 2
    assert "2 pages found" in soup.get_text()
    assert choice(soup, "year", "2022")
    assert not choice(soup, "year", "2021")


def test_a_filter_that_offers_no_choice_stays_in_the_form(english, three_years):
    soup = page(english, "/search/?q=tong+ket&year=1999")
    assert soup.select_one("form.search-form [type=hidden][name=year]")["value"] == "1999"


def test_choices_keep_the_literal_reading_and_a_new_question_does_not(english, three_years):
    soup = page(english, "/search/?q=tong+ket&literal=true")
    assert soup.select_one("[data-apply]")["name"] == "literal"
    assert not soup.select("form.search-form [name=literal]")
    assert not page(english, "/search/?q=tong+ket").select("[name=literal]")


def test_without_an_index_the_page_answers_and_says_so(english, make_article, search_dir):
    make_article(title="Hội nghị")
    soup = page(english, "/search/")
    assert titles(soup)
    assert soup.select_one("[role=status]")


def test_result_pages_stay_out_of_other_indexes_and_set_no_cookies(english, three_years):
    response = english.get("/search/?q=a")
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_the_page_only_reads(english, engine):
    assert english.post("/search/", {"q": "a"}).status_code in {403, 405}
    assert english.head("/search/?q=a").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_number_of_hits(
    english, make_article, make_image, drain, settings
):
    settings.SEARCH_PAGE_SIZE = 50
    cover = make_image()

    def queries_after_adding(number: int) -> int:
        for _ in range(number):
            make_article(cover=cover, tags=["Thi đua"])
        drain()
        english.get("/search/")  # what Django looks up once in a process
        with CaptureQueriesContext(connection) as queries:
            assert len(titles(page(english, "/search/?q=bai"))) >= number
        return len(queries)

    assert queries_after_adding(4) == queries_after_adding(12)


def test_the_title_names_the_search(english, engine):
    html = english.get("/search/?q=<b>thi đua").text
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    assert "<b>" not in title[1]
    assert "Search: <b>thi đua" in unescape(title[1])
