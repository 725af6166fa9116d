"""The outbox: written with the change, leased, settled, put back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, CollectionViewRestriction, Page

from cms.news.models import ArticlePage, NewsIndexPage
from home.models import HomePage
from search import leases, outbox, sync, visibility
from search.leases import Lease
from search.models import OutboxEntry
from search.queries import SearchQuery
from search.service import search

MakeArticle = Callable[..., ArticlePage]
Drain = Callable[[], sync.DrainReport]


def pending() -> set[int]:
    return set(OutboxEntry.objects.pending().values_list("page_id", flat=True))


def settle_all() -> None:
    """As if every page were in the index."""
    taken = leases.lease(1000)
    leases.settle(taken, {lease.page_id: "0001" for lease in taken})


def test_a_saved_page_is_noted_once_and_with_a_higher_version_each_time(make_article: MakeArticle) -> None:
    article = make_article()
    first = OutboxEntry.objects.get(pk=article.pk)
    article.save()
    second = OutboxEntry.objects.get(pk=article.pk)
    assert second.version > first.version
    assert second.touched_at == first.touched_at  # of the oldest change that waits


def test_a_rolled_back_change_leaves_no_note(make_article: MakeArticle) -> None:
    article = make_article()
    settle_all()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        article.title = "Bóng ma"
        article.save()
        _ = 1 / 0
    assert pending() == set()


def test_an_ordinary_save_of_a_section_leaves_its_articles_alone(
    make_article: MakeArticle, section: NewsIndexPage
) -> None:
    make_article()
    section.refresh_from_db()
    section.save()
    settle_all()
    section.intro = "Lời giới thiệu"
    section.save()
    assert pending() == {section.pk}


@pytest.mark.parametrize("field", ["title", "slug", "live"])
def test_what_articles_inherit_from_a_section_notes_them_all(
    make_article: MakeArticle, section: NewsIndexPage, field: str
) -> None:
    articles = {make_article().pk for _ in range(3)}
    settle_all()
    section.refresh_from_db()
    setattr(section, field, False if field == "live" else "su-kien")
    section.save()
    assert pending() == articles | {section.pk}


def test_a_section_renamed_in_a_draft_first_notes_its_articles_when_it_is_published(
    make_article: MakeArticle, section: NewsIndexPage
) -> None:
    article = make_article()
    section.refresh_from_db()
    settle_all()
    section.title = "Tin tức và sự kiện"
    draft = section.save_revision()
    assert pending() == set()
    draft.publish()
    assert pending() == {article.pk, section.pk}


def test_a_query_and_a_list_of_ids_are_noted_alike(make_article: MakeArticle) -> None:
    ids = {make_article().pk for _ in range(3)}
    settle_all()
    outbox.touch(Page.objects.filter(pk__in=ids))
    assert pending() == ids
    settle_all()
    outbox.touch(ids)
    assert pending() == ids


def test_more_pages_than_a_statement_takes_are_all_noted(db: None) -> None:
    outbox.touch(range(1_000_000, 1_012_000))
    assert OutboxEntry.objects.pending().filter(pk__gte=1_000_000).count() == 12_000


# Fan-out


def test_a_changed_picture_notes_the_pages_that_show_it(
    make_article: MakeArticle, make_image: Callable[..., AbstractImage]
) -> None:
    cover, inside, other = make_image(), make_image(), make_image()
    with_cover = make_article(cover=cover)
    with_picture = make_article(body=[("picture", {"image": inside, "alt_text": "Ảnh"})])
    make_article(cover=other)
    settle_all()
    cover.save()
    inside.save()
    assert pending() == {with_cover.pk, with_picture.pk}


def test_a_deleted_picture_notes_the_pages_that_showed_it(
    make_article: MakeArticle, make_image: Callable[..., AbstractImage]
) -> None:
    cover = make_image()
    article = make_article(cover=cover)
    settle_all()
    cover.delete()
    assert article.pk in pending()


def test_a_renamed_tag_is_renamed_in_the_facets(make_article: MakeArticle, drain: Drain) -> None:
    make_article(tags=["chuyển đổi số"])
    drain()
    tag = Tag.objects.get()
    tag.name = "Chuyển đổi số quốc gia"
    tag.save()
    drain()
    [item] = search(SearchQuery(facets=("tag",))).facets["tag"]
    assert item.label == "Chuyển đổi số quốc gia"


def test_a_restricted_collection_takes_its_pictures_off_the_cards(
    make_article: MakeArticle, make_image: Callable[..., AbstractImage], drain: Drain
) -> None:
    collection = Collection.get_first_root_node().add_child(name="Ảnh nội bộ")
    make_article(title="Chim hoàng yến", cover=make_image(collection=collection))
    drain()
    assert search(SearchQuery("hoàng yến")).hits[0].card.thumbnail
    restriction = CollectionViewRestriction.objects.create(
        collection=Collection.objects.get(pk=collection.pk), restriction_type=CollectionViewRestriction.LOGIN
    )
    drain()
    assert search(SearchQuery("hoàng yến")).hits[0].card.thumbnail is None
    restriction.delete()
    drain()
    assert search(SearchQuery("hoàng yến")).hits[0].card.thumbnail


# Leases


def test_a_leased_page_is_nobody_elses_until_the_lease_ends(make_article: MakeArticle) -> None:
    make_article()
    taken = leases.lease(100)
    assert taken
    assert leases.lease(100) == []
    OutboxEntry.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert set(leases.lease(100)) == set(taken)


def test_a_change_during_a_sync_stays_pending(make_article: MakeArticle) -> None:
    article = make_article()
    taken = leases.lease(100)
    article.save()
    leases.settle(taken, {})
    assert pending() == {article.pk}


def test_a_late_settlement_never_takes_the_index_back(make_article: MakeArticle) -> None:
    article = make_article()
    old = leases.lease(100)
    article.save()
    new = [Lease(article.pk, OutboxEntry.objects.get(pk=article.pk).version)]
    leases.settle(new, {article.pk: "0001"})
    leases.settle(old, {})
    assert OutboxEntry.objects.get(pk=article.pk).indexed_path == "0001"


def test_a_page_that_fails_waits_longer_each_time_and_at_last_for_an_operator(make_article: MakeArticle) -> None:
    article = make_article()
    settle_all()
    article.save()
    version = OutboxEntry.objects.get(pk=article.pk).version
    waits = []
    for _ in range(OutboxEntry.MAX_ATTEMPTS):
        leases.fail(Lease(article.pk, version), "ValueError: hỏng")
        entry = OutboxEntry.objects.get(pk=article.pk)
        waits.append(entry.due_at - timezone.now())
    assert waits == sorted(waits)
    assert (entry.dead, entry.error) == (True, "ValueError: hỏng")
    OutboxEntry.objects.update(due_at=timezone.now())
    assert leases.lease(100) == []


def test_a_new_change_gives_a_dead_page_another_chance(make_article: MakeArticle) -> None:
    article = make_article()
    settle_all()
    article.save()
    OutboxEntry.objects.filter(pk=article.pk).update(dead=True, attempts=10, error="hỏng")
    article.save()
    entry = OutboxEntry.objects.get(pk=article.pk)
    assert (entry.dead, entry.attempts, entry.error) == (False, 0, "")


def test_pending_pages_are_found_by_their_index(home: HomePage) -> None:
    """The look at the outbox is on every search: it must not grow with the number of pages."""
    with CaptureQueriesContext(connection) as captured:
        visibility.pending_removals()
    explain = "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            explain = "EXPLAIN"
            cursor.execute("SET LOCAL enable_seqscan = off")  # which is quicker for the few rows of a test
        cursor.execute(f"{explain} {captured[0]['sql']}")
        assert "search_outbox_pending" in str(cursor.fetchall())


def test_new_pages_that_wait_cost_a_search_nothing(make_article: MakeArticle) -> None:
    """An import of thousands waits for the workers, and the index cannot hold what was never written."""
    articles = [make_article() for _ in range(3)]
    waiting = OutboxEntry.objects.pending().filter(pk__in=[article.pk for article in articles])
    assert set(waiting.values_list("indexed_path", flat=True)) == {""}
