"""Stamps of content: seen with their change, never before, never again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from taggit.models import Tag
from wagtail.models import Page

from cms.core.models import Image
from cms.news.models import ArticlePage, NewsIndexPage
from cms.people.models import PersonPage
from search import stamps
from search.models import VersionStamp

MakeArticle = Callable[..., ArticlePage]


class Broken(Exception):
    """What went wrong in the middle of a transaction."""


@pytest.mark.django_db
def test_a_change_is_stamped_for_its_page_for_its_type_and_for_pages_as_such(make_article: MakeArticle) -> None:
    article, other = make_article(), make_article()
    asked = [([ArticlePage], None), ([Page], None), ([], article.pk), ([], other.pk), ([PersonPage], None)]
    before = [stamps.read(*one) for one in asked]
    article.save()
    assert [stamps.read(*one) != state for one, state in zip(asked, before, strict=True)] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.django_db
def test_a_rolled_back_change_leaves_no_stamp(make_article: MakeArticle) -> None:
    article = make_article()
    before = stamps.read([ArticlePage], article.pk)
    with suppress(Broken), transaction.atomic():
        article.save()
        assert stamps.read([ArticlePage], article.pk) != before
        raise Broken
    assert stamps.read([ArticlePage], article.pk) == before


@pytest.mark.django_db
def test_one_query_reads_the_stamps_of_many_kinds_and_of_a_page(make_article: MakeArticle, count_queries) -> None:
    article = make_article()
    assert count_queries(lambda: stamps.read([ArticlePage, Page, Image, Tag], article.pk)) == 1


@pytest.mark.django_db
def test_what_nobody_watches_cannot_be_asked_for() -> None:
    with pytest.raises(LookupError, match="VersionStamp"):
        stamps.read([VersionStamp])


@pytest.mark.django_db
def test_a_restored_database_does_not_repeat_what_a_stamp_has_stood_for(make_article: MakeArticle) -> None:
    article = make_article()

    def changed_after_the_backup() -> stamps.State:
        with suppress(Broken), transaction.atomic():
            article.save()
            state = stamps.read([ArticlePage], article.pk)
            raise Broken
        return state

    assert changed_after_the_backup() != changed_after_the_backup()


def in_another_transaction(work: Callable[[], object], go_on: Event) -> tuple[Thread, Event]:
    """`work` in a thread and a transaction of its own, which commits when `go_on` is set."""
    done = Event()

    def run() -> None:
        with transaction.atomic():
            work()
            done.set()
            assert go_on.wait(10)
        connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread, done


@pytest.mark.postgresql  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_for_each_others_stamps_and_each_commit_changes_the_state() -> None:
    stamps.bump([ArticlePage])
    states = [stamps.read([ArticlePage])]
    first_may_commit, second_may_commit = Event(), Event()
    first, first_done = in_another_transaction(lambda: stamps.bump([ArticlePage]), first_may_commit)
    assert first_done.wait(10)
    second, second_done = in_another_transaction(lambda: stamps.bump([ArticlePage]), second_may_commit)
    assert second_done.wait(10)  # while the first still holds what it has counted up
    assert stamps.read([ArticlePage]) == states[0]
    for may_commit, thread in ((second_may_commit, second), (first_may_commit, first)):
        may_commit.set()
        thread.join(10)
        states.append(stamps.read([ArticlePage]))
    versions = [state.versions["news.articlepage"] for state in states]
    assert versions == sorted(set(versions))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_no_count_is_lost_among_many_writers() -> None:
    def write(_: int) -> None:
        for _ in range(20):
            with transaction.atomic():
                stamps.bump([ArticlePage, Page])
        connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    assert stamps.read([ArticlePage]).versions == {"news.articlepage": 80}
    assert stamps.read([Page]).versions == {"wagtailcore.page": 80}
    assert VersionStamp.objects.filter(name="news.articlepage").count() <= 4


@pytest.mark.django_db
def test_a_deleted_section_stamps_the_types_of_all_that_stood_below(
    section: NewsIndexPage, make_article: MakeArticle
) -> None:
    make_article()
    before = stamps.read([ArticlePage])
    Page.objects.get(pk=section.pk).delete()
    assert stamps.read([ArticlePage]) != before
