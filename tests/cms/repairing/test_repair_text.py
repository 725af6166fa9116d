"""`manage.py repair_text`: what readers see and what waits as a draft is repaired, each as what it is."""

import json
import signal
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from wagtail.models import Page

from cms.core.repairing import pages
from cms.news.models import ArticleAuthor, ArticlePage
from search.queries import SearchQuery
from search.service import search
from search.vietnamese.encodings import Encoding, misread
from tests.cms.bodies import full_body

TITLE = "Hội nghị tổng kết công tác năm học"
TEXT = "Trường Chính trị tỉnh tổ chức hội nghị, với sự tham gia của giảng viên."


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def legacy(text, encoding=Encoding.TCVN3):
    return misread(text, encoding)


def body(text):
    return json.dumps([{"type": "text", "value": f"<p><b>{text}</b></p>"}])


@pytest.fixture
def old(make_article):
    """A live article as an import before this one left it."""
    page = make_article(title=legacy(TITLE), body=body(legacy(TEXT)), summary=legacy(TEXT))
    page.authors = [ArticleAuthor(name=legacy("Nguyễn Thị Hoà"), post=legacy("Giảng viên khoa Lý luận"))]
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def run(**options):
    out = StringIO()
    call_command("repair_text", json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def rich(page):
    return page.body.raw_data[0]["value"]


def test_title_summary_body_and_byline_of_a_live_page_are_repaired_and_it_stays_live(old):
    report = run()
    page = ArticlePage.objects.get(pk=old.pk)
    assert (page.title, page.draft_title, page.summary) == (TITLE, TITLE, TEXT)
    assert rich(page) == f"<p><b>{TEXT}</b></p>"
    assert [(author.name, author.post) for author in page.authors.all()] == [
        ("Nguyễn Thị Hoà", "Giảng viên khoa Lý luận")
    ]
    assert page.live
    assert not page.has_unpublished_changes
    assert (page.slug, page.published_at, page.first_published_at) == (
        old.slug,
        old.published_at,
        old.first_published_at,
    )
    assert report["repaired"] == 1
    [entry] = report["pages"]
    assert entry["page"] == page.pk
    repairs = {repair["field"]: (repair["before"], repair["after"]) for repair in entry["repairs"]}
    assert repairs["title"] == (legacy(TITLE), TITLE)


def test_what_stood_there_before_is_in_the_pages_history(old):
    run()
    page = ArticlePage.objects.get(pk=old.pk)
    assert page.revisions.count() == 2
    assert page.revisions.order_by("pk").first().as_object().title == legacy(TITLE)
    assert page.live_revision_id == page.latest_revision_id == page.revisions.order_by("pk").last().pk


def test_readers_find_what_was_repaired(old, drain):
    drain()
    assert old.pk not in {hit.id for hit in search(SearchQuery(TITLE)).hits}
    run()
    drain()
    assert search(SearchQuery(TITLE)).hits[0].id == old.pk


def test_every_block_of_a_body_is_repaired(make_article, make_image, make_document):
    stored = full_body(make_image().pk, make_document().pk, legacy("chữ của trường Chính trị tỉnh"))
    page = make_article(title=TITLE, body=json.dumps(stored))
    run()
    made = json.dumps(list(ArticlePage.objects.get(pk=page.pk).body.raw_data), ensure_ascii=False)
    assert legacy("của") not in made
    assert made.count("chữ của trường Chính trị tỉnh") == json.dumps(stored, ensure_ascii=False).count(legacy("của"))


def test_a_draft_of_a_live_page_stays_a_draft(old):
    old.title = legacy("Thông báo tuyển sinh của trường")
    old.save_revision()
    run()
    page = ArticlePage.objects.get(pk=old.pk)
    assert (page.title, page.live, page.has_unpublished_changes) == (TITLE, True, True)
    assert page.get_latest_revision_as_object().title == page.draft_title == "Thông báo tuyển sinh của trường"


def test_a_page_that_was_never_published_is_repaired_as_a_draft(make_article):
    page = make_article(title=TITLE, live=False)
    page.title = legacy(TITLE)
    page.save_revision()
    run()
    page = ArticlePage.objects.get(pk=page.pk)
    assert not page.live
    assert page.get_latest_revision_as_object().title == TITLE


def test_an_appointed_publication_stays_appointed(old):
    tomorrow = timezone.now() + timedelta(days=1)
    old.go_live_at, old.title = tomorrow, legacy("Thông báo tuyển sinh của trường")
    old.save_revision().publish()
    run()
    page = ArticlePage.objects.get(pk=old.pk)
    assert (page.title, page.live) == (TITLE, True)
    assert page.scheduled_revision.approved_go_live_at == tomorrow
    assert page.scheduled_revision.as_object().title == "Thông báo tuyển sinh của trường"


def test_a_dry_run_says_the_same_and_writes_nothing(old):
    dry = run(dry_run=True)
    assert ArticlePage.objects.get(pk=old.pk).title == legacy(TITLE)
    assert old.revisions.count() == 1
    assert dry["pages"] == run()["pages"]


def test_running_it_again_changes_nothing(old):
    run()
    revisions = old.revisions.count()
    assert run()["repaired"] == 0
    assert old.revisions.count() == revisions


def test_sound_pages_are_left_without_a_revision(make_article, home):
    page = make_article(title=TITLE, body=body(TEXT))
    report = run()
    assert report["pages"] == []
    assert report["looked_at"] == Page.objects.filter(depth__gt=1).count()
    assert page.revisions.count() == 0


def test_a_page_that_an_editor_has_locked_is_listed_and_left_alone(old):
    old.locked = True
    old.save()
    report = run()
    assert ArticlePage.objects.get(pk=old.pk).title == legacy(TITLE)
    assert (report["repaired"], report["pages"][0]["reason"]) == (0, "locked by an editor")


def test_an_alias_follows_its_source(old, home):
    alias = old.create_alias(parent=old.get_parent(), update_slug="ban-sao")
    run()
    assert Page.objects.get(pk=alias.pk).title == TITLE


def test_only_what_is_below_a_path_is_looked_at(old, home, make_person):
    person = make_person(legacy("Nguyễn Thị Hoà, trưởng phòng Đào tạo"))
    assert run(below="/tin-tuc/")["repaired"] == 1
    assert Page.objects.get(pk=person.pk).title == person.title
    with pytest.raises(CommandError, match="there is no page at khong-co"):
        run(below="khong-co")


def test_people_are_told_page_field_and_both_texts(old, tmp_path):
    out = StringIO()
    call_command("repair_text", dry_run=True, report=tmp_path / "report.json", stdout=out)
    shown = out.getvalue()
    assert old.url_path in shown
    assert f"title (TCVN3 (ABC), 100%): {legacy(TITLE)} → {TITLE}" in shown
    assert "Dry run: nothing was written." in shown
    assert json.loads((tmp_path / "report.json").read_text())["dry_run"] is True
    with pytest.raises(CommandError, match="no folder for the report"):
        call_command("repair_text", report=tmp_path / "no" / "report.json")


def test_it_goes_on_after_it_was_interrupted(old, make_article, monkeypatch):
    other = make_article(title=legacy(TITLE))

    def once(page, **options):
        signal.raise_signal(signal.SIGINT)
        return pages.repair_page(page, **options)

    with monkeypatch.context() as patched, pytest.raises(SystemExit) as ended:
        patched.setattr("cms.core.management.commands.repair_text.repair_page", once)
        call_command("repair_text", below="tin-tuc", stdout=StringIO())
    assert ended.value.code == 130
    run()
    assert {page.title for page in ArticlePage.objects.filter(pk__in=[old.pk, other.pk])} == {TITLE}
