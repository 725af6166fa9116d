"""Imports that run in the background: once and only once, as far as whoever started them may."""

import json
from contextlib import contextmanager, suppress
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.contrib.redirects.models import Redirect

from cms.core.importing.report import Outcome
from cms.imports import jobs, leases, running
from cms.imports.models import Import
from cms.news.models import ArticlePage, NewsIndexPage
from tests.cms.importing.test_import_articles import run as run_command
from tests.cms.imports.conftest import act, archive, do_tasks, html, outcomes, page, picture

MANY = {f"{number:02}.txt": page(f"BÀI VIẾT SỐ {number}") for number in range(1, 7)}


class Killed(BaseException):
    """What ends a worker without giving it a chance."""


@contextmanager
def killed_at(page_number):
    """Has the worker end in the middle of its n-th page, after that has been written."""
    calls, note = [], running._note

    def fatal(*args):
        note(*args)
        calls.append(args)
        if len(calls) == page_number:
            raise Killed

    with pytest.MonkeyPatch.context() as patch, suppress(Killed):
        patch.setattr(running, "_note", fatal)
        yield


def test_pages_come_in_with_their_pictures_and_old_addresses_lead_to_them(read, desk, section):
    importing = read({"cu.zip": archive({"tin/a.html": html("a"), "tin/anh/nha.jpg": picture()})})
    assert not ArticlePage.objects.exists()
    importing = act(desk, importing, "run")
    assert importing.state == "done"
    article = ArticlePage.objects.get()
    assert article.get_parent().pk == section.pk
    assert article.live
    assert [block.block_type for block in article.body] == ["text", "picture", "text"]
    assert Redirect.objects.get(old_path="/tin/a.html").redirect_page_id == article.pk
    row = importing.pages.get()
    assert (row.outcome, row.page_id, row.url) == ("made", article.pk, article.url)


def test_the_command_finds_nothing_to_change_in_what_the_admin_has_brought_in(read, desk, section, tmp_path):
    files = {"a.html": html("a"), "b.txt": page()}
    act(desk, read(files), "run")
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    report = run_command(*(tmp_path / name for name in files))
    assert {entry["outcome"] for entry in report["entries"]} == {"unchanged"}


def test_importing_the_same_again_changes_nothing(read, desk):
    act(desk, read(MANY), "run")
    again = act(desk, read(MANY), "run")
    assert set(outcomes(again).values()) == {"unchanged"}
    assert ArticlePage.objects.count() == len(MANY)


def test_the_same_article_in_two_files_is_one_page(read):
    importing = read({"a.txt": page(), "b.txt": page()})
    second = importing.pages.get(origin="b.txt")
    assert (second.outcome, second.reason) == ("skipped", "same article as a.txt")


def test_an_import_that_is_stopped_goes_on_where_it_stopped(read, desk, monkeypatch):
    importing = read(MANY)
    rest = leases.Lease.rest
    rests = []

    def stop_after_two(lease, seconds):
        rests.append(seconds)
        if len(rests) == 2:
            desk.post(reverse("imports:act", args=[importing.pk, "stop"]))

    monkeypatch.setattr(leases.Lease, "rest", stop_after_two)
    importing = act(desk, importing, "run")
    assert importing.state == "stopped"
    assert ArticlePage.objects.count() == 2
    monkeypatch.setattr(leases.Lease, "rest", rest)
    importing = act(desk, importing, "run")
    assert importing.state == "done"
    assert ArticlePage.objects.count() == len(MANY)
    assert set(outcomes(importing).values()) == {"made"}


def test_a_worker_that_is_killed_leaves_each_page_there_once(read, desk):
    importing = read(MANY)
    desk.post(reverse("imports:act", args=[importing.pk, "run"]))
    with killed_at(3), leases.leased(importing.pk) as lease:
        jobs._WORK["running"](lease)
    assert ArticlePage.objects.count() == 2  # the third was rolled back
    do_tasks()
    importing.refresh_from_db()
    assert importing.state == "done"
    assert ArticlePage.objects.count() == len(MANY)
    assert set(outcomes(importing).values()) == {"made"}


def test_a_second_worker_keeps_away_as_long_as_the_first_is_alive(read, desk):
    importing = read(MANY)
    jobs.start(importing, Import.State.RUNNING, importing.user)
    with leases.leased(importing.pk) as first:
        with leases.leased(importing.pk) as second:
            assert second is None
        assert first.goes_on()
    with leases.leased(importing.pk) as third:
        assert third is not None


def test_a_lease_that_has_run_out_is_anothers_and_the_first_worker_stops(read):
    importing = read(MANY)
    jobs.start(importing, Import.State.RUNNING, importing.user)
    with leases.leased(importing.pk) as first:
        Import.objects.filter(pk=importing.pk).update(leased_until=timezone.now())
        with leases.leased(importing.pk) as second:
            assert second is not None
            assert not first.goes_on()
            assert second.goes_on()


def test_the_scheduler_gives_an_abandoned_import_to_another_worker_once(read):
    importing = read(MANY)
    Import.objects.filter(pk=importing.pk).update(state="running")
    jobs.go_on()
    jobs.go_on()
    assert DBTaskResult.objects.ready().count() == 1
    do_tasks()
    assert Import.objects.get(pk=importing.pk).state == "done"


def test_rights_lost_between_the_form_and_the_job_stop_it(read, desk, publisher):
    importing = read(MANY)
    desk.post(reverse("imports:act", args=[importing.pk, "run"]))
    publisher.groups.clear()
    do_tasks()
    importing.refresh_from_db()
    assert importing.state == "stopped"
    assert "may not publish" in importing.problem
    assert not ArticlePage.objects.exists()


