"""The sitemap and robots.txt."""

from xml.etree import ElementTree

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from home import sitemaps

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}

pytestmark = pytest.mark.django_db


def sitemap(client, url="/sitemap.xml"):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    return ElementTree.fromstring(response.content)


def locations(root):
    return [item.text for item in root.findall(".//s:loc", NAMES)]


def test_it_names_every_public_page_with_its_date_and_picture(client, home, section, make_article, make_image):
    image = make_image()
    article = make_article(cover=image)
    article.save_revision().publish()
    make_article(slug="nhap", live=False)
    small, large = image.get_rendition("width-100|format-webp"), image.get_rendition("width-400|format-webp")
    root = sitemap(client)
    assert locations(root) == [f"http://testserver{url}" for url in ("/", "/tin-tuc/", article.url)]
    [entry] = [url for url in root if url.findtext("s:loc", namespaces=NAMES).endswith(article.url)]
    assert entry.findtext("s:lastmod", namespaces=NAMES)
    assert [item.text for item in entry.findall(".//image:loc", NAMES)] == [f"http://testserver{large.url}"]
    assert small.url != large.url


def test_a_picture_of_a_private_collection_is_left_out(client, make_article, make_image):
    collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    image = make_image(collection=collection)
    image.get_rendition("width-100")
    make_article(cover=image)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert sitemap(client).findall(".//image:loc", NAMES) == []


def test_what_does_not_fit_into_one_file_is_split(client, section, make_article, monkeypatch):
    articles = [make_article() for _ in range(4)]
    monkeypatch.setattr(sitemaps.PublicPages, "limit", 3)
    parts = locations(sitemap(client))
    assert parts == ["http://testserver/sitemap-pages.xml", "http://testserver/sitemap-pages.xml?p=2"]
    found = [url for part in parts for url in locations(sitemap(client, part.removeprefix("http://testserver")))]
    assert len(found) == len(set(found)) == 6
    assert {f"http://testserver{article.url}" for article in articles} < set(found)
    assert client.get("/sitemap-pages.xml?p=3").status_code == 404
    assert client.get("/sitemap-other.xml").status_code == 404


def test_a_page_taken_down_is_gone_from_the_next_answer(client, make_article):
    article = make_article()
    first = client.get("/sitemap.xml")
    article.unpublish()
    after = client.get("/sitemap.xml", headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200
    assert article.slug not in after.content.decode()


def test_robots_are_told_where_to_look_and_where_not(client, home):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /search/", "Disallow: /api/"} < set(lines)
