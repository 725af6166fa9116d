"""A canary that not everybody may read stands in no answer, of no endpoint, whatever is asked of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from api.content.urls import VIEWS
from cms.news.models import NewsIndexPage

pytestmark = pytest.mark.django_db
CANARY = "hoàng yến"
FOLDED = "hoang-yen"  # in addresses

PAGES = ["section", "article", "event", "school", "cluster", "person", "document", "page"]


def everything(client: Client) -> str:
    """All that the API says of everything, once as it is and once through the search."""
    texts = []
    for name, view in VIEWS.items():
        fields = ",".join(view.serializer().fields)
        questions = [{"page_size": 100, "fields": fields}]
        questions += [{"page_size": 100, "search": CANARY}] if view.is_searchable else []
        for question in questions:
            response = client.get(f"/api/v1/{name}/", question)
            assert response.status_code == 200, response.content
            texts.append(json.dumps(response.json()["results"], ensure_ascii=False))
    texts.append(json.dumps(client.get("/api/v1/site/").json(), ensure_ascii=False))
    texts.append(client.get("/api/v1/search/", {"q": CANARY}).text.replace(f'"text":"{CANARY}"', ""))
    return "\n".join(texts)


def is_seen(client: Client) -> bool:
    text = everything(client)
    return CANARY in text or FOLDED in text


@pytest.fixture
def canary(whole_site: SimpleNamespace, client: Client, drain) -> Callable[[str], Page]:
    """Gives a page of the site the canary's name, and sees it shown in the API."""

    def make(thing: str) -> Page:
        page = type(getattr(whole_site, thing)).objects.get(pk=getattr(whole_site, thing).pk)
        page.title, page.slug = f"Chim {CANARY}", FOLDED
        if hasattr(page, "summary"):
            page.summary = f"Một con {CANARY}"
        page.save_revision().publish()
        drain()
        assert is_seen(client)
        return type(page).objects.get(pk=page.pk)

    return make


def assert_gone(client: Client, page: Page, drain: Callable[[], object]) -> None:
    """Gone at once, with the index as it was, and with the index brought up to date; by id as well."""
    assert not is_seen(client)
    drain()
    assert not is_seen(client)
    for name in VIEWS:
        assert all(result["id"] != page.pk for result in items(client, name, id=page.pk) if "slug" in result)
        response = client.get(f"/api/v1/{name}/{page.pk}/")
        assert response.status_code in {200, 404}  # a picture may have that id
        assert CANARY not in response.text
    assert client.get("/api/v1/pages/find/", {"html_path": f"/{FOLDED}/"}).status_code == 404


def items(client: Client, name: str, **question: object) -> list[dict]:
    return client.get(f"/api/v1/{name}/", question).json()["results"]


@pytest.mark.parametrize("thing", PAGES)
def test_an_unpublished_page_is_gone_from_everything_that_names_it(client, canary, drain, thing):
    page = canary(thing)
    page.unpublish()
    assert_gone(client, page, drain)


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
@pytest.mark.parametrize("thing", ["section", "school"])
def test_a_restricted_page_and_what_stands_below_it_is_gone(client, canary, drain, whole_site, thing, kind):
    page = canary(thing)
    below = whole_site.article if thing == "section" else None
    password = {"password": "bí mật"} if kind == "password" else {}
    PageViewRestriction.objects.create(page=page, restriction_type=kind, **password)
    assert_gone(client, page, drain)
    if below:
        assert client.get(f"/api/v1/articles/{below.pk}/").status_code == 404


@pytest.mark.parametrize("thing", ["article", "event", "person"])
def test_a_page_of_which_an_ancestor_is_restricted_or_unpublished_is_gone(client, canary, drain, thing):
    page = canary(thing)
    parent = page.get_parent().specific
    restriction = PageViewRestriction.objects.create(page=parent, restriction_type="login")
    assert_gone(client, page, drain)
    restriction.delete()
    assert is_seen(client)
    parent.unpublish()
    assert_gone(client, page, drain)


def test_a_draft_is_not_shown(client, make_article, whole_site, drain):
    page = make_article(title=f"Chim {CANARY}", slug=FOLDED, live=False)
    assert_gone(client, page, drain)


def test_the_draft_of_a_live_page_is_not_shown(client, whole_site, drain):
    article = whole_site.article
    article.title, article.summary = f"Chim {CANARY}", CANARY
    article.authors.create(name=CANARY)
    article.tags.add(CANARY)
    article.save_revision()
    drain()
    assert not is_seen(client)
    assert client.get(f"/api/v1/articles/{article.pk}/").status_code == 200


