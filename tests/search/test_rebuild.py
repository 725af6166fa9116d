"""A rebuild loses nothing, and a check finds and mends what differs."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.news.models import ArticlePage
from search import checking, rebuild, sync
from search.engines.base import Change, Engine, EngineUnavailable
from search.engines.elasticsearch.building import ElasticsearchBuilder
from search.engines.tantivy.building import TantivyBuilder
from search.engines.tantivy.store import IndexStore
from search.locks import Lock
from search.models import OutboxEntry
from search.queries import SearchQuery
from search.service import search
from tests.search.holding import held_elsewhere

MakeArticle = Callable[..., ArticlePage]
Drain = Callable[[], sync.DrainReport]

in_folders = pytest.mark.embedded  # tests/contract/test_indices.py holds the same on Elasticsearch


def titles(text: str = "chim") -> list[str]:
    return sorted(hit.title for hit in search(SearchQuery(text)).hits)


def test_a_rebuild_makes_the_index_from_the_database(make_article: MakeArticle) -> None:
    make_article(title="Chim sẻ")
    make_article(title="Chim nháp", live=False)
    told: list[int] = []
    report = rebuild.rebuild(told.append)
    assert (titles(), report.failed, sum(told)) == (["Chim sẻ"], {}, rebuild.pages_to_read())
    assert checking.check() == checking.CheckReport()


def test_what_changes_during_a_rebuild_is_in_the_new_index(make_article: MakeArticle, drain: Drain) -> None:
    edited, deleted = make_article(title="Chim sẻ"), make_article(title="Chim én")
    drain()

    def edit_after_the_first_batch(count: int) -> None:
        if edited.title == "Chim sâu":
            return
        edited.title = "Chim sâu"
        edited.save()
        deleted.delete()
        make_article(title="Chim mới")
        sync.drain()  # into the old index, and settled: only the replay can bring it into the new one

    report = rebuild.rebuild(edit_after_the_first_batch)
    assert report.replayed >= 2
    assert titles() == ["Chim mới", "Chim sâu"]
    assert checking.check() == checking.CheckReport()


def test_a_rebuild_that_breaks_off_leaves_the_old_index(
    make_article: MakeArticle, drain: Drain, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article(title="Chim sẻ")
    drain()
    before = engine.health()

    def stop(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild(stop)
    assert engine.health() == before
    assert titles() == ["Chim sẻ"]


def test_an_index_with_too_few_documents_is_not_swapped_in(
    make_article: MakeArticle, drain: Drain, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article(title="Chim sẻ")
    drain()
    builder = TantivyBuilder if engine.embedded else ElasticsearchBuilder
    put = builder.put
    monkeypatch.setattr(builder, "put", lambda self, changes: put(self, list(changes)[:-1]))
    with pytest.raises(rebuild.RebuildError, match="instead of"):
        rebuild.rebuild()
    assert titles() == ["Chim sẻ"]


@in_folders
def test_a_search_that_meets_a_swap_answers_from_the_new_index(
    make_article: MakeArticle, drain: Drain, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The link is read, then the swap drops the folder, then the folder would be opened."""
    make_article(title="Chim sẻ")
    drain()
    old = IndexStore.live(engine._store)  # type: ignore[attr-defined]
    rebuild.rebuild()
    answers = iter([old])
    live = IndexStore.live
    monkeypatch.setattr(IndexStore, "live", lambda self: next(answers, None) or live(self))
    assert titles() == ["Chim sẻ"]
    assert not search(SearchQuery("chim")).degraded


def test_two_rebuilds_at_once_are_refused(engine: Engine, db: None) -> None:
    with held_elsewhere(Lock.REBUILD), pytest.raises(EngineUnavailable, match="another rebuild"):
        rebuild.rebuild()


@in_folders
def test_what_a_killed_rebuild_left_is_swept_away(engine: Engine, search_dir: Path, db: None) -> None:
    (search_dir / "index-1.1-killed").mkdir()
    rebuild.rebuild()
    assert len(list(search_dir.glob("index-*"))) == 1


def test_a_check_names_what_is_missing_stale_and_too_much_and_a_repair_mends_it(
    make_article: MakeArticle, drain: Drain, engine: Engine
) -> None:
    missing, stale, ghost = (make_article(title=f"Chim {name}") for name in ("thiếu", "cũ", "ma"))
    drain()
    version = OutboxEntry.objects.get(pk=missing.pk).version
    engine.apply([Change(missing.pk, version, None)])
    ArticlePage.objects.filter(pk=stale.pk).update(title="Chim mới")
    ArticlePage.objects.filter(pk=ghost.pk).update(live=False)
    with pytest.raises(CommandError, match="differs"):
        call_command("search_check")
    report = checking.check()
    assert (report.missing, report.stale, report.ghosts) == ([missing.pk], [stale.pk], [ghost.pk])
    call_command("search_check", "--repair")
    assert titles() == ["Chim mới", "Chim thiếu"]
    call_command("search_check")


def test_the_check_is_right_across_its_ranges(
    make_article: MakeArticle, drain: Drain, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles: Sequence[ArticlePage] = [make_article(title="Chim") for _ in range(7)]
    drain()
    monkeypatch.setattr(checking, "RANGE", 2)
    engine.apply([Change(articles[3].pk, 99, None)])
    ArticlePage.objects.filter(pk=articles[6].pk).update(live=False)
    report = checking.check()
    assert (report.missing, report.ghosts, report.stale) == ([articles[3].pk], [articles[6].pk], [])


@in_folders
def test_an_index_of_another_version_serves_on_and_asks_for_a_rebuild(
    make_article: MakeArticle, drain: Drain, engine: Engine, search_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_article(title="Chim sẻ")
    drain()
    [folder] = search_dir.glob("index-*")
    old = folder.rename(folder.with_name("index-0.9-old"))
    (search_dir / "live").unlink()
    (search_dir / "live").symlink_to(old.name)
    make_article(title="Chim én")
    assert "another version" in drain().problem
    assert titles() == ["Chim sẻ"]
    call_command("search_status", "--json")
    assert json.loads(capsys.readouterr().out)["needs_rebuild"]
    call_command("search_rebuild", "--if-needed")
    assert titles() == ["Chim sẻ", "Chim én"]
    call_command("search_rebuild", "--if-needed")
    assert "up to date" in capsys.readouterr().out
