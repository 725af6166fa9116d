"""What each role may do at the desk and what not, also for who sends requests without the form."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Collection, Page

from cms.core.models import Document, Image, User
from cms.news.models import ArticlePage, NewsIndexPage
from tests.cms.roles.conftest import form_of

PORTAL = ("contributor", "editor", "editor_in_chief", "system_administrator")


@pytest.fixture
def schools(make_school):
    """Two schools with a section each."""
    made = []
    for name in ("Trường A", "Trường B"):
        school = make_school(name)
        school.news = school.add_child(instance=NewsIndexPage(title="Tin tức", slug="tin"))
        school.collection = Collection.objects.get(name=name)
        made.append(school)
    return made


@pytest.fixture
def values(admin_client, section):
    """The form of a new article in any section, as an administrator fills it."""
    return form_of(admin_client, f"/admin/pages/add/news/articlepage/{section.pk}/") | {
        "title": "Bài mới",
        "slug": "bai-moi",
    }


def add(desk, section, values, **more):
    desk.post(f"/admin/pages/add/news/articlepage/{section.pk}/", values | more)
    return ArticlePage.objects.child_of(section).filter(title=values["title"]).first()


@pytest.mark.parametrize(
    ("role", "publishes"),
    [("contributor", False), ("editor", False), ("editor_in_chief", True), ("system_administrator", True)],
)
def test_all_write_and_only_some_publish(desk_of, section, values, role, publishes):
    desk = desk_of(role)
    shown = desk.get(f"/admin/pages/add/news/articlepage/{section.pk}/").content.decode()
    assert ('name="action-publish"' in shown) == publishes
    article = add(desk, section, values, **{"action-publish": "1"})
    assert article is not None
    assert article.live == publishes


def test_a_contributor_changes_own_drafts_and_nobody_elses(desk_of, section, values, make_article, admin_client):
    desk, other = desk_of("contributor"), make_article(title="Của người khác")
    own = add(desk, section, values)
    changed = values | {"title": "Đã sửa", "slug": "da-sua"}
    desk.post(f"/admin/pages/{own.pk}/edit/", changed)
    assert ArticlePage.objects.get(pk=own.pk).latest_revision.content["title"] == "Đã sửa"
    desk.post(f"/admin/pages/{other.pk}/edit/", changed | {"action-publish": "1"})
    other.refresh_from_db()
    assert (other.title, other.latest_revision) == ("Của người khác", None)


@pytest.mark.parametrize("role", ["contributor", "editor"])
@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_who_does_not_publish_takes_nothing_down(desk_of, make_article, home, role, action):
    article = make_article()
    elsewhere = home.add_child(instance=NewsIndexPage(title="Khác", slug="khac"))
    address = f"/admin/pages/{article.pk}/{action}/" + ("" if action != "move" else f"{elsewhere.pk}/confirm/")
    desk_of(role).post(address)
    article.refresh_from_db()
    assert article.live
    assert article.get_parent().pk != elsewhere.pk


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("/admin/users/", ["system_administrator"]),
        ("/admin/groups/", ["system_administrator"]),
        ("/admin/sites/", ["system_administrator"]),
        ("/admin/workflows/list/", ["system_administrator"]),
        ("/admin/api-keys/", ["system_administrator"]),
        ("/admin/webhook_receivers/", ["system_administrator"]),
        ("/admin/settings/home/sitesettings/", ["system_administrator"]),
        ("/admin/settings/home/navigation/", ["editor_in_chief", "system_administrator"]),
        ("/admin/redirects/", ["editor_in_chief", "system_administrator"]),
        ("/admin/snippets/taggit/tag/", ["editor_in_chief", "system_administrator"]),
        ("/admin/images/", [*PORTAL]),
        ("/admin/documents/", [*PORTAL]),
    ],
)
def test_each_role_has_its_part_of_the_admin(desk_of, home, address, may):
    opened = [role for role in PORTAL if desk_of(role).get(address, follow=True).request["PATH_INFO"] != "/admin/"]
    assert opened == may


def test_a_school_administrator_has_the_own_schools_pages_and_no_part_of_the_portals(desk_of, schools):
    ours, theirs = schools
    desk = desk_of("administrator", ours)
    for address in ("/admin/users/", "/admin/groups/", "/admin/sites/", "/admin/workflows/list/", "/admin/api-keys/"):
        assert desk.get(address, follow=True).request["PATH_INFO"] == "/admin/"
    assert desk.get(f"/admin/pages/{ours.pk}/edit/").status_code == 200
    assert desk.get(f"/admin/pages/{theirs.pk}/edit/").status_code == 302


def test_a_school_administrator_publishes_in_the_own_school_only(desk_of, schools, values):
    ours, theirs = schools
    desk = desk_of("administrator", ours)
    assert add(desk, ours.news, values, **{"action-publish": "1"}).live
    assert add(desk, theirs.news, values, **{"action-publish": "1"}) is None


@pytest.mark.parametrize("action", ["edit", "unpublish", "delete", "move", "copy", "privacy", "lock"])
def test_nothing_of_another_school_is_touched(desk_of, schools, make_article, values, action):
    ours, theirs = schools
    article = make_article(parent=theirs.news, title="Của trường B")
    before = Page.objects.filter(pk=article.pk).values().get()
    desk = desk_of("administrator", ours)
    sent = {
        "edit": values | {"action-publish": "1"},
        "copy": {"new_title": "X", "new_slug": "x", "new_parent_page": ours.news.pk, "publish_copies": "on"},
        "privacy": {"restriction_type": "login"},
    }
    address = {"move": f"move/{ours.news.pk}/confirm", "privacy": "privacy", "lock": "lock"}.get(action, action)
    desk.post(f"/admin/pages/{article.pk}/{address}/", sent.get(action, {}))
    assert Page.objects.filter(pk=article.pk).values().get() == before
    assert not article.view_restrictions.exists()
    assert not ArticlePage.objects.child_of(ours.news).exists()


def test_nothing_of_another_school_is_touched_in_bulk(desk_of, schools, make_article):
    ours, theirs = schools
    article = make_article(parent=theirs.news)
    desk = desk_of("administrator", ours)
    for action in ("delete", "unpublish"):
        desk.post(f"/admin/bulk/wagtailcore/page/{action}/?id={article.pk}&next=/admin/")
    desk.post(
        f"/admin/bulk/wagtailcore/page/move/?id={article.pk}&next=/admin/",
        {"chooser": ours.news.pk, "move_applied": "1"},
    )
    article.refresh_from_db()
    assert article.live
    assert article.get_parent().pk == theirs.news.pk


def test_an_own_page_is_not_moved_into_another_school(desk_of, schools, make_article):
    ours, theirs = schools
    article = make_article(parent=ours.news)
    desk_of("administrator", ours).post(f"/admin/pages/{article.pk}/move/{theirs.news.pk}/confirm/")
    assert ArticlePage.objects.get(pk=article.pk).get_parent().pk == ours.news.pk


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_pictures_and_files_of_another_school_are_not_touched(desk_of, schools, make_image, make_document, role):
    ours, theirs = schools
    desk = desk_of(role, ours)
    for model, path, made in (
        (Image, "images", make_image(collection=theirs.collection, title="Của B")),
        (Document, "documents", make_document(collection=theirs.collection, title="Của B")),
    ):
        action = f"/admin/{path}/{made.pk}/" if path == "images" else f"/admin/documents/edit/{made.pk}/"
        desk.post(action, {"title": "Của A", "collection": ours.collection.pk, "tags": ""})
        desk.post(f"/admin/{path}/{made.pk}/delete/" if path == "images" else f"/admin/documents/delete/{made.pk}/")
        assert (model.objects.get(pk=made.pk).title, model.objects.get().collection) == ("Của B", theirs.collection)
        model.objects.all().delete()


def test_pictures_and_files_of_the_own_school_are_changed_and_deleted(desk_of, schools, make_image, make_document):
    ours, _theirs = schools
    desk = desk_of("administrator", ours)
    image, document = make_image(collection=ours.collection), make_document(collection=ours.collection)
    desk.post(f"/admin/images/{image.pk}/delete/")
    desk.post(f"/admin/documents/delete/{document.pk}/")
    assert not Image.objects.exists()
    assert not Document.objects.exists()


def test_a_file_is_uploaded_into_the_own_school_only(desk_of, schools):
    ours, _theirs = schools
    desk = desk_of("contributor", ours)
    for school in schools:
        file = SimpleUploadedFile(f"{school.slug}.txt", b"x")
        desk.post("/admin/documents/add/", {"title": school.title, "file": file, "collection": school.collection.pk})
    assert {document.collection for document in Document.objects.all()} <= {ours.collection}


@pytest.mark.parametrize("role", ["contributor", "editor", "editor_in_chief"])
def test_nobody_makes_himself_more_than_he_is(desk_of, home, role):
    desk = desk_of(role)
    chief = Group.objects.get(name="Quản trị hệ thống")
    for address in (f"/admin/users/edit/{desk.user.pk}/", "/admin/account/"):
        desk.post(
            address,
            {
                "username": desk.user.username, "email": "a@b.example", "first_name": "A", "last_name": "B",
                "is_superuser": "on", "is_active": "on", "groups": [chief.pk],
            },
        )  # fmt: skip
    desk.post(f"/admin/bulk/core/user/assign_role/?id={desk.user.pk}&next=/admin/", {"role": chief.pk})
    user = User.objects.get(pk=desk.user.pk)
    assert not user.is_superuser
    assert chief not in user.groups.all()


def test_a_system_administrator_gives_roles(desk_of, home, make_person_with):
    somebody = make_person_with("contributor")
    editors = Group.objects.get(name="Biên tập viên")
    desk_of("system_administrator").post(
        f"/admin/bulk/core/user/assign_role/?id={somebody.pk}&next=/admin/", {"role": editors.pk}
    )
    assert editors in somebody.groups.all()
