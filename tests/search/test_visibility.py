"""Every change of DESIGN's table: what is not public is gone on the very next request, index synced or not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Revision, Site

from cms.news.models import ArticlePage, NewsIndexPage
from home.models import HomePage
from search import checking, sync
from search.models import OutboxEntry
from search.queries import SearchQuery, SearchResults
from search.service import search, suggest

Drain = Callable[[], sync.DrainReport]
MakeArticle = Callable[..., ArticlePage]


@pytest.fixture
def article(make_article: MakeArticle, drain: Drain) -> ArticlePage:
    """A public article, in the index."""
    article = make_article(title="Chim hoàng yến", tags=["canary"])
    drain()
    assert found()
    return article


def ask() -> SearchResults:
    return search(SearchQuery("hoàng yến", facets=("type", "tag", "section")))


def found() -> bool:
    """Whether the canary is found; hits, counts, facets and suggestions must agree, exactly."""
    results = ask()
    hits = [hit.title for hit in results.hits]
    counts = {facet: sum(item.count for item in values) for facet, values in results.facets.items()}
    suggestions = [item.title for item in suggest("hoàng y")]
    if not hits:
        assert (results.total, counts, suggestions) == (0, {"type": 0, "tag": 0, "section": 0}, [])
        return False
    assert (hits, results.total, suggestions) == (["Chim hoàng yến"], 1, ["Chim hoàng yến"])
    assert counts["type"] == counts["tag"] == 1
    return True


def assert_gone(drain: Drain) -> None:
    """Gone at once, with the index as it was; and from the index itself after the sync."""
    assert not found()
    assert drain().failed == 0
    assert not found()
    report = checking.check()
    assert (report.drifted, report.waiting) == ([], 0)


def restrict(page: Page, kind: str = PageViewRestriction.LOGIN, **values: object) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **values)


def test_a_draft_is_not_found_and_its_publication_makes_it_found(make_article: MakeArticle, drain: Drain) -> None:
    article = make_article(title="Chim hoàng yến", tags=["canary"], live=False)
    drain()
    assert not found()
    article.save_revision().publish()
    drain()
    assert found()


def test_the_draft_of_a_live_page_is_not_found(article: ArticlePage, drain: Drain) -> None:
    article.title = "Chim sơn ca"
    article.save_revision()
    drain()
    assert found()
    assert not search(SearchQuery("sơn ca")).total


def test_an_unpublished_page_is_gone(article: ArticlePage, drain: Drain) -> None:
    article.unpublish()
    assert_gone(drain)


def test_a_deleted_page_is_gone(article: ArticlePage, drain: Drain) -> None:
    article.delete()
    assert_gone(drain)


def test_a_page_of_a_deleted_section_is_gone(article: ArticlePage, section: NewsIndexPage, drain: Drain) -> None:
    NewsIndexPage.objects.get(pk=section.pk).delete()
    assert_gone(drain)


def test_a_page_below_an_unpublished_section_is_gone_and_comes_back(
    article: ArticlePage, section: NewsIndexPage, drain: Drain
) -> None:
    section.refresh_from_db()
    section.unpublish()
    assert_gone(drain)
    section.save_revision().publish()
    drain()
    assert found()


def test_a_scheduled_page_is_found_once_its_time_has_come(make_article: MakeArticle, drain: Drain) -> None:
    article = make_article(title="Chim hoàng yến", tags=["canary"], live=False)
    article.go_live_at = timezone.now() + timedelta(hours=1)
    revision = article.save_revision()
    revision.publish()
    drain()
    assert not found()
    let_the_time_come(revision)
    call_command("publish_scheduled")
    drain()
    assert found()


def let_the_time_come(revision: Revision) -> None:
    """As if the revision had been scheduled two hours ago."""
    moment = timezone.now() - timedelta(hours=1)
    content = revision.content | {"go_live_at": moment.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=moment, content=content)


def test_an_expired_page_is_gone(article: ArticlePage, drain: Drain) -> None:
    ArticlePage.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert_gone(drain)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (PageViewRestriction.LOGIN, {}),
        (PageViewRestriction.GROUPS, {}),
        (PageViewRestriction.PASSWORD, {"password": "bí mật"}),
    ],
)
def test_a_restricted_page_is_gone_and_comes_back(
    article: ArticlePage, drain: Drain, kind: str, values: dict[str, str]
) -> None:
    restriction = restrict(article, kind, **values)
    assert_gone(drain)
    restriction.delete()
    drain()
    assert found()


def test_a_page_of_a_restricted_section_is_gone_and_comes_back(
    article: ArticlePage, section: NewsIndexPage, drain: Drain
) -> None:
    restriction = restrict(section)
    assert_gone(drain)
    restriction.delete()
    drain()
    assert found()


def test_a_change_of_a_restrictions_groups_reaches_the_outbox(article: ArticlePage, drain: Drain) -> None:
    restriction = restrict(article, PageViewRestriction.GROUPS)
    drain()
    restriction.groups.add(Group.objects.create(name="Giảng viên"))
    assert OutboxEntry.objects.pending().filter(pk=article.pk).exists()


def test_a_page_moved_into_a_restricted_section_is_gone_and_out_of_it_comes_back(
    article: ArticlePage, home: HomePage, section: NewsIndexPage, drain: Drain
) -> None:
    home.refresh_from_db()
    private = home.add_child(instance=NewsIndexPage(title="Nội bộ", slug="noi-bo"))
    restrict(private)
    drain()
    article.move(private, pos="last-child")
    assert_gone(drain)
    article.refresh_from_db()
    section.refresh_from_db()
    article.move(section, pos="last-child")
    drain()
    assert found()


def test_pages_of_a_section_moved_into_a_restricted_one_are_gone(
    article: ArticlePage, home: HomePage, section: NewsIndexPage, drain: Drain
) -> None:
    home.refresh_from_db()
    private = home.add_child(instance=NewsIndexPage(title="Nội bộ", slug="noi-bo"))
    restrict(private)
    drain()
    section.refresh_from_db()
    section.move(private, pos="last-child")
    assert_gone(drain)


def test_siblings_that_a_move_shifts_stay_right(
    article: ArticlePage, home: HomePage, section: NewsIndexPage, drain: Drain
) -> None:
    """A section moved to the front takes the path that another one had, silently."""
    home.refresh_from_db()
    other = home.add_child(instance=NewsIndexPage(title="Thông báo", slug="thong-bao"))
    drain()
    section.refresh_from_db()
    other.move(section, pos="left")
    drain()
    assert checking.check().drifted == []
    restrict(NewsIndexPage.objects.get(pk=other.pk))
    assert found()
    article.refresh_from_db()
    assert search(SearchQuery("hoàng yến")).hits[0].card.url == "/tin-tuc/bai-viet-1/"


def test_a_page_outside_every_site_is_gone_and_comes_back(article: ArticlePage, home: HomePage, drain: Drain) -> None:
    site = Site.objects.get()
    site.root_page = Page.objects.get(depth=1).add_child(instance=HomePage(title="Khác", slug="khac"))
    site.save()
    assert_gone(drain)
    site.root_page = home
    site.save()
    drain()
    assert found()


def test_a_deleted_sites_pages_are_gone(article: ArticlePage, drain: Drain) -> None:
    Site.objects.get().delete()
    assert_gone(drain)


def test_an_unannounced_bulk_write_hides_hits_at_once_and_counts_after_a_repair(
    article: ArticlePage, drain: Drain
) -> None:
    Page.objects.filter(pk=article.pk).update(live=False)
    assert (ask().hits, ask().total) == ((), 0)
    report = checking.check()
    assert report.ghosts == [article.pk]
    checking.repair(report)
    assert not found()
    assert checking.check().drifted == []


def test_a_new_slug_changes_the_addresses_of_all_below(
    article: ArticlePage, section: NewsIndexPage, drain: Drain
) -> None:
    section.refresh_from_db()
    section.slug = "su-kien"
    section.save()
    drain()
    assert ask().hits[0].card.url == "/su-kien/bai-viet-1/"


def test_a_new_section_title_is_on_the_cards_and_in_the_facets_of_all_below(
    article: ArticlePage, section: NewsIndexPage, drain: Drain
) -> None:
    section.refresh_from_db()
    section.title = "Sự kiện"
    section.save_revision().publish()
    drain()
    results = ask()
    assert results.hits[0].card.section is not None
    assert results.hits[0].card.section["title"] == "Sự kiện"
    assert [item.label for item in results.facets["section"]] == ["Sự kiện"]


def test_the_search_of_a_page_size_takes_the_same_number_of_queries_for_few_and_many(
    make_article: MakeArticle, drain: Drain, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(25):
        make_article(title="Chim sẻ")
    drain()
    search(SearchQuery("chim", page_size=5))
    with django_assert_max_num_queries(7):
        assert len(search(SearchQuery("chim", page_size=25, facets=("type", "section"))).hits) == 25
