"""The sequence of changes: what counts as one, what kind it is, and that a reader of it misses nothing."""

import random
from collections.abc import Callable

import pytest
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from search import changes, fingerprints, sequencer
from search.changes import Change
from search.locks import Lock
from search.models import OutboxEntry, PageChange
from search.visibility import public_ids
from tests.search.holding import held_elsewhere

PUBLISHED, CHANGED, REMOVED = PageChange.Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(home) -> Callable[[], list[tuple[PageChange.Kind, int]]]:
    """What the sequence says since it was last asked: pairs of a kind and a page."""
    sequencer.drain()
    position = sequencer.last()

    def ask() -> list[tuple[PageChange.Kind, int]]:
        nonlocal position
        sequencer.drain()
        found = changes.since(position, 1000)
        position = sequencer.last()
        return [(change.kind, change.page_id) for change in found]

    return ask


def publish(page: Page, **fields) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_page_is_published_then_changed_then_removed(news, make_article):
    article = make_article()
    assert (PUBLISHED, article.pk) in news()
    publish(article, title="Tiêu đề mới")
    assert news() == [(CHANGED, article.pk)]
    article.unpublish()
    assert news() == [(REMOVED, article.pk)]
    publish(article)
    assert news() == [(PUBLISHED, article.pk)]
    article.delete()
    assert news() == [(REMOVED, article.pk)]


def test_a_draft_and_a_save_that_changes_nothing_are_no_change(news, make_article):
    article = make_article()
    news()
    article.title = "Chưa đăng"
    article.save_revision()
    article.refresh_from_db()
    article.save()
    assert news() == []


def test_a_page_that_was_never_public_is_not_in_the_sequence(news, make_article):
    draft = make_article(live=False)
    news()
    draft.delete()
    assert [page_id for _kind, page_id in news()] == []


def test_quick_flips_are_one_change_or_none(news, make_article):
    article = make_article()
    for _ in range(3):
        article.unpublish()
        publish(article)
    assert news().count((PUBLISHED, article.pk)) == 1
    article.unpublish()
    article.live = True
    article.save()
    assert len(news()) <= 1


def test_a_publication_that_was_edited_before_anybody_looked_is_still_one(news, make_article):
    article = make_article()
    sequencer.drain()
    publish(article, title="Sửa ngay")
    assert (PUBLISHED, article.pk) in news()


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS, PageViewRestriction.PASSWORD])
def test_a_restricted_section_removes_all_below_it_and_an_opened_one_brings_it_back(news, section, make_article, kind):
    article = make_article()
    news()
    restriction = PageViewRestriction.objects.create(page=section, restriction_type=kind, password="x")
    assert set(news()) == {(REMOVED, section.pk), (REMOVED, article.pk)}
    restriction.delete()
    assert set(news()) == {(PUBLISHED, section.pk), (PUBLISHED, article.pk)}


def test_a_moved_page_and_all_below_it_have_changed(news, home, section, make_article):
    from cms.news.models import NewsIndexPage

    below = section.add_child(instance=NewsIndexPage(title="Hoạt động", slug="hoat-dong"))
    article = make_article(parent=below)
    news()
    below.move(home, pos="last-child")
    assert {(CHANGED, below.pk), (CHANGED, article.pk)} <= set(news())


def test_a_deleted_section_removes_all_below_it(news, section, make_article):
    article = make_article()
    news()
    Page.objects.get(pk=section.pk).delete()
    assert set(news()) == {(REMOVED, section.pk), (REMOVED, article.pk)}


def test_what_a_page_shows_of_others_counts(news, make_article, make_image, make_school):
    image, school = make_image(), make_school()
    article = make_article(cover=image, tags=["Thi đua"])
    article.schools.create(school=school)
    article.save()
    news()
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 10, 10, 5, 5
    image.save()
    assert news() == [(CHANGED, article.pk)]
    tag = article.tags.get()
    tag.name = "Khen thưởng"
    tag.save()
    assert news() == [(CHANGED, article.pk)]
    publish(school, title="Trường Chính trị tỉnh Phú Thọ")
    assert set(news()) == {(CHANGED, school.pk), (CHANGED, article.pk)}


def test_a_picture_made_private_changes_the_pages_that_show_it(news, make_article, make_image):
    collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    article = make_article(cover=make_image(collection=collection))
    news()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    assert news() == [(CHANGED, article.pk)]


def test_what_only_child_objects_say_counts(news, make_event):
    event = make_event()
    news()
    event.agenda.create(what="Khai mạc", who="Ban tổ chức")
    event.save()
    assert news() == [(CHANGED, event.pk)]


def test_another_address_of_the_site_changes_everything(news, make_article):
    article = make_article()
    news()
    Site.objects.update(hostname="portal.example")
    Site.objects.get().save()
    assert (CHANGED, article.pk) in news()


