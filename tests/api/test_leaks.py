"""What not everybody may open makes no difference: every question has the same answer as if it were not there.

Not only that no word of it stands in an answer: nothing is counted, sorted, narrowed, suggested or dated by it, either.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote_plus, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode
from drf_spectacular.generators import SchemaGenerator
from wagtail.models import Collection, CollectionViewRestriction, Page

from cms.core.models import FileText
from cms.documents.models import OfficialDocumentPage
from cms.events.models import EventPage
from cms.news.models import ArticlePage, NewsIndexPage
from cms.people.models import PersonPage
from cms.schools.models import SchoolPage
from home.models import StandardPage
from search import outbox, sequencer

pytestmark = pytest.mark.django_db
CANARY = "hoàng yến"
SLUG = "hoang-yen"  # in addresses and of tags
CANARY_SENT = quote_plus(CANARY)
UNKNOWN = 999_999
# What a text may be asked as, and what cannot be made of its description.
WORDS = {"html_path": f"/tin-tuc/{SLUG}/", "fields": None, "cursor": None, "since": None, "q": CANARY}
FACETS = "type,school,section,year,tag,document_kind,cited"
STOCK = ("pages/", "pages/?type=news.ArticlePage&fields=*", "images/?fields=*", "documents/?fields=*")
UNLIKE = ("next", "previous")  # signed, with the second in it
DIFFERS = re.compile(r"DTSTAMP|cursor=")


def operations() -> dict[str, dict[str, dict[str, Any]]]:
    """The parameters of every address of the description, with their schemas."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return {
        path: {parameter["name"]: parameter["schema"] for parameter in methods["get"].get("parameters", [])}
        for path, methods in paths.items()
    }


def asked(address: str, parameters: dict[str, dict[str, Any]]) -> Iterator[str]:
    """An address with each of its parameters: every order and choice, and the canary wherever it fits."""
    usual = {"page_size": 100} if "page_size" in parameters else {}
    usual |= {"html_path": WORDS["html_path"]} if "html_path" in parameters else {}
    usual |= {"facets": FACETS} if "facets" in parameters else {}
    yield f"{address}?{urlencode(usual)}"
    for name, schema in parameters.items():
        for value in values(name, schema):
            yield f"{address}?{urlencode(usual | {name: value}, doseq=True)}"


def values(name: str, schema: dict[str, Any]) -> list[Any]:
    schema = schema.get("items", schema)
    if name in WORDS:
        return [WORDS[name]] if WORDS[name] else []
    if "enum" in schema:
        return schema["enum"] if name == "sort" else [schema["enum"]]
    if schema.get("type") == "boolean":
        return ["true", "false"]
    return [CANARY, SLUG] if schema.get("type") == "string" and "format" not in schema and name != "facets" else []


@pytest.fixture
def questions(whole_site: SimpleNamespace) -> list[str]:
    """Everything that anybody can ask: the API, Wagtail's own, the machines' pages, the site's."""
    described = [
        question
        for address, parameters in operations().items()
        if "{" not in address
        for question in asked(address, parameters)
    ]
    site = whole_site
    fields = [f"/api/v1/{name}/{thing.pk}/" for name, thing in [
        ("articles", site.article), ("events", site.event), ("schools", site.school), ("clusters", site.cluster),
        ("people", site.person), ("official-documents", site.document), ("sections", site.section),
    ]]  # fmt: skip
    narrowed = [
        f"/api/v1/articles/?{name}={value}"
        for name, value in [
            ("author", site.person.pk), ("event", site.event.pk), ("school", site.school.pk), ("tag", "thi-dua"),
            ("section", site.section.pk), ("child_of", site.section.pk), ("year", 2023), ("on", "2023-11-10"),
        ]
    ]  # fmt: skip
    stock = [f"/api/v2/{name}" for name in STOCK]
    stock += [f"/api/v2/{name}/?{urlencode({'search': CANARY})}" for name in ("pages", "images", "documents")]
    stock += [f"/api/v2/pages/?{urlencode({'slug': SLUG})}", "/api/v2/pages/?order=-title"]
    machines = ["/feeds/", f"/feeds/sections/{site.section.pk}/", "/feeds/tags/thi-đua/", f"/feeds/tags/{SLUG}/"]
    machines += ["/feeds/events.ics", f"/feeds/schools/{site.school.pk}/events.ics", "/sitemap.xml", "/robots.txt"]
    pages = ["/", *(thing.url for thing in vars(site).values() if isinstance(thing, Page))]
    pages += [f"/search/?{urlencode({'q': CANARY})}", "/search/"]
    suggestions = [f"/api/v1/search/suggest/?{urlencode({'q': q})}" for q in ("hoàng", "hoang", "yế", "chim", "thi")]
    preview = ["/api/v1/preview/", "/api/v1/preview/?content_type=news.articlepage&token=x"]
    # First what makes sizes of pictures, to which the rest then links.
    return stock + pages + machines + described + fields + narrowed + suggestions + preview


