"""Wagtail's own API v2: what anybody may see, and nothing else, whoever asks and however."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from cms.news.models import NewsIndexPage

pytestmark = pytest.mark.django_db
CANARY = "hoàng yến"


@pytest.fixture
def private(home, section, make_article, make_image, make_document) -> dict[str, Any]:
    """Everything that is not for everybody, each with the canary in its title."""
    make_article(title="Ai cũng đọc được")
    closed = {}
    for kind in ("login", "password", "groups"):
        below = home.add_child(instance=NewsIndexPage(title=f"{CANARY} {kind}", slug=f"kin-{kind}"))
        below.view_restrictions.create(restriction_type=kind, password="mật khẩu")
        closed[kind] = below
        make_article(parent=below, title=f"{CANARY} trong {kind}")
    make_article(title=f"{CANARY} nháp", live=False)
    article = make_article(title="Bài có nháp mới")
    article.title = f"{CANARY} chưa xuất bản"
    article.save_revision()
    taken_down = home.add_child(instance=NewsIndexPage(title=f"{CANARY} gỡ", slug="go"))
    closed["below what is unpublished"] = make_article(parent=taken_down, title=f"{CANARY} dưới mục đã gỡ")
    taken_down.unpublish()
    shelf = Collection.get_first_root_node().add_child(name="Kín")
    CollectionViewRestriction.objects.create(collection=shelf, restriction_type="login")
    lower = Collection.objects.get(pk=shelf.pk).add_child(name="Kín hơn")
    closed["image"] = make_image(title=f"{CANARY} ảnh", collection=lower)
    closed["document"] = make_document(title=f"{CANARY} tệp", collection=lower)
    return closed


ADDRESSES = [
    "/api/v2/pages/",
    "/api/v2/pages/?fields=*",
    "/api/v2/pages/?type=news.ArticlePage&fields=*",
    "/api/v2/pages/?descendant_of=root&limit=20",
    "/api/v2/pages/?search=hoang%20yen",
    "/api/v2/pages/?search=ho%C3%A0ng%20y%E1%BA%BFn",
    "/api/v2/images/?fields=*",
    "/api/v2/images/?search=ho%C3%A0ng%20y%E1%BA%BFn",
    "/api/v2/documents/?fields=*",
    "/api/v2/documents/?search=ho%C3%A0ng%20y%E1%BA%BFn",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("who", ["anybody", "an administrator"])
def test_what_is_private_is_in_no_list(client: Client, admin_client: Client, private, who: str, address: str) -> None:
    response = (client if who == "anybody" else admin_client).get(address)
    assert response.status_code == 200
    assert CANARY not in response.json().__repr__()
    if "search" not in address:
        assert response.json()["meta"]["total_count"] == len(response.json()["items"])


@pytest.mark.parametrize("parameter", ["child_of", "descendant_of", "ancestor_of"])
@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_private_page_is_not_there_for_filters(client: Client, private, parameter: str, kind: str) -> None:
    hidden = client.get("/api/v2/pages/", {parameter: private[kind].pk})
    absent = client.get("/api/v2/pages/", {parameter: 999_999})
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert hidden.status_code == 400


def test_a_private_thing_is_not_there_by_its_id_or_path(client: Client, admin_client: Client, private) -> None:
    pages = [f"/api/v2/pages/{page.pk}/" for name, page in private.items() if name not in {"image", "document"}]
    files = [f"/api/v2/{name}s/{private[name].pk}/" for name in ("image", "document")]
    paths = ["/api/v2/pages/find/?html_path=/kin-login/", f"/api/v2/images/find/?id={private['image'].pk}"]
    for address in [*pages, *files, *paths]:
        for one in (client, admin_client):
            response = one.get(address)
            assert response.status_code == 404, address
            assert CANARY not in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
def test_nothing_can_be_written(admin_client: Client, home, method: str, kind: str) -> None:
    for address in (f"/api/v2/{kind}/", f"/api/v2/{kind}/{home.pk}/"):
        response = getattr(admin_client, method)(address, {"title": "x"}, content_type="application/json")
        assert response.status_code == 405


def test_a_public_page_picture_and_file_are_there(client: Client, make_article, make_image, make_document) -> None:
    article, image, document = make_article(title="Hội nghị"), make_image(), make_document()
    assert client.get(f"/api/v2/pages/{article.pk}/").json()["title"] == "Hội nghị"
    found = client.get("/api/v2/pages/find/", {"html_path": article.url}, follow=True).json()
    assert found["id"] == article.pk
    picture = client.get(f"/api/v2/images/{image.pk}/").json()["meta"]["download_url"]
    assert client.get(picture.replace("http://localhost", "")).status_code == 200
    assert client.get(f"/api/v2/documents/{document.pk}/").json()["title"] == document.title


def test_it_can_be_kept_and_is_counted(client: Client, make_article) -> None:
    article = make_article()
    first = client.get("/api/v2/pages/?type=news.ArticlePage")
    assert first["RateLimit"]
    assert (
        client.get("/api/v2/pages/?type=news.ArticlePage", headers={"If-None-Match": first["ETag"]}).status_code == 304
    )
    article.unpublish()
    again = client.get("/api/v2/pages/?type=news.ArticlePage", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "Cookie" not in again["Vary"]


@pytest.mark.parametrize(
    ("query", "status"), [("color=red", 400), ("limit=many", 400), ("type=x", 400), ("site=elsewhere.example", 404)]
)
def test_what_cannot_be_asked_is_refused(client: Client, home, query: str, status: int) -> None:
    assert client.get(f"/api/v2/pages/?{query}").status_code == status


def test_an_unknown_address_is_a_problem(client: Client) -> None:
    assert client.get("/api/v2/nothing/")["Content-Type"] == "application/problem+json"
