"""What pages say of themselves to other people's search engines."""

import json
import re
from datetime import UTC, datetime

import pytest
from wagtail.models import Collection, CollectionViewRestriction, Site

from home.models import SiteSettings

pytestmark = pytest.mark.django_db


def nodes(client, url):
    """The nodes of a page's head, by their types."""
    shown = client.get(url).content.decode()
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown, re.DOTALL)
    graph = json.loads(data)
    assert graph["@context"] == "https://schema.org"
    return {node["@type"]: node for node in graph["@graph"]}


def test_an_article(client, make_article, make_person, make_image):
    settings = SiteSettings.for_site(Site.objects.get())
    settings.owner, settings.phone = "Trường Chính trị tỉnh", "0203 000 000"
    settings.save()
    person, image = make_person(), make_image()
    article = make_article(
        title="Bế giảng </script><script>alert(1)</script>", summary="Tóm tắt", tags=["Thi đua"], cover=image
    )
    article.authors.create(name="ThS. Phạm Thị Thu Hà", post="Giảng viên", person=person)
    article.save_revision().publish()
    found = nodes(client, article.url)
    news = found["NewsArticle"]
    assert news["headline"] == article.title
    assert news["datePublished"] == "2024-01-01T19:01:00+07:00"
    assert news["keywords"] == ["Thi đua"]
    assert news["image"] == [f"http://testserver{image.get_rendition('width-960|format-webp').url}"]
    assert news["author"][0]["name"] == "ThS. Phạm Thị Thu Hà"
    assert news["author"][0]["url"].endswith(person.url)
    assert news["publisher"]["telephone"] == "0203 000 000"
    assert [item["name"] for item in found["BreadcrumbList"]["itemListElement"]][-2:] == ["Tin tức", article.title]


def test_a_closed_person_or_picture_is_not_named(client, make_article, make_person, make_image):
    collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    person, image = make_person(slug="mat-danh"), make_image(collection=collection)
    article = make_article(cover=image)
    article.authors.create(name="Tác giả", person=person)
    article.save()
    person.view_restrictions.create(restriction_type="login")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    news = nodes(client, article.url)["NewsArticle"]
    assert "url" not in news["author"][0]
    assert "image" not in news


def test_an_event(client, make_event, make_school):
    school = make_school()
    event = make_event(host=school, venue="Hội trường A")
    node = nodes(client, event.url)["Event"]
    assert (node["startDate"], node["endDate"]) == ("2023-11-08T08:00:00+07:00", "2023-11-09T16:00:00+07:00")
    assert node["location"]["name"] == "Hội trường A"
    assert node["organizer"]["name"] == school.title
    school.unpublish()
    assert "organizer" not in nodes(client, event.url)["Event"]


def test_an_event_for_whole_days_has_days(client, make_event):
    event = make_event(
        is_all_day=True, starts_at=datetime(2024, 3, 1, 20, tzinfo=UTC), ends_at=datetime(2024, 3, 3, 1, tzinfo=UTC)
    )
    node = nodes(client, event.url)["Event"]
    assert (node["startDate"], node["endDate"]) == ("2024-03-02", "2024-03-03")


def test_a_school_and_a_person(client, make_school, make_person):
    school = make_school(short_name="TCT Hoà Bình", website="https://truong.example/")
    school.addresses.create(address="Số 1, đường Trần Hưng Đạo")
    school.contacts.create(label="Đào tạo", phone="0218 000 000")
    school.save()
    node = nodes(client, school.url)["EducationalOrganization"]
    assert node["name"] == school.title
    assert node["alternateName"] == ["TCT Hoà Bình"]
    assert node["address"] == ["Số 1, đường Trần Hưng Đạo"]
    assert node["contactPoint"][0]["telephone"] == "0218 000 000"
    person = make_person(academic_title="TS.")
    person.posts.create(role="Hiệu trưởng", school=school)
    person.save()
    node = nodes(client, person.url)["Person"]
    assert (node["name"], node["honorificPrefix"], node["jobTitle"]) == ("Phạm Thị Thu Hà", "TS.", ["Hiệu trưởng"])
    assert node["worksFor"][0]["name"] == school.title


def test_the_home_page_says_how_to_search(client, home):
    node = nodes(client, "/")["WebSite"]
    assert node["potentialAction"]["target"]["urlTemplate"] == "http://testserver/search/?q={search_term_string}"


def test_what_is_no_page_says_nothing(client, home):
    assert "ld+json" not in client.get("/search/").content.decode()
