"""The admin's search: with accents or without, in every listing and chooser, of drafts too, within permissions."""

from unicodedata import normalize

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry
from wagtail.search.query import Phrase, PlainText

from cms.core.models import Document, Image, User

TITLE = "Hội nghị Đảng bộ"
OTHER = "Chuyện khác"
QUESTIONS = (
    "hoi nghi",
    "Hội nghị",
    "HOI NGHI",
    "hội nghi",
    normalize("NFD", "Hội nghị"),
    "dang bo",
    "đảng",
    "hoi ng",
    '"hoi nghi',
    "hoi - nghi %",
)
WAYS = {
    "page search": ("wagtailadmin_pages:search", "q"),
    "page chooser": ("wagtailadmin_choose_page_search", "q"),
    "images": ("wagtailimages:index_results", "q"),
    "image chooser": ("wagtailimages_chooser:choose_results", "q"),
    "documents": ("wagtaildocs:index_results", "q"),
    "document chooser": ("wagtaildocs_chooser:choose_results", "q"),
}


@pytest.fixture
def chief(db: None) -> User:
    return User.objects.create_superuser("chief")


@pytest.fixture
def editor(section) -> User:
    """Somebody who may change one section, and choose files of one collection."""
    group = Group.objects.create(name="Biên tập")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=group, page=section, permission_type="change")
    collection = Collection.get_first_root_node().add_child(name="Của mình")
    for codename in ("choose_image", "choose_document"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="core")
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
    user = User.objects.create_user("editor")
    user.groups.add(group)
    return user


def shown(client, way: str, question: str) -> str:
    name, parameter = WAYS[way]
    response = client.get(reverse(name), {parameter: question})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("way", WAYS)
def test_each_listing_and_chooser_finds_it(client, chief, make_article, make_image, make_document, way):
    for title in (TITLE, OTHER):
        make_article(title=title), make_image(title=title), make_document(title=title)
    client.force_login(chief)
    for question in QUESTIONS:
        page = shown(client, way, question)
        assert TITLE in page, question
        assert OTHER not in page, question


def test_nothing_but_signs_finds_nothing_and_breaks_nothing(client, chief, make_article, make_image):
    make_article(title=TITLE), make_image(title=TITLE)
    client.force_login(chief)
    for way in WAYS:
        for question in ('"', '" "', "-", "*", "(", "'", "\\", 'title:"x'):
            shown(client, way, question)


@pytest.mark.parametrize("way", ["page search", "page chooser"])
def test_a_draft_is_found_by_its_own_title(client, chief, make_article, way):
    make_article(title=OTHER, live=False)
    article = make_article(title="Tên đã đăng")
    article.title = TITLE
    article.save_revision()
    client.force_login(chief)
    assert OTHER in shown(client, way, "chuyen khac")
    assert f"/admin/pages/{article.pk}/" in shown(client, way, "hoi nghi")


def test_a_draft_is_not_found_by_what_answers_readers_when_the_index_is_away(make_article):
    article = make_article(title="Tên đã đăng")
    article.title = TITLE
    article.save_revision()
    assert not list(Page.objects.live().search("hoi nghi"))
    assert [page.pk for page in Page.objects.live().search("ten da dang")] == [article.pk]


def test_it_follows_renaming_and_deleting(make_article, make_image):
    article, image = make_article(title=OTHER), make_image(title=OTHER)
    article.title = image.title = TITLE
    article.save_revision().publish()
    image.save()
    assert [page.pk for page in Page.objects.autocomplete("hoi nghi")] == [article.pk]
    assert not list(Page.objects.autocomplete("chuyen khac"))
    assert list(Image.objects.autocomplete("hoi nghi")) == [image]
    article.delete(), image.delete()
    assert not list(Page.objects.autocomplete("hoi nghi"))
    assert not list(Image.objects.autocomplete("hoi nghi"))


def test_pictures_are_found_by_tags_and_descriptions_too(make_image):
    image = make_image(title=OTHER, description="Toàn cảnh đại hội")
    image.tags.add("Thi đua")
    image.save()
    for question in ("dai hoi", "ĐẠI HỘI", "thi dua", "Thi đua"):
        assert list(Image.objects.autocomplete(question)) == [image]


