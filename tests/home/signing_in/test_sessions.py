"""Sessions end: without work after a while, and in any case in the end."""

import time

import pytest

from home.signing_in import sessions


@pytest.fixture
def clock(monkeypatch):
    """The time, in minutes after the login."""
    began = time.time()

    def pass_to(minutes):
        monkeypatch.setattr(sessions.time, "time", lambda: began + minutes * 60)

    return pass_to


@pytest.fixture(autouse=True)
def half_an_hour_and_four(settings):
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 30, 4


def test_a_session_without_work_ends_and_the_login_says_why(editor, log_in, clock):
    client = log_in("lan")
    clock(31)
    answer = client.get("/admin/", follow=True)
    assert answer.request["PATH_INFO"] == "/admin/login/"
    assert "Hãy đăng nhập lại" in answer.content.decode()
    clock(0)
    assert client.get("/admin/").status_code == 302  # it is over for good


def test_work_keeps_it(editor, log_in, clock):
    client = log_in("lan")
    for minutes in (20, 40, 60):
        clock(minutes)
        assert client.get("/admin/").status_code == 200


def test_an_open_editor_that_only_pings_is_no_work(editor, log_in, clock, make_article):
    client, article = log_in("lan"), make_article()
    for minutes in (20, 29):
        clock(minutes)
        client.post(f"/admin/editing-sessions/ping/wagtailcore/page/{article.pk}/")
    clock(31)
    assert client.get("/admin/").status_code == 302


def test_no_work_keeps_it_for_longer_than_a_day_of_it(editor, log_in, clock):
    client = log_in("lan")
    for minutes in range(20, 241, 20):
        clock(minutes)
        assert client.get("/admin/").status_code == 200
    clock(241)
    assert client.get("/admin/").status_code == 302


def test_what_is_sent_after_the_end_changes_nothing(editor, log_in, clock, home):
    client = log_in("lan")
    clock(31)
    before = home.get_children().count()
    client.post(f"/admin/pages/add/news/newsindexpage/{home.pk}/", {"title": "X", "slug": "x"})
    assert home.get_children().count() == before


def test_a_closed_page_closes_again(editor, log_in, clock, make_article):
    article = make_article()
    article.view_restrictions.create(restriction_type="login")
    client = log_in("lan")
    assert client.get(article.url).status_code == 200
    clock(31)
    assert client.get(article.url).status_code == 302


def test_a_session_from_before_sessions_ended_is_over(editor, client):
    client.force_login(editor)
    session = client.session
    del session["began_at"]
    session.save()
    assert client.get("/admin/").status_code == 302
