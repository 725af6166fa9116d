"""The interface in two languages, chosen by the address and by nothing else."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

MISSING = {"vi": "Không tìm thấy trang", "en": "Page not found"}


def soup(address: str, **headers: str) -> BeautifulSoup:
    response = Client().get(address, headers=headers)
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("wish", ["vi", "en", "fr", ""])
@pytest.mark.parametrize(("prefix", "language"), [("", "vi"), ("/en", "en")])
def test_the_address_says_the_language_whatever_the_browser_wishes(home, wish, prefix, language):
    headers = {"Accept-Language": wish} if wish else {}
    answer = Client().get(f"{prefix}/khong-co/", headers=headers)
    assert answer.status_code == 404
    assert MISSING[language] in answer.content.decode()
    assert answer["Content-Language"] == language
    assert "Accept-Language" not in answer.get("Vary", "")
    assert not answer.cookies


def test_the_content_stays_vietnamese_and_says_so(make_article):
    article = make_article(title="Lịch thi")
    page = soup(f"/en{article.url}")
    assert page.html["lang"] == "en"
    assert page.h1.get_text() == "Lịch thi"
    assert page.h1["lang"] == "vi"
    assert "lang" not in soup(article.url).h1.attrs


def test_links_stay_in_the_language(home, section, make_article):
    make_article(title="Lịch thi")
    links = {link["href"] for link in soup("/en/tin-tuc/").select("a[href^='/']")}
    assert links
    assert {link for link in links if not link.startswith("/en/")} == set()
    assert soup("/en/tin-tuc/").select_one("[data-suggest]")["data-suggest"].startswith("/api/")
    assert not any(link["href"].startswith("/en/") for link in soup("/tin-tuc/").select("a[href^='/']"))


def test_an_answer_in_english_leaves_the_next_one_alone(home, section):
    client = Client()
    client.get("/en/tin-tuc/")
    assert section.url == "/tin-tuc/"


def test_each_version_names_the_other(home, section):
    for address, other, name in (("/tin-tuc/", "/en/tin-tuc/", "English"), ("/en/tin-tuc/", "/tin-tuc/", "Tiếng Việt")):
        page = soup(f"{address}?page=1")
        alternates = {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")}
        assert alternates == {
            "vi": "http://testserver/tin-tuc/?page=1",
            "en": "http://testserver/en/tin-tuc/?page=1",
        }
        link = page.select_one("a.site-language")
        assert (link["href"], link.get_text()) == (f"http://testserver{other}?page=1", name)


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("/en", "/en/"), ("/en/admin/", "/admin/"), ("/en/api/v1/search/?q=a", "/api/v1/search/?q=a")],
)
def test_what_has_no_english_address_leads_where_it_is(home, asked, leads_to):
    answer = Client().get(asked)
    assert (answer.status_code, answer["Location"]) == (301, leads_to)


def test_old_addresses_lead_to_the_page_in_english_too(section):
    Redirect.objects.create(old_path="/cu", redirect_page=section)
    assert Client().get("/cu/")["Location"].endswith("/tin-tuc/")
    assert Client().get("/en/cu/")["Location"].endswith("/en/tin-tuc/")


def test_the_admin_and_the_api_go_by_the_browser(home):
    for address in ("/admin/login/", "/api/v1/search/?sort=x"):
        told = {wish: Client().get(address, headers={"Accept-Language": wish}).content for wish in ("vi", "en")}
        assert told["vi"] != told["en"]


def test_searching_in_english_finds_the_same_pages(home, make_article, drain):
    article = make_article(title="Lịch thi học kỳ")
    drain()
    page = soup("/en/search/?q=lich+thi")
    assert page.select_one(".search-hit h3 a")["href"] == f"/en{article.url}"
    assert "1 page found" in page.get_text()
