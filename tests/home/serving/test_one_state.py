"""What pages remember of the site between requests is never stale, though no page itself is kept."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from taggit.models import Tag
from wagtail.models import CollectionViewRestriction, PageViewRestriction, Site

from home.models import SiteSettings
from search import memory
from tests.api.caching.test_never_stale import publish, restrict, world  # noqa: F401 (a fixture)
from tests.home.serving.test_kept_pages import CHANGES, portal, told  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(portal: SimpleNamespace, settings: Any) -> list[str]:  # noqa: F811
    """Pages that remember something of each kind, made anew each time."""
    settings.PAGES_KEPT_FOR = 0
    year, month = portal.article.published_at.year, portal.article.published_at.month
    lists = [
        f"/tags/{Tag.objects.get(name='Thi đua').slug}/",
        "/archive/",
        f"/archive/{year}/",
        "/van-ban/",
        "/schools/",
    ]
    return [*portal.addresses, "/tin-tuc/", f"/archive/{year}/{month}/", *lists, "/search/?q=hoi+nghi"]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_remembered_outlives(
    portal: SimpleNamespace,  # noqa: F811
    addresses: list[str],
    change: Callable[..., object],
) -> None:
    for _ in range(2):
        before = [told(address) for address in addresses]
    change(portal)
    after = [told(address) for address in addresses]
    memory.forget()
    for cache in caches.all(initialized_only=True):
        cache.clear()
    assert after == [told(address) for address in addresses]
    assert before


def shown(address: str) -> str:
    response = Client().get(address)
    return response.content.decode() if response.status_code == 200 else ""


@pytest.mark.parametrize("above", [False, True], ids=["itself", "above"])
def test_what_is_made_private_is_gone_from_lists_counts_and_menu(
    portal: SimpleNamespace,  # noqa: F811
    addresses: list[str],
    above: bool,
) -> None:
    lists = ["/", *addresses[7:10]]
    assert [">Hội nghị<" in shown(address) for address in lists * 2] == [True] * 8
    restriction = restrict(portal.below if above else portal.article)
    assert [">Hội nghị<" in shown(address) for address in lists] == [False] * 4
    assert Client().get(portal.addresses[0]).status_code == 302
    restriction.delete()
    assert [">Hội nghị<" in shown(address) for address in lists] == [True] * 4


def test_a_password_asked_for_above_an_aliass_source_is_asked_for_at_the_alias(
    portal: SimpleNamespace,  # noqa: F811
    addresses: list[str],
) -> None:
    alias = portal.article.create_alias(parent=portal.elsewhere, update_slug="bi-danh")
    assert Client().get(alias.url).status_code == 200
    PageViewRestriction.objects.create(page=portal.article, restriction_type="login")
    assert Client().get(alias.url).status_code == 302


def test_a_collection_that_is_closed_takes_its_pictures_off_the_page_and_gives_them_back(
    portal: SimpleNamespace,  # noqa: F811
    addresses: list[str],
) -> None:
    assert 'figure class="cover"' in shown(portal.addresses[0])
    restriction = CollectionViewRestriction.objects.create(collection=portal.shelf, restriction_type="login")
    page = shown(portal.addresses[0])
    assert 'figure class="cover"' not in page
    assert "Tệp đính kèm" not in page
    restriction.delete()
    assert 'figure class="cover"' in shown(portal.addresses[0])


def test_a_site_moved_to_another_home_page_or_host_is_found_there(
    portal: SimpleNamespace,  # noqa: F811
    addresses: list[str],
    settings: Any,
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "khac.example.vn"]
    shown("/")
    Site.objects.create(hostname="khac.example.vn", port=80, root_page=portal.below, site_name="Khác")
    other = Client().get("/hoi-nghi/", headers={"Host": "khac.example.vn"})
    assert other.status_code == 200
    assert Client().get("/hoi-nghi/").status_code == 404


def test_readers_make_no_settings(portal: SimpleNamespace, addresses: list[str]) -> None:  # noqa: F811
    SiteSettings.objects.all().delete()
    for address in [*addresses, "/feeds/", "/feeds/events.ics"]:
        shown(address)
    assert not SiteSettings.objects.exists()
