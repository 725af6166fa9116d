"""Pages by their paths, redirects, the site itself, and pictures in their sizes."""

import pytest
from PIL import Image as PillowImage
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from cms.core.models import Rendition

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def find(get, path):
    return get("pages/find", html_path=path)


@pytest.mark.parametrize("path", ["/tin-tuc/bai-viet-1/", "/tin-tuc/bai-viet-1", "tin-tuc/bai-viet-1/?utm=1"])
def test_a_page_is_found_by_its_path(get, whole_site, path):
    assert find(get, path) == {
        "page": {
            "id": whole_site.article.pk,
            "type": "article",
            "title": "Bài viết số 1",
            "url": f"{SITE}/tin-tuc/bai-viet-1/",
            "api_url": f"{SITE}/api/v1/articles/{whole_site.article.pk}/",
        },
        "redirect": None,
    }


def test_the_home_page_is_at_the_root(get, home):
    assert find(get, "/")["page"]["id"] == home.pk


def test_every_page_is_found_by_its_own_html_path(get, whole_site):
    for page in get("pages", page_size=100, fields="html_path")["results"]:
        assert find(get, page["html_path"])["page"]["id"] == page["id"]


def test_an_old_path_says_where_it_went(get, whole_site):
    found = find(get, "/tin-cu/")
    assert found["page"]["id"] == whole_site.article.pk
    assert found["redirect"] == {"to": f"{SITE}/tin-tuc/bai-viet-1/", "is_permanent": True}


def test_an_old_path_with_a_query_is_told_from_one_without(get, whole_site):
    Redirect.add_redirect("/xem.aspx?id=7", redirect_to=whole_site.event, is_permanent=False)
    assert find(get, "/xem.aspx?id=7")["redirect"] == {
        "to": f"{SITE}/su-kien/hoi-nghi-tong-ket-cum-thi-dua/",
        "is_permanent": False,
    }


def test_a_redirect_out_of_the_site_has_no_page(get, whole_site):
    Redirect.add_redirect("/ngoai", redirect_to="https://chinhphu.vn/")
    assert find(get, "/ngoai") == {"page": None, "redirect": {"to": "https://chinhphu.vn/", "is_permanent": True}}


def test_a_redirect_of_another_site_is_not_taken(client, whole_site, home):
    other = Site.objects.create(hostname="other.example", root_page=home, port=80)
    Redirect.objects.create(old_path="/rieng", site=other, redirect_link="https://other.example/a")
    assert client.get("/api/v1/pages/find/?html_path=/rieng").status_code == 404


def test_a_renamed_page_leaves_a_redirect_that_is_shown(get, whole_site, django_capture_on_commit_callbacks):
    article = whole_site.article
    article.refresh_from_db()
    article.slug = "ten-moi"
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    found = find(get, "/tin-tuc/bai-viet-1/")
    assert found["redirect"]["to"] == f"{SITE}/tin-tuc/ten-moi/"


def test_a_redirect_to_a_part_of_a_page_keeps_the_part(get, whole_site):
    Redirect.add_redirect("/lich", redirect_to=whole_site.event, page_route_path="/ics/")
    assert find(get, "/lich")["redirect"]["to"] == get("events", whole_site.event.pk)["calendar_url"]


def test_a_path_of_nothing_is_not_found(client, whole_site):
    assert client.get("/api/v1/pages/find/?html_path=/khong-co/").status_code == 404


def test_the_site_shows_its_settings_and_menu(get, whole_site, home, section):
    link = {
        "id": section.pk,
        "type": "section",
        "title": "Tin tức",
        "url": f"{SITE}/tin-tuc/",
        "api_url": f"{SITE}/api/v1/sections/{section.pk}/",
    }
    site = get("site")
    assert site.pop("home")["id"] == home.pk
    assert site == {
        "name": "Cổng thông tin",
        "owner": "Trường",
        "address": "",
        "phone": "",
        "email": "",
        "footer_text": "",
        "url": f"{SITE}/",
        "navigation": [{"label": "Tin tức", "url": f"{SITE}/tin-tuc/", "page": link, "children": []}],
    }
    assert get("site", fields="navigation(label)") == {"navigation": [{"label": "Tin tức"}]}
    assert get("site", fields="navigation(url)") == {"navigation": [{"url": f"{SITE}/tin-tuc/"}]}