def test_a_page_that_cannot_be_read_spoils_only_itself(news, make_article, monkeypatch, caplog):
    broken, sound = make_article(), make_article()
    news()
    publish(broken, title="Hỏng")
    publish(sound, title="Lành")
    get = type(broken).body.field.value_to_string

    def unreadable(page):
        if page.pk == broken.pk:
            raise ValueError("not JSON")
        return get(page)

    monkeypatch.setattr(type(broken).body.field, "value_to_string", unreadable)
    assert set(news()) == {(CHANGED, broken.pk), (CHANGED, sound.pk)}
    assert f"Page {broken.pk} cannot be compared" in caplog.text


def test_a_page_made_private_is_told_of_as_removed_before_the_sequencer_has_seen_it(news, make_article):
    article = make_article()
    sequencer.drain()
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    [change] = [change for change in changes.since(0, 1000) if change.page_id == article.pk]
    assert change.kind == REMOVED


def test_pages_that_the_migrations_made_are_adopted_and_index_nothing(home):
    OutboxEntry.objects.filter(pk=home.pk).delete()
    sequencer.adopt()
    sequencer.drain()
    assert [(change.kind, change.type) for change in changes.since(0, 10) if change.page_id == home.pk] == [
        (PUBLISHED, "home")
    ]
    assert not OutboxEntry.objects.pending().filter(pk=home.pk).exists()


def test_a_change_that_comes_while_pages_are_read_is_numbered_with_the_next_batch(news, make_article, monkeypatch):
    article = make_article()
    news()
    publish(article, title="Trước")
    read, edits = fingerprints.of, [lambda: publish(article, title="Sau")]

    def read_and_be_overtaken(versions):
        found = read(versions)
        if edits:
            edits.pop(0)()
        return found

    monkeypatch.setattr(fingerprints, "of", read_and_be_overtaken)
    sequencer.drain()
    monkeypatch.undo()
    assert news() == [(CHANGED, article.pk)]
    now = fingerprints.of({article.pk: 0})[article.pk].value
    assert PageChange.objects.get(pk=article.pk).fingerprint == now


def test_while_another_process_numbers_this_one_does_nothing(make_article):
    make_article()
    with held_elsewhere(Lock.SEQUENCE):
        assert sequencer.drain() == 0
    assert sequencer.drain() > 0


def test_batches_take_the_same_number_of_queries_for_two_pages_and_for_twenty(news, make_article, count_queries):
    def drained(count: int) -> int:
        for _ in range(count):
            make_article(tags=["Thi đua"])
        return count_queries(sequencer.drain)

    drained(1)
    assert drained(2) == drained(20)


class Copy:
    """An app that keeps a copy: it applies what it is told, and remembers how far it has read."""

    def __init__(self) -> None:
        self.position = 0
        self.began = sequencer.last()
        self.pages: dict[int, str] = {}

    def read(self, limit: int) -> int:
        found: list[Change] = changes.since(self.position, limit, began=self.began)
        for change in found:
            if change.kind == REMOVED:
                self.pages.pop(change.page_id, None)
            else:
                self.pages[change.page_id] = change.type
            self.position = change.seq
        return len(found)


@pytest.mark.parametrize("seed", range(5))
def test_a_copy_that_applies_the_changes_of_random_edits_holds_the_public_pages(home, section, make_article, seed):
    chance = random.Random(seed)
    sections = [section, *(section.add_child(instance=type(section)(title=f"Mục {n}")) for n in range(3))]
    articles = [make_article(parent=chance.choice(sections)) for _ in range(8)]
    copy = Copy()

    def edit() -> None:
        page = Page.objects.filter(pk=chance.choice([*articles, *sections[1:]]).pk).first()
        if page is None:
            return
        match chance.choice(["publish", "unpublish", "restrict", "move", "delete", "draft"]):
            case "publish":
                publish(page.specific, title=f"Sửa {chance.random()}")
            case "unpublish":
                page.unpublish()
            case "restrict" if existing := page.view_restrictions.first():
                existing.delete()
            case "restrict":
                page.view_restrictions.create(restriction_type="login")
            case "move":
                target = Page.objects.filter(pk=chance.choice(sections).pk).first()
                if target and not target.path.startswith(page.path):
                    page.move(target, pos="last-child")
            case "delete" if chance.random() < 0.3:
                page.delete()
            case _:
                page.specific.save_revision()

    for _ in range(60):
        edit()
        if chance.random() < 0.4:
            sequencer.drain()
        copy.read(chance.randint(1, 5))
    sequencer.drain()
    while copy.read(3):
        pass
    assert set(copy.pages) == public_ids(Page.objects.values_list("pk", flat=True)) & set(
        OutboxEntry.objects.values_list("pk", flat=True)
    )
