"""What an import writes is brought into the index by its own worker, and not by editors who save meanwhile."""

import pytest

from cms.imports import indexing
from search.models import OutboxEntry
from tests.cms.imports.conftest import act, html

pytestmark = pytest.mark.embedded


def is_due(page) -> bool:
    return OutboxEntry.objects.due().filter(pk=page.pk).exists()


def test_pages_are_kept_back_until_the_worker_drains(make_article):
    with indexing.batch() as batch:
        article = make_article()
        assert is_due(article)
        batch.add(article.pk)
        assert not is_due(article)
    assert is_due(article)


def test_a_full_batch_is_brought_in_at_once(engine, make_article, monkeypatch):
    monkeypatch.setattr(indexing, "_PAGES", 2)
    with indexing.batch() as batch:
        made = [make_article().pk, make_article().pk]
        for page_id in made:
            batch.add(page_id)
            batch.drain_if_due()
        assert {stamp.id for stamp in engine.stamps()} >= set(made)


def test_nothing_of_an_import_is_left_to_others(engine, read, desk):
    act(desk, read({"a.html": html("a"), "b.html": html("b", "Bài hai")}), "run")
    assert not OutboxEntry.objects.filter(leased_until__isnull=False).exists()