def test_a_host_that_is_no_site_is_a_problem(client, home):
    Site.objects.all().delete()
    assert client.get("/api/v1/site/").status_code == 404


def test_a_picture_has_its_text_focal_point_and_sizes(get, make_image):
    picture = make_image(
        description="Toàn cảnh",
        credit="VOV",
        focal_point_x=320,
        focal_point_y=120,
        focal_point_width=10,
        focal_point_height=10,
    )
    image = get("images", picture.pk)
    assert (image["alt"], image["credit"], image["width"], image["height"]) == ("Toàn cảnh", "VOV", 640, 480)
    assert image["focal_point"] == {"x": 0.5, "y": 0.25}
    sizes = {name: (size["width"], size["height"]) for name, size in image["renditions"].items()}
    assert sizes == {"thumbnail": (320, 213), "small": (480, 360), "medium": (640, 480), "large": (640, 480)}


def test_no_answer_makes_a_picture_and_its_link_does(client, get, make_image, settings):
    picture = make_image()
    before = get("images", picture.pk)["renditions"]
    assert not Rendition.objects.exists()
    kinds = {"avif": "AVIF", "webp": "WEBP", "fallback": "JPEG"}
    for size in before:
        for kind, name in kinds.items():
            response = client.get(before[size][kind], headers={"Accept": "image/*"})
            assert response.status_code == 302
            with PillowImage.open(settings.MEDIA_ROOT / response["Location"].split(settings.MEDIA_URL)[1]) as made:
                assert made.format == name
                assert made.size == (before[size]["width"], before[size]["height"])
            assert client.get(before[size][kind])["Location"] == response["Location"]
    after = get("images", picture.pk)["renditions"]
    assert all(after[size][kind].startswith(f"{SITE}/media/images/") for size in after for kind in kinds)
    assert client.get(after["small"]["webp"]).status_code == 200


def test_a_size_for_an_older_focal_point_is_not_shown(client, get, make_image):
    picture = make_image()
    client.get(get("images", picture.pk)["renditions"]["thumbnail"]["webp"])
    assert "/media/" in get("images", picture.pk)["renditions"]["thumbnail"]["webp"]
    type(picture).objects.filter(pk=picture.pk).update(
        focal_point_x=10, focal_point_y=10, focal_point_width=5, focal_point_height=5
    )
    assert "/media/" not in get("images", picture.pk)["renditions"]["thumbnail"]["webp"]


@pytest.mark.parametrize("part", ["small/gif", "huge/webp", "small/../webp"])
def test_a_size_or_format_that_does_not_exist_is_not_found(client, make_image, part):
    assert client.get(f"/api/v1/images/{make_image().pk}/renditions/{part}/").status_code == 404


def test_a_picture_whose_file_is_missing_is_shown_without_breaking(client, get, make_image):
    picture = make_image()
    picture.file.storage.delete(picture.file.name)
    assert client.get(get("images", picture.pk)["renditions"]["small"]["webp"]).status_code == 404


def test_a_file_says_what_it_is(client, get, make_document):
    file = make_document(title="Kế hoạch")
    shown = get("documents", file.pk)
    assert (shown["title"], shown["extension"], shown["content_type"]) == ("Kế hoạch", "txt", "text/plain")
    assert client.get(shown["url"]).getvalue() == "Nội dung".encode()


def test_pictures_and_files_are_found_by_tag(ids, make_image, make_document):
    make_image()
    picture, file = make_image(), make_document()
    picture.tags.add("Kho ảnh")
    file.tags.add("Kho tệp")
    assert ids("images", tag="kho-ảnh") == [picture.pk]
    assert ids("documents", tag="kho-tệp") == [file.pk]
