"""Feeds and calendars: what is in them, for whom, and how a page's head names them."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import icalendar
import pytest
from django.utils import timezone

from cms.news.models import NewsIndexPage
from home.models import SiteSettings

ATOM = "{http://www.w3.org/2005/Atom}"

pytestmark = pytest.mark.django_db


def feed(client, url="/feeds/"):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def titles(client, url="/feeds/"):
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, url).findall(f"{ATOM}entry")]


def events(client, url="/feeds/events.ics"):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return icalendar.Calendar.from_ical(response.content)


def test_the_feed_of_the_site_holds_the_newest_articles_first(client, home, make_article):
    SiteSettings.objects.create(site=home.sites_rooted_here.get(), name="Trường Chính trị")
    make_article(title="Cũ", published_at=datetime(2023, 1, 1, tzinfo=UTC))
    article = make_article(
        title="Hoà & <b>bình</b>",
        summary="Tóm tắt có <i>thẻ</i>",
        tags=["Thi đua"],
        authors=[("ThS. Trần Thị Lan", "Giảng viên")],
        published_at=datetime(2024, 5, 1, 7, tzinfo=UTC),
    )
    root = feed(client)
    assert root.findtext(f"{ATOM}title") == "Trường Chính trị"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Trường Chính trị"
    newest, oldest = root.findall(f"{ATOM}entry")
    assert oldest.find(f"{ATOM}author") is None
    assert newest.findtext(f"{ATOM}id") == f"tag:localhost,2026:page-{article.pk}"
    assert oldest.findtext(f"{ATOM}title") == "Cũ"
    assert newest.findtext(f"{ATOM}title") == "Hoà & <b>bình</b>"  # plain text
    assert newest.findtext(f"{ATOM}summary") == "Tóm tắt có &lt;i&gt;thẻ&lt;/i&gt;"  # HTML
    assert newest.findtext(f"{ATOM}author/{ATOM}name") == "ThS. Trần Thị Lan"
    assert newest.find(f"{ATOM}category").get("term") == "Thi đua"
    assert newest.findtext(f"{ATOM}published") == "2024-05-01T14:00:00+07:00"
    assert newest.find(f"{ATOM}link").get("href") == f"http://localhost{article.url}"


def test_the_feed_of_a_section_holds_what_is_in_it_and_below(client, home, section, make_article):
    below = section.add_child(instance=NewsIndexPage(title="Thi đua", slug="thi-dua"))
    other = home.add_child(instance=NewsIndexPage(title="Khác", slug="khac"))
    make_article(title="Trong mục", parent=below)
    make_article(title="Ngoài mục", parent=other)
    assert titles(client, f"/feeds/sections/{section.pk}/") == ["Trong mục"]


def test_the_feed_of_a_tag(client, make_article):
    article = make_article(title="Có thẻ", tags=["Thi đua"])
    make_article(title="Không có thẻ")
    slug = article.tags.get().slug
    assert titles(client, f"/feeds/tags/{quote(slug)}/") == ["Có thẻ"]


def test_a_tag_that_only_closed_articles_bear_does_not_exist(client, make_article):
    article = make_article(tags=["Tuyệt mật"])
    slug = article.tags.get().slug
    article.view_restrictions.create(restriction_type="login")
    assert client.get(f"/feeds/tags/{slug}/").status_code == 404
    assert client.get("/feeds/tags/khong-co/").status_code == 404


def test_a_closed_section_has_no_feed(client, section, make_article):
    make_article()
    section.view_restrictions.create(restriction_type="password", password="x")
    assert client.get(f"/feeds/sections/{section.pk}/").status_code == 404
    assert titles(client) == []


def test_a_feed_is_not_sent_twice_and_never_stale(client, make_article):
    make_article()
    newest = make_article(title="Mới nhất")
    first = client.get("/feeds/")
    assert "no-cache" in first["Cache-Control"]
    assert not first.has_header("Last-Modified")
    again = client.get("/feeds/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    newest.unpublish()
    after = client.get(
        "/feeds/", headers={"If-None-Match": first["ETag"], "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    )
    assert after.status_code == 200
    assert "Mới nhất" not in after.content.decode()


@pytest.mark.parametrize("url", ["/feeds/", "/feeds/events.ics", "/sitemap.xml"])
def test_the_number_of_queries_does_not_grow(client, make_article, make_event, make_image, count_queries, url):
    def make():
        make_article(tags=["Thi đua"], authors=[("A", "B")], cover=make_image())
        make_event(starts_at=timezone.now(), ends_at=timezone.now())

    make()
    client.get(url)
    few = count_queries(lambda: client.get(url))
    for _ in range(5):
        make()
    client.get(url)  # what all pages share is looked up once after a change
    assert count_queries(lambda: client.get(url)) == few


def test_the_calendar_holds_what_comes_and_a_year_of_what_has_been(client, make_event):
    now = timezone.now()
    coming = make_event(
        title="Sắp tới", starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=4), venue="Hội trường A"
    )
    make_event(title="Năm kia", starts_at=now - timedelta(days=800), ends_at=now - timedelta(days=799))
    [event] = events(client).walk("VEVENT")
    assert event["summary"] == "Sắp tới"
    assert event["location"] == "Hội trường A"
    assert event["url"] == f"http://localhost{coming.url}"


def test_the_calendar_of_a_school_holds_what_it_hosts_and_where_it_takes_part(client, make_event, make_school):
    school, other = make_school(), make_school("Trường khác")
    when = {"starts_at": timezone.now(), "ends_at": timezone.now()}
    make_event(title="Chủ trì", host=school, **when)
    make_event(title="Tham gia", taking_part=[other, school], **when)
    make_event(title="Không liên quan", host=other, **when)
    calendar = events(client, f"/feeds/schools/{school.pk}/events.ics")
    assert {str(event["summary"]) for event in calendar.walk("VEVENT")} == {"Chủ trì", "Tham gia"}
    assert calendar["x-wr-calname"] == school.title
    school.unpublish()
    assert client.get(f"/feeds/schools/{school.pk}/events.ics").status_code == 404


def test_pages_name_their_feeds(client, home, section, make_article, make_event, make_school):
    make_article(tags=["Thi đua"])
    make_event()
    school = make_school()
    assert 'type="application/atom+xml"' in client.get("/").content.decode()
    assert f'href="/feeds/sections/{section.pk}/"' in client.get("/tin-tuc/").content.decode()
    assert 'href="/feeds/events.ics"' in client.get("/su-kien/").content.decode()
    assert f'href="/feeds/schools/{school.pk}/events.ics"' in client.get(school.url).content.decode()
    assert 'href="/feeds/tags/thi-dua/"' in client.get("/search/?tag=thi-dua").content.decode()
    assert client.get("/search/?tag=a/b").status_code == 200
