"""Pictures as readers' browsers get them."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile

from cms.core.models import Rendition
from cms.core.pictures import SHAPES
from home import scheduler

SPECS = len(SHAPES["body"])


def picture(image, **values):
    return ("picture", {"image": image, "alt_text": "Lễ khai giảng", "caption": "", "credit": ""} | values)


def shown(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser")


@pytest.fixture
def article(make_article, make_image):
    return make_article(cover=make_image(), body=[picture(make_image()), picture(make_image())])


def test_a_picture_comes_in_several_sizes_with_a_jpeg_for_old_browsers(client, article):
    block = shown(client, article).select_one("figure.picture picture")
    source, image = block.source, block.img
    assert source["type"] == "image/webp"
    assert source["srcset"].count("w,") == SPECS - 1
    assert source["sizes"]
    assert image["src"].endswith(".jpg")
    assert (image["alt"], image["loading"]) == ("Lễ khai giảng", "lazy")
    assert int(image["width"]) * 3 == int(image["height"]) * 4


def test_the_cover_is_what_readers_see_first_and_never_waits(client, article):
    cover = shown(client, article).select_one("figure.cover img")
    assert cover["fetchpriority"] == "high"
    assert "loading" not in cover.attrs


def test_avif_is_made_by_the_clock_and_offered_from_then_on(client, article):
    assert not shown(client, article).select("source[type='image/avif']")
    assert not Rendition.objects.filter(filter_spec__contains="avif").exists()
    scheduler.tick([scheduler.make_smaller_pictures])
    page = shown(client, article)
    assert len(page.select("source[type='image/avif']")) == len(page.select("picture")) == 3
    first = page.select_one("figure.cover picture").find("source")
    assert (first["type"], first["srcset"].count(".avif")) == ("image/avif", SPECS)
    assert client.get(first["srcset"].split()[0])["Content-Type"] == "image/avif"


def test_the_clock_leaves_what_is_made_already_and_survives_a_damaged_file(client, article, make_image, caplog):
    shown(client, article)
    article.cover.file.storage.delete(article.cover.file.name)
    scheduler.tick([scheduler.make_smaller_pictures])
    made = set(Rendition.objects.filter(filter_spec__contains="avif").values_list("pk", flat=True))
    assert len(made) == 2 * SPECS
    scheduler.tick([scheduler.make_smaller_pictures])
    assert set(Rendition.objects.filter(filter_spec__contains="avif").values_list("pk", flat=True)) == made
    assert "failed" not in caplog.text


def test_a_picture_whose_file_is_gone_leaves_the_page_standing(client, make_article, make_image):
    image = make_image()
    image.file.storage.delete(image.file.name)
    assert client.get(make_article(cover=image, body=[picture(image)]).url).status_code == 200


def test_a_replaced_picture_is_shown_in_all_formats(client, article, make_image):
    shown(client, article)
    scheduler.tick([scheduler.make_smaller_pictures])
    before = {source["srcset"] for source in shown(client, article).select("figure.cover source")}
    cover = article.cover
    cover.file = ContentFile(make_image().file.read(), "khac.png")
    cover.save()
    cover.renditions.all().delete()
    after = {source["srcset"] for source in shown(client, article).select("figure.cover source")}
    assert after and not before & after


def test_many_pictures_cost_as_many_queries_as_few(client, make_article, make_image, count_queries):
    def cost(count):
        article = make_article(body=[picture(make_image()) for _ in range(count)])
        shown(client, article), shown(client, article)  # makes the sizes, and what all pages share
        return count_queries(lambda: client.get(article.url))

    assert cost(2) == cost(6)
