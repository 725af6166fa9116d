import pytest
from django.core.cache import cache
from django.http import HttpRequest
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Collection, CollectionViewRestriction

from cms.core.blocks import BodyBlock, PictureBlock, VideoBlock
from search import memory
from tests.cms.bodies import HOSTILE, full_body


@pytest.fixture
def body(make_image, make_document):
    """Makes a body with every block, `text` in every plain field."""

    def make(text="chữ"):
        stored = full_body(make_image().pk, make_document(title=f"văn bản {text}").pk, text)
        return BodyBlock().to_python(stored)

    return make


def test_every_block_shows_its_text(body):
    html = str(body())
    for shown in (
        "<p>Đoạn một</p>",
        "<h3>đề mục chữ</h3>",
        'alt="mô tả chữ"',
        "chú thích chữ",
        "ảnh chữ",
        "trích dẫn chữ",
        "người nói chữ",
        "bảng chữ",
        "ô chữ",
        "tệp chữ",
        "văn bản chữ",
        "phim chữ",
        "hộp chữ",
        "<p>Nổi bật</p>",
    ):
        assert shown in html


def test_no_plain_field_can_carry_markup(body):
    html = str(body(HOSTILE))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 12


def test_pictures_come_in_sizes_with_their_measures_and_load_late(body):
    html = str(body())
    assert "480w" in html
    assert 'width="640"' in html
    assert 'height="480"' in html
    assert 'loading="lazy"' in html


def test_headers_of_a_table_say_what_they_head(body):
    html = str(body())
    assert '<th scope="col"' in html
    assert '<th scope="row"' in html
    assert "<caption>bảng chữ</caption>" in html


def test_a_video_is_a_link_that_knows_its_player(body):
    html = str(body())
    assert '<a href="https://www.youtube.com/watch?v=abcdefghijk"' in html
    assert 'data-player="https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"' in html
    assert "<iframe" not in html


def test_blocks_whose_picture_or_file_was_deleted_still_show_the_rest(db):
    html = str(BodyBlock().to_python(full_body(image_id=999, document_id=999)))
    assert "trích dẫn chữ" in html
    assert "phim chữ" in html
    assert "<img" not in html


def test_a_picture_takes_text_and_credit_from_the_library(make_image):
    image = make_image(description="Cổng trường", credit="Thu Hà")
    block = PictureBlock()
    cleaned = block.clean(block.to_python({"image": image.pk, "alt_text": "", "caption": "", "credit": ""}))
    assert (cleaned["alt_text"], cleaned["credit"]) == ("Cổng trường", "Thu Hà")


def test_a_picture_that_nobody_described_is_refused(make_image):
    block = PictureBlock()
    value = block.to_python({"image": make_image(description="").pk, "alt_text": "", "caption": "", "credit": ""})
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert set(refused.value.block_errors) == {"alt_text"}


def test_a_video_of_an_unknown_provider_is_refused(make_image):
    block = VideoBlock()
    value = block.to_python({"url": "https://example.com/v", "title": "Phim", "still": make_image().pk})
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert set(refused.value.block_errors) == {"url"}


def test_a_full_body_is_valid_and_an_empty_gallery_is_not(body):
    block = BodyBlock()
    block.clean(body())
    with pytest.raises(StreamBlockValidationError):
        block.clean(block.to_python([{"type": "gallery", "value": {"pictures": []}}]))


def test_pictures_cost_the_same_however_many(make_image, count_queries):
    def cost(count):
        images = [make_image() for _ in range(count)]
        picture = {"alt_text": "a", "caption": "", "credit": ""}
        stored = [{"type": "picture", "value": {"image": image.pk, **picture}} for image in images]
        show(stored)  # the sizes are made once
        cache.clear()
        return count_queries(lambda: show(stored))

    def show(stored):
        with memory.within(lambda: "as it is"):
            return BodyBlock().to_python(stored).render_as_block({"request": HttpRequest()})

    assert cost(2) == cost(6)


@pytest.mark.parametrize("in_gallery", [False, True])
def test_a_picture_of_a_private_collection_is_shown_nowhere(client, make_article, make_image, in_gallery):
    private = Collection.get_first_root_node().add_child(name="Nội bộ")
    below = private.add_child(name="Dưới nội bộ")
    picture = {"image": make_image(collection=below), "alt_text": "Ảnh kín", "caption": "Chú thích kín", "credit": ""}
    body = [("gallery", {"pictures": [picture]})] if in_gallery else [("picture", picture)]
    article = make_article(body=body)
    assert "Chú thích kín" in client.get(article.url).content.decode()
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    content = client.get(article.url).content.decode()
    assert "Ảnh kín" not in content
    assert "Chú thích kín" not in content
