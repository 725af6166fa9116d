"""The admin's first page: what an editor has to do, within what he may see, in few queries."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from cms.core.models import ReadCount, User
from home.dashboard import pages
from home.dashboard.panels import PANELS, Panel
from home.models import StandardPage
from search.models import AskedDay, AskedQuery, OutboxEntry

NOTHING_PANEL, INDEX_PANEL = 'id="found-nothing-section"', 'id="index-section"'


@pytest.fixture
def chief(db: None) -> User:
    return User.objects.create_superuser("chief")


@pytest.fixture
def make_editor(section):
    """Somebody with rights below one page, and perhaps the report of the search."""

    def make(name: str = "editor", below: Page = section, *rights: str, report: bool = False) -> User:
        group = Group.objects.create(name=name)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        if report:
            group.permissions.add(Permission.objects.get(codename="view_askedquery"))
        for right in rights or ("add", "change"):
            GroupPagePermission.objects.create(group=group, page=below, permission_type=right)
        user = User.objects.create_user(name)
        user.groups.add(group)
        return user

    return make


def dashboard(client, user: User) -> str:
    client.force_login(user)
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code == 200
    return response.content.decode()


def lines(user: User, name: str) -> list[str]:
    return [page.title for page in getattr(pages, name)(user)]


def draft(page, user: User, **fields):
    for field, value in fields.items():
        setattr(page, field, value)
    return page.save_revision(user=user)


def asked(text: str, nothing: int = 1) -> None:
    question = AskedQuery.objects.create(key=text, text=text, folded=text, results=0)
    AskedDay.objects.create(query=question, day=timezone.localdate(), asked=nothing, found_nothing=nothing)


def test_my_drafts_are_mine_alone_and_the_newest_first(make_editor, chief, make_article):
    editor = make_editor()
    make_article(title="Không sửa")
    older, newer = make_article(title="Cũ hơn"), make_article(title="Mới hơn", live=False)
    draft(older, editor, title="Cũ hơn, đã sửa"), draft(newer, editor)
    draft(make_article(title="Của người khác"), chief)
    assert [page.draft_title for page in pages.drafts(editor)] == ["Mới hơn", "Cũ hơn, đã sửa"]


def test_a_draft_is_no_longer_listed_once_it_is_published(make_editor, make_article):
    editor, article = make_editor(), make_article()
    draft(article, editor).publish()
    assert lines(editor, "drafts") == []


def test_what_is_scheduled_comes_in_the_order_of_its_moments(chief, make_article):
    now = timezone.now().replace(microsecond=0)
    for title, days in (("Ngày kia", 2), ("Ngày mai", 1)):
        article = make_article(title=title)
        draft(article, chief, go_live_at=now + timedelta(days)).publish()
    assert [item.page.title for item in pages.scheduled(chief)] == ["Ngày mai", "Ngày kia"]
    assert pages.scheduled(chief)[0].due == now + timedelta(1)


def test_what_was_published_last_comes_first_and_drafts_do_not(chief, make_article):
    now = timezone.now()
    make_article(title="Hôm qua", last_published_at=now - timedelta(1))
    make_article(title="Hôm nay", last_published_at=now)
    make_article(title="Nháp", live=False, last_published_at=now)
    assert lines(chief, "published")[:2] == ["Hôm nay", "Hôm qua"]
    assert "Nháp" not in lines(chief, "published")


def test_reads_of_the_week_count_and_older_ones_do_not(chief, make_article):
    today = timezone.localdate()
    for title, day, count in (("Ít", today, 2), ("Nhiều", today - timedelta(6), 5), ("Cũ", today - timedelta(7), 99)):
        ReadCount.objects.create(page=make_article(title=title), day=day, count=count)
    assert [(page.title, page.recent_reads) for page in pages.read(chief)] == [("Nhiều", 5), ("Ít", 2)]


def test_old_pages_are_to_be_looked_through_unless_they_bear_a_date(chief, home, make_article, settings):
    settings.REVIEW_AFTER_YEARS = 3
    now = timezone.now()
    make_article(title="Tin cũ", last_published_at=now - timedelta(2000))
    for title, days in (("Giới thiệu", 1200), ("Lịch sử", 2000), ("Mới", 900)):
        home.add_child(instance=StandardPage(title=title, last_published_at=now - timedelta(days)))
    assert lines(chief, "to_review") == ["Lịch sử", "Giới thiệu"]
    settings.REVIEW_AFTER_YEARS = 0
    assert lines(chief, "to_review") == []


def test_an_editor_sees_nothing_of_sections_that_are_not_his(client, make_editor, chief, make_article, make_person):
    now, other = timezone.now(), "Của người khác"
    own, foreign = make_article(title="Của mình"), make_person(title=other)
    Page.objects.filter(pk=foreign.pk).update(last_published_at=now - timedelta(3000))
    foreign.refresh_from_db()
    ReadCount.objects.create(page=foreign, day=timezone.localdate(), count=9)
    draft(foreign, chief, go_live_at=now + timedelta(1)).publish()
    draft(own, chief, go_live_at=now + timedelta(2)).publish()
    editor = make_editor()
    draft(foreign, editor)  # when he still had the right
    assert [item.page.title for item in pages.scheduled(editor)] == ["Của mình"]
    page = dashboard(client, editor)
    assert "Của mình" in page
    assert other not in page
    assert other in dashboard(client, chief)


def test_who_may_only_add_sees_what_the_explorer_shows_him(make_editor, make_article, section):
    make_article(title="Bài", last_published_at=timezone.now())
    assert "Bài" in lines(make_editor("contributor", section, "add"), "published")


def test_the_search_is_for_those_who_may_see_its_report(client, make_editor, engine):
    asked("cau hoi khong co ket qua")
    page = dashboard(client, make_editor("without"))
    assert "cau hoi khong co ket qua" not in page
    assert NOTHING_PANEL not in page and INDEX_PANEL not in page
    page = dashboard(client, make_editor("with", report=True))
    assert "cau hoi khong co ket qua" in page
    assert NOTHING_PANEL in page and INDEX_PANEL in page


def test_the_index_says_what_is_wrong_with_it(client, chief, make_article, engine):
    make_article()
    assert "Công cụ tìm kiếm hoạt động tốt" in dashboard(client, chief)
    OutboxEntry.objects.update(synced_version=0, dead=True)
    assert "không đưa được vào" in dashboard(client, chief)


def test_titles_and_questions_are_text_and_no_markup(client, chief, make_article, engine):
    make_article(title="<script>alert(1)</script>", last_published_at=timezone.now())
    asked("<img src=x>")
    page = dashboard(client, chief)
    assert "<script>alert(1)" not in page and "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page


def test_a_panel_without_lines_is_not_there(client, make_editor):
    page = dashboard(client, make_editor())
    for name in ("drafts", "scheduled", "read", "found-nothing", "to-review"):
        assert f'id="{name}-section"' not in page


def test_who_may_not_enter_the_admin_gets_no_dashboard(client, db):
    client.force_login(User.objects.create_user("reader"))
    assert client.get(reverse("wagtailadmin_home")).status_code in (302, 403)


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
def test_each_panel_asks_the_database_twice_at_most(
    panel: type[Panel], rf, make_editor, home, make_article, count_queries, engine
):
    editor, now = make_editor(report=True), timezone.now()
    for number in range(12):
        article = make_article(title=f"Bài {number}")
        draft(article, editor, go_live_at=now + timedelta(1)).publish()
        ReadCount.objects.create(page=article, day=timezone.localdate(), count=1)
        draft(make_article(), editor)
        asked(f"cau hoi {number}")
    request = rf.get("/")
    request.user = User.objects.get(pk=editor.pk)
    # What the user may do is asked once for the whole page.
    pages.visible(request.user), request.user.has_perm("search.view_askedquery")
    assert count_queries(lambda: panel().render_html({"request": request})) <= 2
