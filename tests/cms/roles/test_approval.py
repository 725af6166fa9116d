"""From a contributor's draft to its readers: two steps, whom each is told of, and what nobody may skip."""

import re

import pytest
from django.core import mail
from wagtail.models import Page, Workflow

from cms.news.models import ArticlePage, NewsIndexPage
from tests.cms.roles.conftest import form_of


@pytest.fixture
def submitted(desk_of, section, admin_client):
    """An article that a contributor has written and submitted; `desk` is the contributor's."""
    return submit(desk_of("contributor"), section, admin_client)


def submit(desk, section, admin_client):
    values = form_of(admin_client, f"/admin/pages/add/news/articlepage/{section.pk}/")
    values |= {"title": "Bài gửi duyệt", "slug": "bai-gui-duyet", "action-submit": "1"}
    desk.post(f"/admin/pages/add/news/articlepage/{section.pk}/", values)
    article = ArticlePage.objects.get(slug="bai-gui-duyet")
    article.desk = desk
    return article


def act(desk, article, action="approve", **values):
    """What the buttons of the panel “awaiting your review” send."""
    state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
    pk = state.pk if state else 0
    return desk.post(f"/admin/pages/workflow/action/{article.pk}/{action}/{pk}/", {"next": "/admin/", **values})


def is_live(article):
    return Page.objects.get(pk=article.pk).live


def waits_at(desk, article):
    """Whether the front page of the desk shows that the article waits for its reader."""
    return f"/admin/pages/workflow/action/{article.pk}/approve/" in desk.get("/admin/").content.decode()


def test_an_editor_checks_and_the_editor_in_chief_publishes(submitted, desk_of):
    editor, chief = desk_of("editor"), desk_of("editor_in_chief")
    assert not is_live(submitted)
    act(editor, submitted)
    assert not is_live(submitted)
    act(editor, submitted)  # the second step is not the editor's
    assert not is_live(submitted)
    act(chief, submitted)
    assert is_live(submitted)


def test_a_contributor_approves_nothing_not_even_the_own(submitted, desk_of):
    act(submitted.desk, submitted)
    act(desk_of("contributor"), submitted)
    assert ArticlePage.objects.get(pk=submitted.pk).current_workflow_task.name == "Biên tập viên kiểm tra"


def test_while_it_waits_the_author_does_not_change_it(submitted, admin_client):
    values = form_of(admin_client, f"/admin/pages/{submitted.pk}/edit/") | {"title": "Đổi sau khi gửi"}
    submitted.desk.post(f"/admin/pages/{submitted.pk}/edit/", values)
    assert ArticlePage.objects.get(pk=submitted.pk).latest_revision.content["title"] == "Bài gửi duyệt"


def test_what_is_sent_back_is_submitted_anew(submitted, desk_of, admin_client):
    act(desk_of("editor"), submitted, "reject", comment="Thiếu ảnh")
    assert not is_live(submitted)
    values = form_of(admin_client, f"/admin/pages/{submitted.pk}/edit/") | {"title": "Đã thêm ảnh"}
    submitted.desk.post(f"/admin/pages/{submitted.pk}/edit/", values | {"action-submit": "1"})
    page = ArticlePage.objects.get(pk=submitted.pk)
    assert page.workflow_in_progress
    assert page.latest_revision.content["title"] == "Đã thêm ảnh"


def test_each_sees_what_waits_for_them(submitted, desk_of):
    contributor, editor, chief = (desk_of(role) for role in ("contributor", "editor", "editor_in_chief"))
    assert [waits_at(desk, submitted) for desk in (contributor, editor, chief)] == [False, True, True]
    act(editor, submitted)
    assert [waits_at(desk, submitted) for desk in (contributor, editor, chief)] == [False, False, True]


def test_who_has_to_do_something_is_told_by_mail(desk_of, make_person_with, section, admin_client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://truong.example"
    editor, chief = desk_of("editor"), make_person_with("editor_in_chief")
    desk = desk_of("contributor")
    article = submit(desk, section, admin_client)
    told = {address for message in mail.outbox for address in message.to}
    assert {editor.user.email, chief.email} <= told
    assert desk.user.email not in told
    assert all(f"https://truong.example/admin/pages/{article.pk}/" in message.body for message in mail.outbox)
    mail.outbox.clear()
    act(editor, article)
    told = {address for message in mail.outbox for address in message.to}
    assert chief.email in told
    assert not {editor.user.email, desk.user.email} & told
    mail.outbox.clear()
    article.desk.user.refresh_from_db()
    act(desk_of("editor_in_chief"), article)
    assert [desk.user.email] in [message.to for message in mail.outbox]


def test_the_mails_are_in_vietnamese_and_bring_what_the_editor_asks_for(submitted, desk_of):
    editor = desk_of("editor")
    mail.outbox.clear()
    act(editor, submitted, "reject", comment="Thêm ảnh.")
    message = next(told for told in mail.outbox if told.to == [submitted.desk.user.email])
    assert "“Bài gửi duyệt”" in message.subject
    assert "yêu cầu sửa trang “Bài gửi duyệt” ở bước “Biên tập viên kiểm tra”" in message.body
    assert "Lời nhắn kèm theo: “Thêm ảnh.”" in message.body
    assert not re.search(r"\b(the|page|has been|here|hello)\b", message.subject + message.body, re.IGNORECASE)


def test_a_schools_people_approve_in_their_school_only(desk_of, make_school, admin_client):
    ours, theirs = make_school("Trường A"), make_school("Trường B")
    news = theirs.add_child(instance=NewsIndexPage(title="Tin", slug="tin"))
    article = submit(desk_of("contributor", theirs), news, admin_client)
    strangers = [desk_of(role, ours) for role in ("editor", "editor_in_chief", "administrator")]
    for desk in strangers:
        act(desk, article)
    assert ArticlePage.objects.get(pk=article.pk).current_workflow_task.name.startswith("Biên tập viên kiểm tra")
    act(desk_of("editor", theirs), article)
    for desk in strangers:
        act(desk, article)
    assert not is_live(article)
    act(desk_of("administrator", theirs), article)
    assert is_live(article)


def test_without_a_workflow_nothing_is_submitted(desk_of, section, admin_client):
    Workflow.objects.all().delete()
    article = submit(desk_of("contributor"), section, admin_client)
    assert not article.workflow_in_progress
    assert not is_live(article)
