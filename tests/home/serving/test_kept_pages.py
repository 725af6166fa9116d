"""Pages kept for readers: right on the next request after every change, and for nobody in particular."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.core.models import ReadCount
from home import scheduler
from home.serving import kept_pages, validity
from home.serving.cache import RedisWhereItAnswers
from tests.api.caching.test_never_stale import (  # noqa: F401 (a fixture)
    ARTICLE_CHANGES,
    SURROUNDING_CHANGES,
    publish,
    restrict,
    world,
)

pytestmark = pytest.mark.django_db
CHANGES = (
    ARTICLE_CHANGES
    | SURROUNDING_CHANGES
    | {
        "published by the clock": lambda w: publish_by_the_clock(w),
        "a featured page chosen": lambda w: feature(w.home, w.linked),
        "another article published": lambda w: w.make_article(parent=w.below, title="Bài mới nhất"),
        "an event reported on renamed": lambda w: publish(w.event, title="Sự kiện khác"),
    }
)


@pytest.fixture(autouse=True)
def kept(settings: Any) -> None:
    """Pages are kept, as in every installation."""
    settings.PAGES_KEPT_FOR = 600


@pytest.fixture
def portal(world: SimpleNamespace, make_event: Callable[..., Any], admin_client: Client) -> SimpleNamespace:  # noqa: F811
    """The world of changes, with an event, and the addresses of pages that show some of it."""
    world.admin, world.event = admin_client, make_event()
    publish(world.article, event=world.event)
    shown = (world.article, world.below, world.school, world.home, world.event)
    world.addresses = [Page.objects.get(pk=page.pk).url for page in shown] + ["/en/", "/cu/"]
    return world


def publish_by_the_clock(w: SimpleNamespace) -> None:
    article, due = Page.objects.get(pk=w.article.pk).specific, timezone.now() - timedelta(minutes=1)
    article.title, article.go_live_at = "Hẹn giờ", due
    article.save_revision(approved_go_live_at=due)
    scheduler.publish_due()


def feature(home: Page, page: Page) -> None:
    home.featured.create(page=page)
    publish_as_it_is(home)


def publish_as_it_is(page: Page) -> None:
    page.save_revision().publish()


def told(address: str) -> tuple[int, bytes, str]:
    """What an anonymous reader gets; the token in a form is another each time."""
    response = Client().get(address)
    content = re.sub(rb'(name="csrfmiddlewaretoken" value=)"\w+"', rb"\1", response.content)
    return response.status_code, content, response.get("Location", "")


def afresh(settings: Any, address: str) -> tuple[int, bytes, str]:
    """What he would get without any cache."""
    settings.PAGES_KEPT_FOR = 0
    made = told(address)
    settings.PAGES_KEPT_FOR = 600
    return made


def is_kept(count_queries: Callable[[Callable[[], object]], int], address: str, **headers: str) -> bool:
    """Whether the page comes from the cache: for the one query after the state of everything."""
    return count_queries(lambda: Client().get(address, headers=headers)) == 1


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_page_is_stale_after(portal: SimpleNamespace, settings: Any, change: Callable[..., object]) -> None:
    before = {address: told(address) for address in portal.addresses}
    assert {address: told(address) for address in portal.addresses} == before
    change(portal)
    after = {address: told(address) for address in portal.addresses}
    assert after == {address: afresh(settings, address) for address in portal.addresses}
    assert after != before or change in UNSEEN


# Who puts a picture on a public page shows it; that its folder in the library is closed concerns the file itself.
UNSEEN = [
    CHANGES[name] for name in ("its picture put into a private collection", "put into a private collection in bulk")
]


def test_a_page_is_made_once_and_then_costs_one_query(portal: SimpleNamespace, count_queries: Any) -> None:
    address = portal.addresses[0]
    assert not is_kept(count_queries, address)
    assert is_kept(count_queries, address)


def test_a_page_opened_to_all_is_shown_and_a_closed_one_is_gone(portal: SimpleNamespace) -> None:
    address = portal.addresses[0]
    assert told(address)[0] == 200
    restriction = restrict(portal.article)
    assert told(address)[0] == 302
    restriction.delete()
    assert told(address)[0] == 200


def test_what_a_logged_in_editor_sees_is_never_kept(portal: SimpleNamespace, admin_client: Client) -> None:
    address = portal.addresses[0]
    restrict(portal.article)
    assert admin_client.get(address).status_code == 200
    assert told(address)[0] == 302
    shown = admin_client.get(portal.addresses[3]).content
    assert b"wagtail-userbar" in shown
    assert b"wagtail-userbar" not in told(portal.addresses[3])[1]


def test_a_reader_with_a_session_gets_what_his_password_opened_and_nobody_else_does(portal: SimpleNamespace) -> None:
    restriction = restrict(portal.article, "password")
    address, reader = portal.addresses[0], Client()
    assert b"Password" in reader.get("/en" + address).content
    opened = reader.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{portal.article.pk}/",
        {"password": restriction.password, "return_url": address},
    )
    assert opened.status_code == 302
    assert "Hội nghị" in reader.get(address).content.decode()
    assert "Hội nghị" not in told(address)[1].decode()


def test_a_form_with_a_token_is_kept_for_nobody(portal: SimpleNamespace) -> None:
    restrict(portal.article, "password")
    first, second = Client().get(portal.addresses[0]), Client().get(portal.addresses[0])
    assert first.cookies["csrftoken"].value != second.cookies["csrftoken"].value
    again = Client()
    again.cookies = first.cookies
    assert again.get(portal.addresses[0]).content != told(portal.addresses[0])[1]


def test_a_preview_is_shown_to_nobody_else(portal: SimpleNamespace) -> None:
    draft = portal.article.specific
    draft.title = "Bản nháp bí mật"
    assert "bí mật" in draft.make_preview_request().content.decode()
    assert "bí mật" not in told(portal.addresses[0])[1].decode()


def test_browsers_may_ask_whether_what_they_have_is_good_still(portal: SimpleNamespace, count_queries: Any) -> None:
    address = portal.addresses[0]
    first = Client().get(address)
    assert first["Cache-Control"] == "no-cache"
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    publish(portal.article, title="Khác")
    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_languages_hosts_compressions_and_slices_of_a_list_are_pages_of_their_own(
    portal: SimpleNamespace, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "cong.example.vn"]
    answers = [
        Client().get(address, headers=headers).content
        for address, headers in (
            ("/tin-tuc/", {}),
            ("/en/tin-tuc/", {}),
            ("/tin-tuc/", {"Host": "cong.example.vn"}),
            ("/tin-tuc/", {"Accept-Encoding": "br"}),
            ("/tin-tuc/", {"Accept-Encoding": "gzip"}),
        )
    ]
    assert len(set(answers)) == len(answers)
    assert [answer[:2] == b"\x1f\x8b" for answer in answers] == [False, False, False, False, True]


@pytest.mark.parametrize("query", ["utm_source=zalo&fbclid=x", "zarsrc=30"])
def test_what_other_sites_hang_on_to_addresses_is_not_seen_by_pages(
    portal: Any, count_queries: Any, query: str
) -> None:
    assert told("/tin-tuc/") == told(f"/tin-tuc/?{query}")
    assert is_kept(count_queries, f"/tin-tuc/?{query}")


def test_an_address_with_a_query_that_pages_may_not_understand_is_not_kept(portal: Any, count_queries: Any) -> None:
    told("/tin-tuc/?anything=1")
    assert not is_kept(count_queries, "/tin-tuc/?anything=1")


def test_what_is_missing_and_what_is_searched_is_not_kept(portal: SimpleNamespace, count_queries: Any) -> None:
    for address in ("/khong-co/", "/search/?q=hoi+nghi"):
        told(address)
        assert not is_kept(count_queries, address)


def test_numbers_of_reads_are_not_older_than_a_page_is_kept(portal: SimpleNamespace, monkeypatch: Any) -> None:
    told(portal.addresses[0])
    ReadCount.objects.set_imported(portal.article.pk, 4711)
    assert "4711" not in told(portal.addresses[0])[1].decode()
    later = timezone.now() + timedelta(seconds=601)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "4711" in told(portal.addresses[0])[1].decode()


NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 20, 16, 58, tzinfo=UTC)  # two minutes before midnight in Vietnam


@pytest.mark.parametrize(
    ("now", "event"),
    [
        (NOON, {"starts_at": NOON - timedelta(hours=2), "ends_at": NOON + timedelta(minutes=3)}),
        (NIGHT, {"starts_at": NOON, "ends_at": NOON, "is_all_day": True}),
    ],
    ids=["ends in the middle of the day", "lasts until midnight"],
)
def test_an_event_leaves_the_coming_ones_when_it_ends(
    make_event: Callable[..., Any], settings: Any, monkeypatch: Any, now: datetime, event: dict[str, Any]
) -> None:
    make_event(**event)
    monkeypatch.setattr(timezone, "now", lambda: now)
    before = told("/su-kien/")
    later = now + timedelta(minutes=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    after = told("/su-kien/")
    assert after != before
    assert after == afresh(settings, "/su-kien/")


def test_without_the_cache_pages_are_made_anew(portal: SimpleNamespace, settings: Any) -> None:
    settings.CACHES = settings.CACHES | {
        name: {"BACKEND": "home.serving.cache.RedisWhereItAnswers", "LOCATION": "redis://127.0.0.1:1"}
        for name in ("pages", "readers")
    }
    assert isinstance(caches["pages"], RedisWhereItAnswers)
    assert told(portal.addresses[0])[0] == 200
    publish(portal.article, title="Tên khác")
    assert "Tên khác" in told(portal.addresses[0])[1].decode()


def test_a_page_that_changes_while_it_is_made_is_not_kept_as_the_new_one(
    portal: SimpleNamespace, rf: Any, settings: Any
) -> None:
    def make(request: Any) -> HttpResponse:
        shown = Page.objects.get(pk=portal.article.pk).title
        if shown == "Hội nghị":
            publish(portal.article, title="Trong lúc đó")
        return HttpResponse(shown)

    pages = kept_pages.KeptPages(make)
    assert pages(rf.get("/x/")).content.decode() == "Hội nghị"
    assert pages(rf.get("/x/")).content.decode() == "Trong lúc đó"


def test_the_state_is_read_in_one_query(portal: SimpleNamespace, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        validity.state()