def test_people_are_found_without_accents(client, chief, make_person):
    make_person(title="Đỗ Thị Hường"), make_person(title="Lê Văn Sơn")
    client.force_login(chief)
    page = shown(client, "page search", "do thi huong")
    assert "Đỗ Thị Hường" in page
    assert "Lê Văn Sơn" not in page


@pytest.mark.parametrize("question", ["duong thi", "Dương Thị", "DUONG"])
def test_those_who_work_in_the_admin_are_found_without_accents(client, chief, question):
    User.objects.create_user("d1", first_name="Thị Đào", last_name="Dương")
    User.objects.create_user("s1", first_name="Văn Sơn", last_name="Lê")
    client.force_login(chief)
    for more in ({}, {"ordering": "name"}, {"is_active": "true"}):
        page = client.get(reverse("wagtailusers_users:index_results"), {"q": question, **more}).content.decode()
        assert "Dương" in page
        assert "Văn Sơn" not in page


def test_an_editor_finds_only_what_he_may_change(client, editor, make_article, make_person):
    make_article(title=f"{TITLE} của mình"), make_person(title=f"{TITLE} của người khác")
    client.force_login(editor)
    page = shown(client, "page search", "hoi nghi")
    assert "của mình" in page
    assert "của người khác" not in page


@pytest.mark.parametrize("way", ["image chooser", "document chooser"])
def test_an_editor_finds_only_the_files_that_he_may_choose(client, editor, make_image, make_document, way):
    own = Collection.objects.get(name="Của mình")
    for make in (make_image, make_document):
        make(title=f"{TITLE} của mình", collection=own), make(title=f"{TITLE} của người khác")
    client.force_login(editor)
    page = shown(client, way, "hoi nghi")
    assert "của mình" in page
    assert "của người khác" not in page


@pytest.mark.parametrize("way", WAYS)
def test_who_may_not_enter_the_admin_finds_nothing(client, make_article, way):
    make_article(title=TITLE)
    client.force_login(User.objects.create_user("reader"))
    name, parameter = WAYS[way]
    response = client.get(reverse(name), {parameter: "hoi nghi"})
    assert response.status_code in (302, 403)


def test_rows_of_an_older_version_are_brought_up_to_date_once(make_article, make_image, make_document, capsys):
    make_article(title=TITLE), make_image(title=TITLE), make_document(title=TITLE)
    IndexEntry.objects.all().delete()
    call_command("editors_index", if_needed=True)
    for model in (Page, Image, Document):
        assert len(model.objects.autocomplete("hoi nghi")) == 1
    IndexEntry.objects.all().delete()
    call_command("editors_index", if_needed=True)
    assert not IndexEntry.objects.exists()
    call_command("editors_index")
    assert IndexEntry.objects.exists()


@pytest.fixture
def alike(make_article) -> list[Page]:
    """Two with the same title, and a newer one in whose title the words are less of it."""
    return [make_article(title=title) for title in (TITLE, TITLE, f"{TITLE} {OTHER} {OTHER}")]


@pytest.mark.embedded
def test_the_most_relevant_comes_first_and_then_the_newest(alike):
    older, newer, longer = (page.pk for page in alike)
    assert [page.pk for page in Page.objects.autocomplete("hoi nghi")] == [newer, older, longer]


def test_an_order_that_was_chosen_is_kept(alike):
    pages = Page.objects.order_by("path").autocomplete("hoi nghi", order_by_relevance=False)
    assert [page.pk for page in pages] == [page.pk for page in alike]


@pytest.mark.embedded
def test_sqlite_begins_with_the_full_text_index(make_article):
    make_article(title=TITLE)
    pages = Page.objects.autocomplete("hoi nghi").get_queryset()
    assert "SCAN U0 VIRTUAL TABLE" in pages.explain()
    assert "_content_type_id_" not in pages.explain()


@pytest.mark.parametrize(
    "question",
    [Phrase("Hội nghị"), PlainText("HỘI") & Phrase("nghị Đảng"), PlainText("Đảng") & ~PlainText("Chuyện")],
    ids=str,
)
def test_a_question_in_parts_is_folded_in_each(make_article, question):
    article, _other = make_article(title=TITLE), make_article(title=f"{OTHER} của hội Đảng")
    assert [page.pk for page in get_search_backend().search(question, Page)] == [article.pk]
