"""The page at an address is found in one query for the whole way, as Wagtail finds it step by step."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.news.models import NewsIndexPage


@pytest.fixture
def deep(section, make_article):
    below = section.add_child(instance=NewsIndexPage(title="Thi đua", slug="thi-dua"))
    return make_article(parent=below, slug="hoi-nghi")


def status(address):
    return Client().get(address).status_code


def test_the_depth_of_a_page_costs_nothing(section, count_queries):
    pages = [section]
    for slug in ("mot", "hai", "ba"):
        pages.append(pages[-1].add_child(instance=NewsIndexPage(title=slug, slug=slug)))
    pages[1].add_child(instance=NewsIndexPage(title="Bên cạnh", slug="ben-canh"))

    def cost(address):
        Client().get(address)
        return count_queries(lambda: Client().get(address))

    assert cost("/tin-tuc/mot/ben-canh/") == cost("/tin-tuc/mot/hai/ba/")


def test_the_same_slug_elsewhere_is_another_page(home, section, deep, make_article):
    other = home.add_child(instance=NewsIndexPage(title="Khác", slug="thi-dua"))
    make_article(parent=other, slug="hoi-nghi", title="Bài khác")
    assert "Bài khác" in Client().get("/thi-dua/hoi-nghi/").content.decode()
    assert "Bài khác" not in Client().get("/tin-tuc/thi-dua/hoi-nghi/").content.decode()
    assert status("/hoi-nghi/") == status("/tin-tuc/hoi-nghi/") == status("/thi-dua/thi-dua/") == 404


def test_pages_below_what_is_not_published_are_not_served(section, deep):
    assert status(deep.url) == 200
    section.unpublish()
    assert status(deep.url) == 404


def test_pages_with_addresses_of_their_own_keep_them(make_event, home):
    event = make_event(slug="hoi-nghi")
    assert Client().get(f"{event.url}ics/")["Content-Type"].startswith("text/calendar")
    assert status(f"{event.url}khong-co/") == 404


def test_a_restriction_anywhere_above_holds_and_so_does_that_of_an_aliass_source(home, section, deep):
    alias = deep.create_alias(update_slug="bi-danh", parent=home.add_child(instance=NewsIndexPage(title="M", slug="m")))
    assert status(alias.url) == 200
    restriction = PageViewRestriction.objects.create(page=deep, restriction_type="login")
    assert status(deep.url) == status(alias.url) == 302
    restriction.delete()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert status(deep.url) == 302
    assert status(alias.url) == 200


def test_the_pages_above_are_named_from_the_home_page_down(deep):
    shown = Client().get(deep.url).content.decode()
    crumbs = shown[shown.index('class="breadcrumbs') : shown.index("</ol>")]
    assert [crumbs.index(title) for title in ("Trang chủ", "Tin tức", "Thi đua")] == sorted(
        crumbs.index(title) for title in ("Trang chủ", "Tin tức", "Thi đua")
    )
