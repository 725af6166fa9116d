"""Drafts in an app: a token shows one page for less than an hour, and nothing else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.test import Client
from wagtail_headless_preview.models import PagePreview

from cms.core import previews
from cms.news.models import ArticlePage

PREVIEW = "/api/v1/preview/"
TYPE = "news.articlepage"

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(settings) -> None:
    """As where PREVIEW_URL names an app."""
    settings.PREVIEW_URL = "https://app.example.vn/xem-truoc"
    settings.WAGTAIL_HEADLESS_PREVIEW = {
        "CLIENT_URLS": {"default": settings.PREVIEW_URL},
        "ENFORCE_TRAILING_SLASH": False,
    }


@pytest.fixture
def article(make_article) -> ArticlePage:
    return make_article(title="Đã xuất bản")


@pytest.fixture
def token(app, article: ArticlePage) -> str:
    """Of a draft that nobody has saved."""
    article.title = "Bản nháp"
    return article.create_page_preview().token


def ask(client: Client, token: str, content_type: str = TYPE):
    return client.get(PREVIEW, {"content_type": content_type, "token": token})


def test_a_token_shows_the_draft_which_nobody_may_keep_or_index(client: Client, token: str, article) -> None:
    response = ask(client, token)
    assert response.json()["title"] == "Bản nháp"
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.has_header("ETag")
    assert ArticlePage.objects.get(pk=article.pk).title == "Đã xuất bản"


def test_it_needs_no_key_even_where_keys_are_required(client: Client, token: str, settings) -> None:
    settings.API_KEYS_REQUIRED = True
    assert ask(client, token).status_code == 200


def test_after_an_hour_it_shows_nothing(client: Client, token: str, monkeypatch) -> None:
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 60 * 60)
    response = ask(client, token)
    assert response.status_code == 403
    assert "Bản nháp" not in response.content.decode()


def test_it_is_good_for_less_than_an_hour_and_long_enough_to_look(client: Client, token: str, monkeypatch) -> None:
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 50 * 60)
    assert ask(client, token).status_code == 200


def test_a_forged_token_shows_nothing(client: Client, token: str, article, make_article) -> None:
    other = make_article()
    forged = [token[:-1] + ("a" if token[-1] != "a" else "b"), token.replace(f"id={article.pk}", f"id={other.pk}"), "x"]
    forged.append(signing.TimestampSigner(salt="headlesspreview.token").sign(f"id={article.pk}"))
    for one in forged:
        response = ask(client, one)
        assert response.status_code == 403
        assert response["Content-Type"] == "application/problem+json"


def test_a_token_of_one_type_opens_no_other(client: Client, token: str) -> None:
    assert ask(client, token, "news.newsindexpage").status_code == 404


def test_a_token_that_was_tidied_away_is_gone(client: Client, token: str) -> None:
    PagePreview.objects.all().delete()
    assert ask(client, token).status_code == 404


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("", {"content_type", "token"}),
        (f"?content_type={TYPE}", {"token"}),
        (f"?content_type={TYPE}&token=a&token=b", {"token"}),
        ("?content_type=core.user&token=a", {"content_type"}),
        (f"?content_type={TYPE}&token=a&id=3", {"id"}),
        (f"?content_type={TYPE}&token={'a' * 300}", {"token"}),
    ],
)
def test_what_is_wrong_is_named(client: Client, query: str, wrong: set[str]) -> None:
    response = client.get(f"{PREVIEW}{query}")
    assert response.status_code == 400
    assert {error["parameter"] for error in response.json()["errors"]} == wrong


def test_an_editor_opens_the_app_with_what_she_has_typed(app, admin_client: Client, client: Client, article) -> None:
    address = f"/admin/pages/{article.pk}/edit/preview/"
    form = form_of(admin_client.get(f"/admin/pages/{article.pk}/edit/").content)
    assert admin_client.post(address, form | {"title": "Vừa gõ"}).json()["is_valid"]
    shown = admin_client.get(f"{address}?mode={previews.IN_THE_APP}").content
    frame = urlsplit(BeautifulSoup(shown, "html.parser").iframe["src"])
    assert frame.hostname == "app.example.vn"
    asked = {name: values[0] for name, values in parse_qs(frame.query).items()}
    assert client.get(PREVIEW, asked).json()["title"] == "Vừa gõ"


def test_the_sites_own_preview_stays(app, admin_client: Client, article) -> None:
    address = f"/admin/pages/{article.pk}/edit/preview/"
    admin_client.post(address, form_of(admin_client.get(f"/admin/pages/{article.pk}/edit/").content))
    assert b"<article" in admin_client.get(f"{address}?mode=").content


def test_without_an_app_there_is_no_other_preview(settings, article) -> None:
    settings.PREVIEW_URL = ""
    assert [name for name, _ in article.preview_modes] == [""]


def test_only_the_last_looks_at_a_page_are_kept(app, article, monkeypatch) -> None:
    now = signing.time.time()
    for second in range(previews.KEPT + 5):
        monkeypatch.setattr(signing.time, "time", lambda second=second: now + second)
        newest = article.create_page_preview()
    assert PagePreview.objects.count() == previews.KEPT
    assert PagePreview.objects.filter(pk=newest.pk).exists()


def form_of(html: bytes) -> dict[str, str]:
    """The editor's form as the browser would send it."""
    form = BeautifulSoup(html, "html.parser").find("form", id="page-edit-form")
    values = {item["name"]: item.get("value", "") for item in form.find_all("input") if item.get("name")}
    values |= {item["name"]: item.text.strip() for item in form.find_all("textarea") if item.get("name")}
    for item in form.find_all("select"):
        chosen = item.find("option", selected=True)
        values[item["name"]] = chosen["value"] if chosen else ""
    return values | {"body-count": "0"}  # which a script makes
