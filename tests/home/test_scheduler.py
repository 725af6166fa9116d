"""The clock: one round publishes and takes down what is due, with its outbox row, whatever else goes wrong."""

import logging
from datetime import timedelta
from threading import Event
from time import monotonic

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.core.models import User
from cms.news.models import ArticlePage
from home import scheduler
from search import sequencer
from search.models import OutboxEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(db):
    return Page.get_first_root_node()


def add_page(root, title, **fields):
    return root.add_child(instance=Page(title=title, slug=title.lower(), **fields))


def schedule(page, when):
    """What the editor's form does for a page that is to go live at `when`."""
    page.go_live_at = when
    page.save_revision(approved_go_live_at=when)


def due(root, title):
    page = add_page(root, title, live=False)
    schedule(page, timezone.now() - timedelta(minutes=1))
    return page


def live(page):
    return Page.objects.get(pk=page.pk).live


def test_a_page_whose_time_has_come_is_published_and_announced(root):
    page = due(root, "Due")
    version = OutboxEntry.objects.get(page_id=page.pk).version
    scheduler.publish_due()
    assert live(page)
    assert OutboxEntry.objects.get(page_id=page.pk).version > version


def test_a_page_whose_time_has_not_come_waits(root):
    page = add_page(root, "Later", live=False)
    schedule(page, timezone.now() + timedelta(hours=1))
    scheduler.tick()
    assert not live(page)


def test_an_expired_page_is_taken_down(root):
    page = add_page(root, "Expired", expire_at=timezone.now() - timedelta(minutes=1))
    kept = add_page(root, "Kept", expire_at=timezone.now() + timedelta(hours=1))
    scheduler.tick()
    assert not live(page)
    assert Page.objects.get(pk=page.pk).expired
    assert live(kept)


def test_a_second_round_changes_nothing_more(root):
    page = due(root, "Due")
    scheduler.publish_due()
    first = Page.objects.get(pk=page.pk).last_published_at
    scheduler.publish_due()
    assert Page.objects.get(pk=page.pk).last_published_at == first


def test_one_page_that_cannot_be_published_does_not_hold_up_the_next(root, caplog):
    broken, sound = due(root, "Broken"), due(root, "Sound")
    revision = broken.revisions.get()
    revision.content = revision.content | {"title": None}
    revision.save(update_fields=["content"])
    scheduler.publish_due()
    assert live(sound)
    assert not live(broken)
    assert "could not be published" in caplog.text


def test_a_job_that_fails_is_logged_and_the_others_run(caplog):
    done = []

    def failing():
        raise RuntimeError("the disk is full")

    with caplog.at_level(logging.ERROR):
        scheduler.tick([failing, lambda: done.append(True)])
    assert done == [True]
    assert "failing" in caplog.text
    assert "the disk is full" in caplog.text


def test_the_timer_ends_when_it_is_told_to():
    stop = Event()
    stop.set()
    with scheduler.Timer(stop):
        pass


def test_what_this_process_commits_is_followed_at_once(root, monkeypatch):
    stop, followed = Event(), Event()
    looks = []

    def look():
        looks.append(OutboxEntry.objects.unsequenced().count())
        if len(looks) == 1:
            sequencer.after_commit()
        else:
            followed.set()
            stop.set()
            sequencer.after_commit()  # or it would wait once more before it looks whether to stop

    monkeypatch.setattr(scheduler, "FOLLOWERS", [look])
    monkeypatch.setattr(scheduler, "POLL", 60)
    began = monotonic()
    scheduler.follow(stop)
    assert followed.is_set()
    assert monotonic() - began < 30


@pytest.mark.parametrize(("waiting", "beside"), [(2, [("number_changes",)]), (1, [])])
def test_many_changes_are_numbered_in_a_process_of_their_own(root, monkeypatch, waiting, beside):
    sequencer.drain()
    for number in range(waiting):
        add_page(root, f"Page{number}")
    commands = []
    monkeypatch.setattr(sequencer, "BACKLOG", 2)
    monkeypatch.setattr(scheduler, "_beside", lambda *command: commands.append(command))
    scheduler.number_the_changes()
    assert commands == beside
    assert OutboxEntry.objects.unsequenced().exists() == bool(beside)


def test_the_changes_that_were_made_before_it_began_are_followed(root, monkeypatch):
    stop = Event()
    page = add_page(root, "Before")
    monkeypatch.setattr(scheduler, "FOLLOWERS", [sequencer.drain, stop.set])
    monkeypatch.setattr(scheduler, "POLL", 0)
    scheduler.follow(stop)
    assert not OutboxEntry.objects.unsequenced().filter(pk=page.pk).exists()


def found(client, drain, text):
    """The titles that readers find."""
    drain()
    return [result["title"] for result in client.get("/api/v1/search/", {"q": text}).json()["results"]]


def test_the_index_follows_what_the_clock_publishes_and_takes_down(client, drain, make_article):
    article = make_article(title="Đêm hội trăng rằm", live=False)
    assert found(client, drain, "trang ram") == []
    schedule(article, timezone.now() - timedelta(minutes=1))
    scheduler.tick()
    assert found(client, drain, "trang ram") == ["Đêm hội trăng rằm"]
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    scheduler.tick()
    assert found(client, drain, "trang ram") == []


def test_what_is_approved_ahead_of_its_time_waits_for_it(home, make_article, monkeypatch):
    article = make_article(title="Thư chúc Tết", live=False)
    article.go_live_at = timezone.now() + timedelta(hours=1)
    article.save_revision()
    editor, chief = (User.objects.create_superuser(name) for name in ("bien-tap", "tong-bien-tap"))
    home.get_workflow().start(article, editor)
    for user in (editor, chief):
        state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
        state.task.specific.on_action(state, user, "approve")
    scheduler.tick()
    assert not live(article)
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(scheduler.timezone, "now", lambda: later)
    scheduler.publish_due()
    assert live(article)


def test_a_time_without_approval_publishes_nothing(home, make_article, monkeypatch):
    article = make_article(title="Chưa duyệt", live=False)
    article.go_live_at = timezone.now() - timedelta(minutes=1)
    article.save_revision()
    home.get_workflow().start(article, User.objects.create_superuser("bien-tap"))
    scheduler.tick()
    assert not live(article)
