"""What stands beside the stories on the front: events to come, new documents, what is read most."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.core.models import ReadCount


@pytest.fixture
def read(db):
    """Notes reads of an article, some days ago."""

    def note(article, count, days_ago):
        day = None if days_ago is None else timezone.localdate() - timedelta(days=days_ago)
        ReadCount.objects.create(page=article, day=day, count=count)

    return note


def titles(pages):
    return [page.title for page in pages]


def front(client):
    return client.get("/").context


def test_the_next_events_and_the_newest_documents_stand_beside(client, make_event, make_official_document):
    soon = timezone.now() + timedelta(days=2)
    make_event(title="Sắp tới", starts_at=soon, ends_at=soon + timedelta(hours=2))
    make_event(title="Đã qua")
    make_official_document("1-KH/CTĐ", issued_on=date(2021, 1, 1))
    make_official_document("2-KH/CTĐ", issued_on=date(2023, 1, 1))
    make_official_document("3-KH/CTĐ", live=False)
    shown = front(client)
    assert titles(shown["coming"]) == ["Sắp tới"]
    assert [paper.number for paper in shown["papers"]] == ["2-KH/CTĐ", "1-KH/CTĐ"]


def test_what_is_read_most_is_told_by_week_and_by_month(client, make_article, read):
    old, new, hidden = make_article(title="Cũ"), make_article(title="Mới"), make_article(title="Nháp", live=False)
    read(old, 50, days_ago=20), read(old, 1, days_ago=2)
    read(new, 7, days_ago=0)
    read(hidden, 99, days_ago=0)
    read(old, 9000, days_ago=None)  # on the portal that it came from
    most = front(client)["read_most"]
    assert [(article.title, article.recent_reads) for article in most["week"]] == [("Mới", 7), ("Cũ", 1)]
    assert [(article.title, article.recent_reads) for article in most["month"]] == [("Cũ", 51), ("Mới", 7)]
    assert "ever" not in most


def test_a_portal_that_has_just_begun_to_count_shows_what_was_read_before(client, make_article, read):
    read(make_article(title="Ít"), 10, days_ago=None)
    read(make_article(title="Nhiều"), 3073, days_ago=None)
    assert {period: titles(found) for period, found in front(client)["read_most"].items()} == {"ever": ["Nhiều", "Ít"]}


def test_a_portal_without_anything_has_nothing_beside(client, home):
    shown = front(client)
    assert (list(shown["coming"]), list(shown["papers"]), shown["read_most"]) == ([], [], {})
