"""Reads: counted once per reader and hour, for people, without a cookie, and never in anybody's way."""

from datetime import timedelta
from queue import Queue

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.core import reading
from cms.core.models import ReadCount, most_read, total_reads
from cms.news.models import ArticlePage
from home import scheduler
from search import service
from search.models import OutboxEntry
from search.queries import SearchQuery, Sort

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture(params=[0, 600], ids=["made anew", "kept"])
def article(request, settings, make_article):
    settings.PAGES_KEPT_FOR = request.param
    return make_article()


def read(page, address="203.0.113.5", agent=FIREFOX, **headers):
    response = Client(REMOTE_ADDR=address).get(page.url, headers={"User-Agent": agent, **headers})
    assert not response.cookies
    return response


def counted(page) -> int:
    reading.flush()
    return total_reads([page.pk]).get(page.pk, 0)


def test_a_reader_counts_once_an_hour_however_often_he_looks(article, monkeypatch):
    for _ in range(3):
        read(article)
    assert counted(article) == 1
    caches["readers"].clear()  # an hour later
    read(article)
    assert counted(article) == 2


def test_every_reader_counts_and_every_page(article, make_article):
    other = make_article()
    read(article), read(article, "203.0.113.6"), read(article, agent="Mozilla/5.0 (iPhone) Safari/604.1"), read(other)
    assert (counted(article), counted(other)) == (3, 1)


def test_an_answer_that_the_browser_has_already_is_a_read_too(article):
    etag = read(article).get("ETag")
    caches["readers"].clear()
    read(article, **({"If-None-Match": etag} if etag else {}))
    assert counted(article) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": "python-requests/2.31"},
        {"User-Agent": FIREFOX, "Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_robots_and_browsers_that_fetch_ahead_do_not_count(article, headers):
    Client().get(article.url, headers=headers)
    Client().head(article.url, headers={"User-Agent": FIREFOX})
    assert counted(article) == 0


def test_editors_do_not_count_nor_what_nobody_was_shown(article, admin_client):
    admin_client.get(article.url, headers={"User-Agent": FIREFOX})
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    read(article)
    Client().get(f"{article.url}khong-co/", headers={"User-Agent": FIREFOX})
    assert counted(article) == 0


def test_a_password_form_is_no_read(article):
    PageViewRestriction.objects.create(page=article, restriction_type="password", password="mật khẩu")
    Client().get(article.url, headers={"User-Agent": FIREFOX})
    assert counted(article) == 0


def test_reading_writes_nothing_itself(article):
    read(article, "203.0.113.9")  # what the first request of all makes
    with CaptureQueriesContext(connection) as queries:
        read(article)
    assert [query["sql"] for query in queries if not query["sql"].strip().startswith("SELECT")] == []


def test_reads_are_written_together_after_a_while(article, settings, monkeypatch):
    written = Queue()
    monkeypatch.setattr(reading._waiting, "_write", lambda tallies: written.put(sorted(tallies)))
    settings.COUNTS_WRITTEN_EVERY = 0.1
    read(article), read(article, "203.0.113.6")
    assert written.get(timeout=10) == [(article.pk, timezone.localdate())]


def test_several_processes_add_to_the_same_day(article):
    for address in ("203.0.113.5", "203.0.113.6"):
        read(article, address)
        reading.flush()
    assert ReadCount.objects.get().count == 2


def test_reads_wait_while_the_database_cannot_be_written(article, monkeypatch):
    read(article)

    def locked(tallies):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(reading, "_add_up", locked)
        reading.flush()
    read(article, "203.0.113.6")
    assert counted(article) == 2


def test_reads_of_a_page_that_is_gone_are_forgotten_and_those_of_others_are_not(article, make_article):
    other = make_article()
    read(article), read(other)
    article.delete()
    assert counted(other) == 1
    assert ReadCount.objects.count() == 1


def test_nothing_is_kept_of_the_reader_but_digests_for_an_hour(article):
    read(article)
    reading.flush()
    assert {field.name for field in ReadCount._meta.get_fields()} == {"id", "page", "day", "count"}
    kept = repr(caches["readers"]._cache)
    assert "203.0.113.5" not in kept
    assert "Firefox" not in kept


def test_without_the_shared_cache_pages_are_served_and_nothing_is_counted(article, settings):
    away = {"BACKEND": "home.serving.cache.RedisWhereItAnswers", "LOCATION": "redis://127.0.0.1:1"}
    settings.CACHES = settings.CACHES | {"readers": away}
    assert read(article).status_code == 200
    assert counted(article) == 0


def days_ago(page, days, count):
    ReadCount.objects.create(page=page, day=timezone.localdate() - timedelta(days=days), count=count)


def test_most_read_is_of_the_days_asked_for_and_public(make_article, django_assert_max_num_queries):
    today, week, month, private, imported = (make_article(title=title) for title in "abcde")
    days_ago(today, 0, 5), days_ago(week, 6, 7), days_ago(month, 7, 50), days_ago(month, 3, 1), days_ago(private, 0, 99)
    ReadCount.objects.set_imported(imported.pk, 1000)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    with django_assert_max_num_queries(3):
        assert most_read(ArticlePage.objects.all(), 7, 5) == [week, today, month]
    assert most_read(ArticlePage.objects.all(), 30, 2) == [month, week]
    assert most_read(ArticlePage.objects.all(), 30, 1)[0].recent_reads == 51


def test_once_a_day_the_index_learns_what_is_read_most(make_article, drain, monkeypatch):
    little, much = make_article(title="Lịch thi ít đọc"), make_article(title="Lịch thi đọc nhiều")
    drain()
    days_ago(little, 0, 1), days_ago(much, 0, 9)

    def found():
        drain()
        return [hit.id for hit in service.search(SearchQuery("lịch thi", sort=Sort.MOST_READ)).hits]

    scheduler.tick([scheduler.tell_the_index_of_reads])
    assert found() == [much.pk, little.pk]
    ReadCount.objects.filter(page=little).update(count=20)
    scheduler.tick([scheduler.tell_the_index_of_reads])
    assert not OutboxEntry.objects.pending().exists()
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    scheduler.tick([scheduler.tell_the_index_of_reads])
    assert found() == [little.pk, much.pk]
