"""Bodies as typed blocks and as HTML: everything in its shape, absolute, clean, and nothing that is not public."""

import json

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from tests.api.conftest import blocks_of

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


@pytest.fixture
def body(get, whole_site):
    """The body of the article, as the API shows it now."""
    return lambda: get("articles", whole_site.article.pk, fields="body")["body"]


def store(article, blocks):
    article.body = json.dumps(blocks)
    article.save()


def test_every_type_of_block_has_its_shape(body, whole_site):
    blocks = {block.pop("type"): block for block in body()["blocks"]}
    images = [
        blocks["picture"].pop("image"),
        blocks["gallery"]["pictures"][0].pop("image"),
        blocks["video"].pop("still"),
    ]
    assert {image["id"] for image in images} == {whole_site.picture.pk}
    text = blocks.pop("text")["html"]
    assert f'<a href="{SITE}/su-kien/hoi-nghi-tong-ket-cum-thi-dua/"' in text
    assert f'<a href="{SITE}/documents/{whole_site.file.pk}/' in text
    caption = {"alt": "Toàn cảnh", "caption": "Hội trường A", "credit": ""}
    (file,) = blocks["files"].pop("files")
    assert file["url"].startswith(f"{SITE}/documents/{whole_site.file.pk}/")
    assert blocks == {
        "heading": {"id": "block-heading", "text": "Kết quả", "level": 3},
        "picture": {"id": "block-picture", **caption},
        "gallery": {"id": "block-gallery", "pictures": [caption]},
        "quote": {"id": "block-quote", "text": "Học, học nữa", "who": "V. I. Lênin"},
        "table": {
            "id": "block-table",
            "caption": "Điểm",
            "first_row_is_header": True,
            "first_column_is_header": False,
            "rows": [["Trường", "Điểm"], ["A", ""]],
            "merged": [{"row": 1, "column": 0, "rows": 1, "columns": 2}],
        },
        "files": {"id": "block-files", "title": "Tài liệu"},
        "video": {
            "id": "block-video",
            "url": "https://youtu.be/abcdefghijk",
            "title": "Phóng sự",
            "player_url": "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1",
        },
        "highlight": {"id": "block-highlight", "title": "Lưu ý", "html": "<p>Mang theo thẻ</p>"},
    }


def test_the_html_holds_every_block_with_whole_addresses(body):
    html = body()["html"]
    for part in (
        "<h3>Kết quả</h3>",
        "<figcaption>Hội trường A</figcaption>",
        "<blockquote><p>Học, học nữa</p></blockquote>",
        "<caption>Điểm</caption>",
        "<th>Trường</th>",
        '<td rowspan="1" colspan="2">A</td>',
        "<p>Tài liệu</p>",
        "Phóng sự</a>",
        "<strong>Lưu ý</strong>",
        '<source type="image/avif"',
        '<source type="image/webp"',
        'alt="Toàn cảnh"',
    ):
        assert part in html
    addresses = [part.split('"')[0] for name in ("href=", "src=") for part in html.split(f'{name}"')[1:]]
    assert addresses
    assert all(address.startswith(("http://", "https://")) for address in addresses)


def test_numbers_of_registered_documents_are_links_and_are_listed(get, whole_site):
    article = get("articles", whole_site.article.pk)
    url = f"{SITE}/van-ban/{whole_site.document.slug}/"
    assert f'<a href="{url}">444-KH/CTĐ</a>' in article["body"]["html"]
    (cited,) = article["cited_documents"]
    assert (cited["number"], cited["document"]["url"]) == ("444-KH/CTĐ", url)


def test_a_cited_document_that_is_not_public_is_a_number_and_no_more(get, whole_site):
    whole_site.document.unpublish()
    article = get("articles", whole_site.article.pk)
    assert article["cited_documents"] == [{"number": "444-KH/CTĐ", "document": None}]
    assert "444-KH/CTĐ" in article["body"]["html"]
    assert "/van-ban/" not in str(article)


def test_hostile_html_is_gone(body, whole_site):
    hostile = (
        '<p onclick="x()">a<script>alert(1)</script><img src="x" onerror="y()"><iframe src="//evil.example"></iframe>'
        '<a href="javascript:alert(1)">b</a><a href="//evil.example/c">c</a><a href="/tin-tuc/">d</a><a href="http://[">e</a>'
        '<a href="#muc">f</a><a linktype="page" id="1 OR 1">g</a></p>'
    )
    store(
        whole_site.article,
        [
            {"type": "text", "value": hostile, "id": "1"},
            {"type": "heading", "value": {"text": "<script>alert(2)</script>", "level": "2"}, "id": "2"},
            {"type": "video", "value": {"url": "javascript:alert(3)", "title": "<b>", "still": None}, "id": "3"},
            {"type": "unknown", "value": "?", "id": "4"},
        ],
    )
    found = body()
    for html in (found["html"], found["blocks"][0]["html"]):
        assert "alert(1)" not in html
        assert not any(word in html for word in ("<script", "onclick", "onerror", "<iframe", "<img", "javascript:"))
        assert f'<a href="{SITE}/tin-tuc/"' in html
        assert '<a href="#muc"' in html
    assert "&lt;script&gt;alert(2)" in found["html"]
    assert [block["type"] for block in found["blocks"]] == ["text", "heading", "video"]
    assert found["blocks"][2]["url"] == ""


def test_links_to_what_is_not_public_lose_their_address_and_pictures_and_files_go(body, whole_site):
    whole_site.event.slug = "bi-mat"
    whole_site.event.save()
    whole_site.event.unpublish()
    hidden = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=hidden, restriction_type="login")
    for thing in (whole_site.picture, whole_site.file):
        thing.collection = hidden
        thing.save()
    found = body()
    assert {block["type"] for block in found["blocks"]} == {"text", "heading", "quote", "table", "video", "highlight"}
    assert not any(word in str(found) for word in ("bi-mat", "/documents/", "/images/", whole_site.picture.title))
    assert "bài</a>" in found["html"]


def test_many_bodies_take_no_more_queries_than_one(
    client, whole_site, make_article, make_image, make_document, count_queries
):
    ask = lambda: client.get("/api/v1/articles/?fields=body,cited_documents")  # noqa: E731
    ask()
    one = count_queries(ask)
    for _ in range(4):
        blocks = blocks_of(make_image().pk, make_document().pk, whole_site.section.pk)
        make_article(body=json.dumps(blocks + blocks))
    assert len(ask().json()["results"]) == 5
    assert count_queries(ask) <= one


def test_rich_text_of_other_types_is_a_body_too(get, whole_site):
    assert get("schools", whole_site.school.pk)["body"] == {
        "html": "<p>Thành lập 1957</p>",
        "blocks": [{"type": "text", "id": None, "html": "<p>Thành lập 1957</p>"}],
    }
    assert get("people", whole_site.person.pk)["body"]["html"] == "<p>Giảng viên</p>"
    assert get("sections", whole_site.section.pk)["body"] == {"html": "", "blocks": []}


def test_a_page_of_any_type_has_its_body_among_all_pages(get, whole_site):
    for page in (whole_site.page, whole_site.article):
        assert len(get("pages", page.pk)["body"]["blocks"]) == 9
    assert get("pages", whole_site.cluster.pk)["body"] is None