def test_a_scheduled_page_is_not_shown(client, make_article, whole_site, drain):
    page = make_article(title=f"Chim {CANARY}", slug=FOLDED, live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert_gone(client, page, drain)


def test_an_expired_page_is_gone(client, canary, drain):
    page = canary("article")
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert_gone(client, page, drain)


def test_a_deleted_page_is_gone(client, canary, drain):
    page = canary("article")
    page.delete()
    assert_gone(client, page, drain)


def test_a_page_outside_every_site_is_not_shown(client, canary, drain, home):
    page = canary("article")
    other = Page.objects.get(depth=1).add_child(instance=type(home)(title="Khác", slug="khac"))
    Site.objects.update(root_page=other)
    Site.clear_site_root_paths_cache()
    assert_gone(client, page, drain)


@pytest.mark.parametrize("thing", ["picture", "file"])
@pytest.mark.parametrize("depth", [1, 2])
def test_a_picture_or_file_of_a_restricted_collection_is_gone(client, whole_site, engine, thing, depth):
    item = getattr(whole_site, thing)
    item.title = item.description = item.credit = f"Chim {CANARY}"
    collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    item.collection = collection if depth == 1 else collection.add_child(name="Trong")
    item.save()
    assert is_seen(client)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert not is_seen(client)
    name = "images" if thing == "picture" else "documents"
    assert client.get(f"/api/v1/{name}/{item.pk}/").status_code == 404
    assert items(client, name, id=item.pk) == []
    if thing == "picture":
        assert client.get(f"/api/v1/images/{item.pk}/renditions/small/webp/").status_code == 404


def test_filters_by_what_is_hidden_tell_nothing(client, whole_site):
    """Not even that there is something: as for an id that never was."""
    site = whole_site
    questions = [
        ("articles", "author", site.person),
        ("articles", "event", site.event),
        ("articles", "school", site.school),
        ("clusters", "member", site.school),
        ("schools", "cluster", site.cluster),
        ("events", "host", site.school),
        ("official-documents", "signer", site.person),
        ("redirects", "page", site.article),
        ("articles", "child_of", site.section),
    ]
    assert all(items(client, name, **{parameter: page.pk}) for name, parameter, page in questions)
    for page in (site.person, site.event, site.school, site.cluster, site.article):
        type(page).objects.get(pk=page.pk).unpublish()
    site.article.refresh_from_db()
    site.article.save_revision().publish()
    PageViewRestriction.objects.create(page=Page.objects.get(pk=site.section.pk), restriction_type="login")
    for name, parameter, page in questions:
        if page != site.article:
            assert items(client, name, **{parameter: page.pk}) == [], (name, parameter)


def test_a_redirect_to_what_is_not_public_does_not_exist(client, whole_site):
    assert items(client, "redirects")
    whole_site.article.unpublish()
    assert items(client, "redirects") == []
    assert client.get(f"/api/v1/redirects/{whole_site.redirect.pk}/").status_code == 404
    assert client.get("/api/v1/pages/find/?html_path=/tin-cu/").status_code == 404


def test_a_menu_shows_nothing_hidden(client, whole_site):
    assert client.get("/api/v1/site/").json()["navigation"]
    section = NewsIndexPage.objects.get(pk=whole_site.section.pk)
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert client.get("/api/v1/site/").json()["navigation"] == []


def test_a_row_about_a_hidden_school_is_left_out_whatever_fields_are_named(client, whole_site):
    whole_site.school.unpublish()
    event, cluster = whole_site.event.pk, whole_site.cluster.pk
    assert client.get(f"/api/v1/events/{event}/?fields=participants(part)").json()["participants"] == []
    assert client.get(f"/api/v1/clusters/{cluster}/?fields=members(year)").json()["members"] == []
    assert client.get(f"/api/v1/events/{event}/?fields=host").json()["host"] is None


def test_restricted_sections_and_single_pages_are_left_out_together(client, section, make_article):
    open_to_all = make_article().pk
    section.refresh_from_db()
    pages = [section.add_child(instance=NewsIndexPage(title=f"Kín {number}")) for number in range(3)]
    leaves = [make_article(parent=pages[0]) for _ in range(3)]
    for page in (*pages, *leaves):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert [item["id"] for item in items(client, "articles")] == [open_to_all]
