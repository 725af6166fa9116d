"""The index follows the database: on commit, in batches, and past what goes wrong."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.news.models import ArticlePage, NewsIndexPage
from home.models import HomePage
from search import sync
from search.engines.base import Engine
from search.locks import Lock
from search.models import OutboxEntry
from search.queries import SearchQuery
from search.service import search
from tests.search.holding import held_elsewhere

MakeArticle = Callable[..., ArticlePage]
Drain = Callable[[], sync.DrainReport]

drained_here = pytest.mark.embedded  # with Elasticsearch a commit leaves it to the search workers


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Articles with “hỏng” in the title cannot be made into documents."""
    make = ArticlePage.search_document

    def search_document(page: ArticlePage) -> object:
        if "hỏng" in page.title:
            raise ValueError("bài này hỏng")
        return make(page)

    monkeypatch.setattr(ArticlePage, "search_document", search_document)
    yield


def titles(text: str = "chim") -> list[str]:
    return sorted(hit.title for hit in search(SearchQuery(text)).hits)


def queued() -> int:
    return OutboxEntry.objects.pending().count()


@drained_here
def test_a_commit_brings_the_page_into_the_index_and_takes_it_out(
    home: HomePage, engine: Engine, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        section = home.add_child(instance=NewsIndexPage(title="Chim chóc", slug="chim"))
        assert titles() == []
    assert titles() == ["Chim chóc"]
    with django_capture_on_commit_callbacks(execute=True):
        section.delete()
    assert (titles(), queued()) == ([], 0)


def test_one_poisonous_page_waits_with_its_reason_and_the_others_go_on(
    make_article: MakeArticle, drain: Drain, broken: None
) -> None:
    make_article(title="Chim sẻ")
    poisonous = make_article(title="Chim hỏng")
    make_article(title="Chim én")
    report = drain()
    assert (report.failed, titles()) == (1, ["Chim sẻ", "Chim én"])
    entry = OutboxEntry.objects.pending().get()
    assert (entry.pk, entry.attempts, entry.error) == (poisonous.pk, 1, "ValueError: bài này hỏng")


def test_without_an_index_changes_wait_and_nobody_notices(make_article: MakeArticle) -> None:
    make_article(title="Chim sẻ")
    report = sync.drain()
    assert "search_rebuild" in report.problem
    assert queued() > 0
    assert OutboxEntry.objects.filter(leased_until__isnull=False).count() == 0
    results = search(SearchQuery("chim"))
    assert (results.degraded, [hit.title for hit in results.hits]) == (True, ["Chim sẻ"])


@pytest.mark.parametrize("text", ['chim "sẻ', "CHIM SẺ?", "chim\x00se", "chim AND se OR*", "\ud800 chim se"])
def test_without_an_index_no_character_is_an_error(make_article: MakeArticle, text: str) -> None:
    make_article(title="Chim sẻ and or")
    assert search(SearchQuery(text)).degraded
    assert [hit.title for hit in search(SearchQuery("chim se")).hits] == ["Chim sẻ and or"]


def test_while_another_process_writes_changes_wait(make_article: MakeArticle, engine: Engine) -> None:
    make_article(title="Chim sẻ")
    with held_elsewhere(Lock.LIVE_INDEX):
        assert "swapped in" in sync.drain().problem
    assert sync.drain().problem == ""
    assert titles() == ["Chim sẻ"]


@drained_here
def test_a_commit_does_not_wait_for_another_threads_long_drain(make_article: MakeArticle, engine: Engine) -> None:
    make_article(title="Chim sẻ")
    with sync._draining:
        sync.after_commit()
    assert (titles(), queued() > 0) == ([], True)
    sync.after_commit()
    assert titles() == ["Chim sẻ"]


@drained_here
def test_a_commit_leaves_what_is_more_than_its_share_to_the_timer(
    make_article: MakeArticle, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync.drain()
    for _ in range(5):
        make_article(title="Chim sẻ")
    waiting = queued()
    monkeypatch.setattr(sync, "ON_COMMIT", 3)
    sync.after_commit()
    assert queued() == waiting - 3
    assert sync.drain().synced == waiting - 3


@drained_here
def test_a_batch_is_drained_at_its_end(make_article: MakeArticle, engine: Engine) -> None:
    with sync.batched():
        for number in range(3):
            make_article(title=f"Chim {number}")
            sync.after_commit()
        assert titles() == []
    assert len(titles()) == 3


@drained_here
def test_a_batch_that_breaks_off_leaves_nothing_behind(make_article: MakeArticle, engine: Engine) -> None:
    with pytest.raises(KeyboardInterrupt), sync.batched():
        make_article(title="Chim sẻ")
        raise KeyboardInterrupt
    assert titles() == ["Chim sẻ"]


def test_a_drain_takes_the_same_number_of_queries_a_page_for_many_and_few(
    make_article: MakeArticle, drain: Drain, django_assert_max_num_queries: Callable[..., object]
) -> None:
    """Reading is constant for a batch; each page costs one update, which settles it."""
    for _ in range(20):
        make_article(tags=["a", "b"], authors=[("ThS. Trần Văn A", "Giảng viên")])
    with django_assert_max_num_queries(20 + 35):
        drain()
