"""An import is taken back: what it made, what it changed, what it brought along; what was edited since stays."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from cms.core.models import Document, Image, ReadCount
from cms.imports import files
from cms.imports.models import Import
from cms.news.models import ArticlePage
from tests.cms.imports.conftest import act, archive, html, outcomes, page, picture

TWO = {"a.html": html("a", "Bài thứ nhất"), "b.html": html("b", "Bài thứ hai"), "anh/nha.jpg": picture()}


def undone(importing):
    return dict(importing.pages.values_list("title", "undone"))


def test_pages_redirects_and_pictures_are_gone_again(read, desk, section):
    importing = act(desk, read({"cu.zip": archive(TWO)}), "run")
    assert (ArticlePage.objects.count(), Redirect.objects.count(), Image.objects.count()) == (2, 2, 1)
    importing = act(desk, importing, "undo")
    assert importing.state == "undone"
    assert (ArticlePage.objects.count(), Redirect.objects.count(), Image.objects.count()) == (0, 0, 0)
    assert set(undone(importing).values()) == {"deleted"}
    assert mail.outbox[-1].subject.startswith("The import has been undone")


def test_what_was_edited_since_stays_with_its_picture_and_is_listed(read, desk):
    importing = act(desk, read({"cu.zip": archive(TWO)}), "run")
    article = ArticlePage.objects.get(title="Bài thứ hai")
    article.summary = "Sửa tay"
    article.save_revision().publish()
    importing = act(desk, importing, "undo")
    assert undone(importing) == {"Bài thứ nhất": "deleted", "Bài thứ hai": "kept"}
    assert [kept.title for kept in ArticlePage.objects.all()] == ["Bài thứ hai"]
    assert Image.objects.count() == 1
    shown = desk.get(reverse("imports:detail", args=[importing.pk])).content.decode()
    assert "Kept, as they were edited since" in shown
    assert "edited since import" in shown


def test_a_picture_that_another_page_shows_stays(read, desk, section):
    importing = act(desk, read({"cu.zip": archive(TWO)}), "run")
    own = ArticlePage(title="Bài của tôi")
    own.body.append(("picture", {"image": Image.objects.get(), "alt_text": "Nhà", "caption": "", "credit": ""}))
    section.add_child(instance=own)
    act(desk, importing, "undo")
    assert [kept.title for kept in ArticlePage.objects.all()] == ["Bài của tôi"]
    assert Image.objects.count() == 1


def test_a_page_that_was_changed_is_as_it_was_before(read, desk):
    act(desk, read({"a.html": html("a", "Tên cũ")}), "run")
    article = ArticlePage.objects.get()
    importing = act(desk, read({"a.html": html("a", "Tên mới")}), "run")
    article.refresh_from_db()
    assert (article.title, outcomes(importing)) == ("Tên mới", {"a.html": "changed"})
    importing = act(desk, importing, "undo")
    article.refresh_from_db()
    assert (article.title, article.live, undone(importing)) == ("Tên cũ", True, {"Tên mới": "restored"})
    assert Redirect.objects.count() == 1  # the first import's


def test_after_that_the_same_files_can_be_imported_again(read, desk):
    act(desk, read({"a.html": html("a", "Tên cũ")}), "run")
    act(desk, act(desk, read({"a.html": html("a", "Tên mới")}), "run"), "undo")
    again = act(desk, read({"a.html": html("a", "Tên mới")}), "run")
    assert outcomes(again) == {"a.html": "changed"}
    act(desk, act(desk, read({"b.txt": page()}), "run"), "undo")
    assert outcomes(act(desk, read({"b.txt": page()}), "run")) == {"b.txt": "made"}


def test_reads_of_the_old_portal_are_as_they_were_before(read, desk):
    act(desk, read({"a.txt": page()}), "run")
    importing = act(desk, read({"a.txt": page().replace("120", "130")}), "run")
    assert ReadCount.objects.get(day=None).count == 130
    act(desk, importing, "undo")
    assert ReadCount.objects.get(day=None).count == 120


def test_undoing_goes_on_where_it_was_broken_off(read, desk):
    importing = act(desk, read({f"{number}.txt": page(f"BÀI SỐ {number}") for number in range(4)}), "run")
    last = importing.pages.order_by("number").last()
    ArticlePage.objects.get(pk=last.page_id).delete()
    importing.pages.filter(pk=last.pk).update(undone="deleted")
    importing = act(desk, importing, "undo")
    assert importing.state == "undone"
    assert not ArticlePage.objects.exists()


def test_files_are_thrown_away_after_some_time_and_the_report_stays(read, desk, settings):
    importing = act(desk, read({"a.txt": page()}), "run")
    files.forget_old()
    assert importing.folder.exists()
    old = timezone.now() - timedelta(days=settings.IMPORT_FILES_DAYS + 1)
    Import.objects.filter(pk=importing.pk).update(changed_at=old)
    files.forget_old()
    assert not importing.folder.exists()
    for name in ("detail", "pages", "checking"):
        assert desk.get(reverse(f"imports:{name}", args=[importing.pk]), follow=True).status_code == 200
    assert act(desk, importing, "undo").state == "undone"
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("action", ["delete", "forget-files"])
def test_an_import_and_its_files_can_be_deleted_once_nothing_of_it_is_there(read, desk, action):
    importing = act(desk, act(desk, read({"a.txt": page()}), "run"), "undo")
    after = act(desk, importing, action)
    assert not importing.folder.exists()
    assert (after is None) is (action == "delete")


def test_documents_are_taken_back_too(read, desk):
    text = html("a").replace("</figure>", '</figure><p><a href="tep/ke-hoach.txt">Kế hoạch</a></p>')
    importing = act(desk, read({"cu.zip": archive({"a.html": text, "tep/ke-hoach.txt": "Kế hoạch năm"})}), "run")
    count = Document.objects.count()
    act(desk, importing, "undo")
    assert (count, Document.objects.count()) == (1, 0)
