"""The list of changes: begun from nothing, followed to its end, polled later, and refused with a reason."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from wagtail.models import Page

from search import sequencer
from search.models import OutboxEntry, PageChange
from search.visibility import public_ids

ADDRESS = "/api/v1/changes/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def adopted(home) -> None:
    sequencer.adopt()


def ask(client, address: str = ADDRESS) -> dict:
    sequencer.drain()
    parts = urlsplit(address)
    response = client.get(f"{parts.path}?{parts.query}")
    assert response.status_code == 200, response.content.decode()
    return response.json()


def everything(client, address: str) -> tuple[list[dict], str]:
    """All changes from an address on, and where to go on later."""
    found = []
    while True:
        answer = ask(client, address)
        found += answer["results"]
        address = answer["next"]
        if not answer["more"]:
            return found, address


def test_from_the_beginning_it_tells_of_everything_public_page_by_page(client, make_article, make_event):
    gone, draft = make_article(), make_article(live=False)
    sequencer.drain()
    gone.unpublish()
    kept, event = make_article(), make_event()
    found, _next = everything(client, f"{ADDRESS}?page_size=2")
    assert {item["id"] for item in found} == public_ids(Page.objects.values_list("pk", flat=True))
    assert {item["kind"] for item in found} == {"published"}
    addresses = {item["id"]: item["api_url"] for item in found}
    assert addresses[kept.pk] == f"http://testserver/api/v1/articles/{kept.pk}/"
    assert addresses[event.pk] == f"http://testserver/api/v1/events/{event.pk}/"
    assert draft.pk not in addresses


def test_at_the_end_next_is_where_to_ask_later(client, make_article):
    article = make_article()
    _found, later = everything(client, ADDRESS)
    answer = ask(client, later)
    assert (answer["results"], answer["more"]) == ([], False)
    article.title = "Tiêu đề mới"
    article.save()
    [change] = ask(client, answer["next"])["results"]
    assert (change["id"], change["kind"]) == (article.pk, "changed")


def test_a_removed_page_says_nothing_but_that_it_is_gone(client, section, make_article):
    article = make_article(title="Mật", slug="mat")
    _found, later = everything(client, ADDRESS)
    section.view_restrictions.create(restriction_type="login")
    sequencer.drain()
    response = client.get(later)
    assert {"id": article.pk, "type": "article", "kind": "removed", "changed_at": None, "api_url": None} in (
        response.json()["results"]
    )
    assert "mat" not in response.content.decode()


def test_only_some_types(client, make_article, make_event):
    make_article()
    event = make_event()
    found, later = everything(client, f"{ADDRESS}?type=event&type=person")
    assert [item["id"] for item in found] == [event.pk]
    event.delete()
    assert [item["kind"] for item in ask(client, later)["results"]] == ["removed"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("since=abc", "since"),
        ("page_size=1000000", "page_size"),
        ("page_size=0", "page_size"),
        ("type=bai-viet", "type"),
        ("cursor=abc", "cursor"),
        ("since=a&since=b", "since"),
    ],
)
def test_what_cannot_be_used_is_named(client, query, parameter):
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


def test_a_cursor_of_other_types_is_refused(client, make_article):
    make_article()
    later = ask(client)["next"]
    response = client.get(f"{later}&type=article")
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "since"


def test_a_cursor_from_after_a_restored_backup_is_refused(client, make_article):
    make_article()
    sequencer.drain()
    before = list(PageChange.objects.all())
    article = make_article()
    later = ask(client)["next"]
    PageChange.objects.all().delete()
    PageChange.objects.bulk_create(before)
    assert client.get(later).status_code == 400
    OutboxEntry.objects.filter(pk=article.pk).update(sequenced_version=0)
    sequencer.drain()
    assert client.get(later).status_code == 400  # the numbers were given again, to other changes
    everything(client, ADDRESS)


def test_times_rise_with_the_numbers_though_a_clock_goes_back(make_article, monkeypatch):
    make_article()
    sequencer.drain()
    earlier = timezone.now() - timedelta(hours=1)
    monkeypatch.setattr("search.sequencer.timezone.now", lambda: earlier)
    make_article()
    sequencer.drain()
    times = list(PageChange.objects.order_by("seq").values_list("changed_at", flat=True))
    assert times == sorted(times)


def test_an_answer_takes_the_same_queries_for_two_changes_and_for_twenty(client, make_article, count_queries):
    for _ in range(20):
        make_article()
    sequencer.drain()
    assert count_queries(lambda: client.get(f"{ADDRESS}?page_size=2")) == count_queries(
        lambda: client.get(f"{ADDRESS}?page_size=20")
    )


def test_who_has_an_answer_already_is_told_so_until_something_changes(client, make_article):
    article = make_article()
    _found, later = everything(client, ADDRESS)
    first = client.get(later)
    again = {"If-None-Match": first["ETag"]}
    assert client.get(later, headers=again).status_code == 304
    article.title = "Tiêu đề mới"
    article.save()
    sequencer.drain()
    [change] = client.get(later, headers=again).json()["results"]
    assert change["kind"] == "changed"


def test_no_answer_is_good_still_once_a_page_was_made_private(client, section, make_article):
    """Also before the sequencer says so."""
    article = make_article()
    ask(client)
    first = client.get(ADDRESS)
    section.view_restrictions.create(restriction_type="login")
    second = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert {article.pk: "removed"}.items() <= {item["id"]: item["kind"] for item in second.json()["results"]}.items()