def record(section):
    text = "Một bài viết dài hơn một câu. Và câu thứ hai."
    return json.dumps({"title": f"Bài ở {section}", "date": "2022-03-04T08:00:00", "text": text, "section": section})


def test_sections_of_the_old_portal_go_into_those_that_were_chosen(read, desk, section):
    below = section.add_child(instance=NewsIndexPage(title="Nghiên cứu", slug="nghien-cuu"))
    importing = read({"a.jsonl": "\n".join([record("Khoa học"), record("Tin")])})
    answer = desk.post(reverse("imports:sections", args=[importing.pk]), {"section-0": below.pk, "section-1": ""})
    assert answer.status_code == 302
    act(desk, importing, "run")
    assert ArticlePage.objects.get(title="Bài ở Khoa học").get_parent().pk == below.pk
    assert ArticlePage.objects.get(title="Bài ở Tin").get_parent().pk == section.pk


def test_a_section_without_rights_can_neither_be_chosen_nor_be_slipped_in(read, desk, other_section):
    importing = read({"a.jsonl": record("Khoa học")})
    answer = desk.post(reverse("imports:sections", args=[importing.pk]), {"section-0": other_section.pk})
    assert answer.status_code == 200
    Import.objects.filter(pk=importing.pk).update(sections={"Khoa học": other_section.pk})
    assert desk.post(reverse("imports:act", args=[importing.pk, "run"])).status_code in {302, 403}
    Import.objects.filter(pk=importing.pk).update(state="running")
    jobs.go_on()
    do_tasks()
    row = importing.pages.get()
    assert (row.outcome, row.reason) == ("failed", "you may not publish in this section")
    assert not ArticlePage.objects.exists()


def test_a_page_of_a_section_without_rights_is_not_changed(read, desk, other_section, tmp_path):
    (tmp_path / "a.html").write_text(html("a"))
    call_command("import_articles", str(tmp_path / "a.html"), into="tin-khac", stdout=StringIO())
    before = ArticlePage.objects.get()
    importing = act(desk, read({"a.html": html("a", title="Đã bị chiếm")}), "run")
    row = importing.pages.get()
    assert (row.outcome, row.page_id) == ("skipped", before.pk)
    before.refresh_from_db()
    assert before.title == "Trao nhà tình nghĩa"


def test_who_started_an_import_is_told_of_its_end(read, desk, publisher, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://truong.example"
    importing = act(desk, read(MANY), "run")
    [message] = mail.outbox
    assert message.to == [publisher.email]
    assert f"Made: {len(MANY)}" in message.body
    assert f"https://truong.example{reverse('imports:detail', args=[importing.pk])}" in message.body


@pytest.mark.parametrize("action", ["run", "stop", "undo", "delete", "forget-files"])
def test_nobody_else_sees_an_import_or_does_anything_with_it(read, make_user, other_section, action):
    importing = read(MANY)
    client = Client()
    client.force_login(make_user("khac", other_section, "add", "change", "publish"))
    assert client.post(reverse("imports:act", args=[importing.pk, action])).status_code == 404
    for name, more in {
        "detail": [], "progress": [], "pages": [], "page": [1], "original": [1], "picture": [1], "checking": [],
        "check": [1], "columns": [], "sections": [], "report": ["csv"],
    }.items():  # fmt: skip
        assert client.get(reverse(f"imports:{name}", args=[importing.pk, *more])).status_code == 404
    assert client.post(reverse("imports:page", args=[importing.pk, 1]), {"title": "Của tôi"}).status_code == 404
    importing.refresh_from_db()
    assert importing.state == "ready"
    assert importing.pages.filter(corrections={}).count() == len(MANY)


def test_another_publisher_of_the_section_and_an_administrator_see_it(read, make_user, section, admin_client):
    importing = read(MANY)
    client = Client()
    client.force_login(make_user("dong-nghiep", section, "add", "change", "publish"))
    for who in (client, admin_client):
        assert who.get(reverse("imports:detail", args=[importing.pk])).status_code == 200


def test_anonymous_visitors_are_sent_to_the_login(client, read):
    importing = read(MANY)
    answer = client.post(reverse("imports:act", args=[importing.pk, "run"]))
    assert "/admin/login/" in answer.url
    importing.refresh_from_db()
    assert importing.state == "ready"


def test_what_cannot_be_done_now_is_refused(read, desk):
    importing = read(MANY)
    answer = desk.post(reverse("imports:act", args=[importing.pk, "undo"]), follow=True)
    assert "That cannot be done" in answer.content.decode()


def test_progress_is_told_to_programs(read, desk):
    importing = act(desk, read(MANY), "run")
    answer = desk.get(reverse("imports:progress", args=[importing.pk])).json()
    assert (answer["state"], answer["is_active"], answer["done"], answer["total"]) == ("done", False, 6, 6)
    assert answer["counts"][Outcome.MADE] == 6


def test_the_report_has_no_formulas_for_spreadsheets(read, desk):
    importing = act(desk, read({"=1+1.txt": page('=HYPERLINK("https://xau.example")'), "b.txt": "trống"}), "run")
    text = desk.get(reverse("imports:report", args=[importing.pk, "csv"])).content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert not [line for line in text.splitlines() if line.startswith("=") or ",=" in line]
    report = desk.get(reverse("imports:report", args=[importing.pk, "json"])).json()
    assert report["counts"]["made"] == 1
    assert report["counts"]["failed"] == 1


def test_pictures_that_were_uploaded_beside_their_page_are_found(read, desk):
    importing = read({"a.html": html("a", picture="nha.jpg"), "nha.jpg": picture()})
    assert outcomes(importing) == {"a.html": ""}
    act(desk, importing, "run")
    assert "picture" in [block.block_type for block in ArticlePage.objects.get().body]
