"""What nobody may open is in no feed, sitemap, calendar, list of changes, message or structured data; at once."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from api.webhooks import courier
from api.webhooks.models import Receiver
from cms.news.models import NewsIndexPage
from home import scheduler
from search import sequencer

CANARY = "chimhoangyen"
SEEN = "congkhai"

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client, home, server, make_receiver, section) -> Callable[[], str]:
    """Everything that goes out, as one text; what was sent by webhook before is left out."""
    make_receiver(server)
    pages = ["/", "/tin-tuc/", "/su-kien/", "/can-bo/"]
    machines = ["/feeds/", f"/feeds/sections/{section.pk}/", "/feeds/events.ics", "/sitemap.xml", "/robots.txt"]

    def everything() -> Iterator[str]:
        address = "/api/v1/changes/"
        while True:
            answer = client.get(address)
            yield answer.content.decode()
            if not answer.json()["more"]:
                break
            address = answer.json()["next"]
        for url in [*machines, *pages]:
            yield client.get(url).content.decode()
        courier.queue()
        for receiver in Receiver.objects.all():
            courier.deliver(receiver.pk)
        yield from (body.decode() for _headers, body in server.got)
        server.got.clear()

    return lambda: "\n".join(everything()).lower()


def ids_told(client) -> set[int]:
    """The pages that a new app would take for public."""
    answer = client.get("/api/v1/changes/").json()
    return {item["id"] for item in answer["results"] if item["kind"] != "removed"}


@pytest.fixture
def canaries(section, make_article, make_event, make_person, make_image) -> dict[str, Page]:
    """One page for each way of being closed; all bear the canary in title, address and summary."""
    words = {"title": f"Bài {CANARY}", "summary": f"Nói về {CANARY}"}
    numbers = iter(range(100))

    def make(**fields):
        return make_article(**words, slug=f"{CANARY}-{next(numbers)}", tags=[f"thẻ {CANARY}"], **fields)

    def closed_section(kind):
        below = section.add_child(instance=NewsIndexPage(title=f"Mục {CANARY}", slug=f"{CANARY}-{next(numbers)}"))
        article = make(parent=below)
        below.view_restrictions.create(restriction_type=kind, password="x")
        return article

    unpublished = make()
    unpublished.unpublish()
    scheduled = make(live=False)
    scheduled.go_live_at = timezone.now() + timedelta(days=1)
    scheduled.save_revision(approved_go_live_at=scheduled.go_live_at)
    expired = make(expire_at=timezone.now() - timedelta(minutes=1))
    below_hidden = section.add_child(instance=NewsIndexPage(title=f"Ẩn {CANARY}", slug=f"{CANARY}-an"))
    descendant = make(parent=below_hidden)
    below_hidden.unpublish()
    draft_of_live = make_article(title=SEEN)
    draft_of_live.title = f"Sửa {CANARY}"
    draft_of_live.save_revision()
    event = make_event(title=f"Họp {CANARY}", starts_at=timezone.now(), ends_at=timezone.now())
    event.view_restrictions.create(restriction_type="login")
    person = make_person(f"Ông {CANARY}", slug=f"{CANARY}-ong")
    person.view_restrictions.create(restriction_type="login")
    scheduler.expire_due()
    return {
        "draft": make(live=False),
        "unpublished": unpublished,
        "scheduled": scheduled,
        "expired": expired,
        "below an unpublished section": descendant,
        "login": closed_section(PageViewRestriction.LOGIN),
        "groups": closed_section(PageViewRestriction.GROUPS),
        "password": closed_section(PageViewRestriction.PASSWORD),
        "event": event,
        "person": person,
    }


def test_what_is_closed_is_nowhere(client, told, canaries):
    sequencer.drain()
    text = told()
    assert SEEN in text
    assert CANARY not in text
    assert ids_told(client).isdisjoint(page.pk for page in canaries.values())


def test_a_closed_page_that_asks_for_a_password_or_a_login_says_nothing_of_itself(client, section, make_article):
    for kind in ("password", "login", "groups"):
        below = section.add_child(instance=NewsIndexPage(title=f"Mục {CANARY}", slug=kind))
        article = make_article(parent=below, title=CANARY, summary=CANARY, slug=f"bai-{kind}")
        below.view_restrictions.create(restriction_type=kind, password="x")
        for page in (below, article):
            assert CANARY not in client.get(page.url, follow=True).content.decode()


@pytest.mark.parametrize("close", ["unpublish", "login", "groups", "password", "section", "delete", "expire", "move"])
def test_what_is_closed_is_gone_at_once_with_the_sequencer_still_to_come(
    client, told, home, section, make_article, make_event, close
):
    article = make_article(title=CANARY, slug=CANARY, summary=CANARY, tags=[CANARY])
    private = home.add_child(instance=NewsIndexPage(title="Kín", slug="kin"))
    private.view_restrictions.create(restriction_type="login")
    sequencer.drain()
    assert CANARY in told()
    assert article.pk in ids_told(client)
    match close:
        case "unpublish":
            article.unpublish()
        case "section":
            section.unpublish()
        case "delete":
            article.delete()
        case "expire":
            Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
            scheduler.expire_due()
        case "move":
            article.move(private, pos="last-child")
        case kind:
            article.view_restrictions.create(restriction_type=kind, password="x")
    for _ in range(2):  # before the sequencer has seen it, and after
        assert CANARY not in told()
        assert article.pk not in ids_told(client)
        assert client.get(f"/feeds/tags/{CANARY}/").status_code == 404
        sequencer.drain()


def test_a_picture_and_a_file_of_a_closed_collection_are_nowhere(client, make_article, make_image):
    collection = Collection.get_first_root_node().add_child(name=CANARY)
    image = make_image(title=CANARY, collection=collection)
    article = make_article(cover=image)
    rendition = image.get_rendition("width-960|format-webp")
    shown = client.get(article.url).content.decode()
    assert rendition.url in shown[: shown.index("</head>")]
    name = Path(image.file.name).stem  # the sitemap names another size of it
    assert name in client.get("/sitemap.xml").content.decode()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    head = client.get(article.url).content.decode().split("</head>")[0]
    assert rendition.url not in head
    assert name not in client.get("/sitemap.xml").content.decode()


def test_a_message_holds_no_word_of_its_page(server, told, make_article):
    make_article(title=CANARY, slug=CANARY)
    sequencer.drain()
    courier.queue()
    courier.deliver(Receiver.objects.get().pk)
    assert server.got
    for headers, body in server.got:
        assert CANARY not in body.decode() + json.dumps(headers)