def answer(client: Client, question: str) -> Any:
    """What an answer says, but for what was asked itself and what differs by the second."""
    response = client.get(question)
    assert response.status_code < 500, question
    if not response["Content-Type"].endswith("json"):
        text = response.text.replace(urlsplit(question).path, "")  # a page that is not there links its own translation
        return response.status_code, [line for line in text.splitlines() if not DIFFERS.search(line)]
    said = response.json()
    if response.status_code == 200 and "changes" in question:
        return [change["id"] for change in said["results"] if change["kind"] != "removed"]
    return response.status_code, {name: value for name, value in said.items() if name not in UNLIKE}


@pytest.fixture
def ask(client: Client, questions: list[str]) -> Callable[[], dict[str, Any]]:
    return lambda: {question: answer(client, question) for question in questions}


def different(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [question for question, said in before.items() if after[question] != said]


@pytest.fixture
def make(whole_site: SimpleNamespace) -> Callable[..., Page]:
    """Makes a page that bears the canary wherever a page has words, and has to do with everything on the site."""
    site = whole_site

    def make(model: type[Page] = ArticlePage, below: Page | None = None, **fields: Any) -> Page:
        parent = below or site.section
        parent = type(parent).objects.get(pk=parent.pk)
        page = model(**(words(model) | fields))
        if model is ArticlePage:
            page.cover, page.event = site.picture, site.event
            page.authors.create(name=f"ThS. {CANARY}", post=CANARY, person=site.person)
            page.schools.create(school=site.school)
            page.tags.add("Thi đua", CANARY)
        parent.add_child(instance=page)
        page.save_revision()
        return page

    return make


def words(model: type[Page]) -> dict[str, Any]:
    """What a page of this type must have, and the canary where else it has words."""
    now = timezone.now()
    body = json.dumps([{"type": "text", "value": f"<p>Nuôi chim {CANARY}, theo 444-KH/CTĐ</p>"}])
    own: dict[Any, dict[str, Any]] = {
        ArticlePage: {"published_at": now, "source": CANARY, "body": body},
        EventPage: {"starts_at": now, "ends_at": now + timedelta(hours=2), "venue": CANARY, "body": body},
        OfficialDocumentPage: {"number": "9-KH/HY", "issued_on": now.date()},
        StandardPage: {"body": body},
    }
    everywhere = {"title": f"Chim {CANARY}", "slug": SLUG, "summary": f"Một con {CANARY}", "search_description": CANARY}
    return everywhere | own.get(model, {})


def close(page: Page, kind: str) -> None:
    page.view_restrictions.create(restriction_type=kind, password="x")


def closed_collection(name: str) -> Collection:
    """Closed by the one above it."""
    outer = Collection.get_first_root_node().add_child(name=CANARY)
    CollectionViewRestriction.objects.create(collection=outer, restriction_type="login")
    return Collection.objects.get(pk=outer.pk).add_child(name=name)


def test_what_was_never_public_makes_no_difference(
    ask, make, home, whole_site, make_image, make_document, drain
) -> None:
    """Of every state and type, with what stands below it, before and after the index and the changes have seen it."""
    drain()
    sequencer.drain()
    before = ask()
    for number, kind in enumerate(("login", "groups", "password")):
        outer = make(NewsIndexPage, below=home, slug=f"{SLUG}-{kind}", live=False)
        close(outer, kind)
        outer.live = True
        outer.save()
        inner = make(NewsIndexPage, below=outer, slug=f"{SLUG}-{number}")
        for model in (ArticlePage, EventPage, SchoolPage, PersonPage, OfficialDocumentPage, StandardPage):
            make(model, below=inner, slug=f"{SLUG}-{model.__name__.lower()}")
    make(live=False, slug=f"{SLUG}-nhap")
    scheduled = make(live=False, slug=f"{SLUG}-hen-gio", go_live_at=timezone.now() + timedelta(hours=1))
    scheduled.save_revision().publish()
    unpublished = make(NewsIndexPage, live=False, slug=f"{SLUG}-go")
    make(below=unpublished)
    for page in (whole_site.article, whole_site.event, whole_site.school, whole_site.person):
        draft = type(page).objects.get(pk=page.pk)
        draft.title = draft.summary = draft.slug = SLUG
        draft.save_revision()
    collection = closed_collection(CANARY)
    picture = make_image(title=CANARY, description=CANARY, credit=CANARY, collection=collection)
    picture.tags.add(CANARY)
    file = make_document(title=CANARY, collection=collection)
    file.tags.add(CANARY)
    FileText.objects.create(document=file, file_name=file.file.name, state=FileText.State.READ, pages=[CANARY])
    assert not different(before, ask())
    drain()
    sequencer.drain()
    assert not different(before, ask())


def has_canary(said: Any) -> bool:
    """But for what repeats the question, whose words stand alone."""
    text = json.dumps(said, ensure_ascii=False).lower()
    return f"chim {CANARY}" in text or f"con {CANARY}" in text or SLUG in text


def unpublish(page: Page) -> None:
    page.unpublish()


def expire(page: Page) -> None:
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")


def put_behind_a_login(page: Page) -> None:
    close(page, "login")


def give_to_groups(page: Page) -> None:
    close(page, "groups")


def ask_for_a_password(page: Page) -> None:
    close(page, "password")


def close_what_is_above(page: Page) -> None:
    close(page.get_parent(), "login")


def unpublish_what_is_above(page: Page) -> None:
    page.get_parent().specific.unpublish()


def move_below_what_is_closed(page: Page) -> None:
    home = page.get_site().root_page
    closed = home.add_child(instance=NewsIndexPage(title="Kín", slug="kin"))
    close(closed, "login")
    page.move(closed, pos="last-child")


def delete(page: Page) -> None:
    page.delete()


WAYS = [
    unpublish,
    expire,
    put_behind_a_login,
    give_to_groups,
    ask_for_a_password,
    close_what_is_above,
    unpublish_what_is_above,
    move_below_what_is_closed,
    delete,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_was_public_is_gone_at_once(client, questions, make, section, drain, way) -> None:
    """With the index and the list of changes as they were, and with both brought up to date."""
    telling = [question for question in questions if SLUG in question or CANARY_SENT in question or "?" not in question]
    telling += ["/api/v1/pages/?page_size=100", "/api/v1/articles/?page_size=100", f"/feeds/sections/{section.pk}/"]
    below = section.add_child(instance=NewsIndexPage(title="Chuyên mục", slug="chuyen-muc"))
    page = make(below=below)
    drain()
    sequencer.drain()
    telling = [question for question in telling if has_canary(answer(client, question))]
    assert len(telling) > 20
    way(type(page).objects.get(pk=page.pk))
    for _ in range(2):
        seen = [question for question in telling if has_canary(answer(client, question))]
        assert not seen
        for address in (f"/api/v1/articles/{page.pk}/", f"/api/v1/pages/{page.pk}/", f"/api/v2/pages/{page.pk}/"):
            assert client.get(address).status_code == 404
        assert page.pk not in answer(client, "/api/v1/changes/?page_size=100")
        drain()
        sequencer.drain()


def test_a_hidden_id_is_as_one_that_never_was(client, make, section, drain) -> None:
    """Whatever takes an id answers alike: nothing found, or nothing there."""
    hidden = make(below=section)
    close(hidden, "login")
    drain()
    taking = [
        (address, name, usual_of(address))
        for address, parameters in operations().items()
        for name, schema in parameters.items()
        if schema.get("items", schema).get("type") == "integer" and name not in {"page_size", "year", "id"}
        if "{" not in address
    ]
    assert len(taking) > 30
    for address, name, usual in taking:
        said = [answer(client, f"{address}?{urlencode(usual | {name: key})}") for key in (hidden.pk, UNKNOWN)]
        assert said[0] == said[1], (address, name)
    for address in ("/api/v1/pages/%d/", "/api/v1/articles/%d/", "/api/v2/pages/%d/", "/feeds/sections/%d/"):
        assert {client.get(address % key).status_code for key in (hidden.pk, UNKNOWN)} == {404}


def usual_of(address: str) -> dict[str, str]:
    return {"facets": FACETS} if address == "/api/v1/search/" else {}


def test_a_picture_and_a_file_are_gone_with_their_collection(client, questions, whole_site, drain) -> None:
    """Title, name, tags, text and sizes; from the pages that show them as well."""
    shelf = Collection.get_first_root_node().add_child(name="Kho")
    for thing in (whole_site.picture, whole_site.file):
        thing.title = f"Chim {CANARY}"
        thing.collection = shelf
        thing.save()
        thing.tags.add(CANARY)
    picture, file = whole_site.picture, whole_site.file
    picture.description = picture.credit = f"Con {CANARY}"
    picture.save()
    FileText.objects.update_or_create(
        document=file, defaults={"file_name": file.file.name, "state": FileText.State.READ, "pages": [f"Con {CANARY}"]}
    )
    outbox.touch(Page.objects.filter(pk=whole_site.document.pk))
    drain()
    telling = [question for question in questions if has_canary(answer(client, question))]
    for place in ("/v1/images/", "/v1/documents/", "/v1/articles/", "/v1/search/", "/v2/images/", "/v2/documents/"):
        assert any(place in question for question in telling), place
    restriction = shelf.view_restrictions.create(restriction_type="login")
    for kind in ("login", "groups", "password"):  # the first with the index as it was
        restriction.restriction_type = kind
        restriction.save()
        seen = [question for question in telling if has_canary(answer(client, question))]
        assert not seen
        for address in (f"images/{picture.pk}/", f"documents/{file.pk}/"):
            assert client.get(f"/api/v1/{address}").status_code == 404
            assert client.get(f"/api/v2/{address}").status_code == 404
        assert client.get(f"/api/v1/images/{picture.pk}/renditions/small/webp/").status_code == 404
        drain()
