"""What holds for every page type: addresses, what is served, copies, the admin's search."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page, Revision, get_page_models

from cms.core.checks import FORGOTTEN, UNNAMED, errors_of, page_types_say_what_is_searchable
from cms.core.models import Document, Image, PublicPage
from cms.documents.models import DocumentIndexPage
from cms.events.models import EventIndexPage
from cms.news.models import ArticlePage, NewsIndexPage
from cms.people.models import PersonIndexPage
from cms.schools.models import ClusterPage, SchoolPage
from home.models import HomePage, StandardPage


@pytest.mark.parametrize("slug", ["admin", "api", "documents", "search", "media", "static"])
def test_addresses_of_the_site_itself_are_refused_below_home(home, slug):
    with pytest.raises(ValidationError, match=f"“{slug}”"):
        home.add_child(instance=StandardPage(title="Trang", slug=slug))


def test_they_are_free_deeper_down(section):
    section.add_child(instance=NewsIndexPage(title="Tìm", slug="search"))


def test_a_page_cannot_be_moved_to_an_address_of_the_site(home, section):
    below = section.add_child(instance=NewsIndexPage(title="Tìm", slug="search"))
    other = section.add_child(instance=NewsIndexPage(title="Khác", slug="khac"))
    assert not below.can_move_to(home)
    assert other.can_move_to(home)


@pytest.mark.parametrize(
    ("action", "description", "taken"),
    [("publish", "", False), ("draft", "", True), ("publish", "Sinh viên nhận bằng tốt nghiệp", True)],
)
def test_a_cover_that_nobody_has_described_is_refused_before_readers_get_it(
    admin_client, home, make_image, action, description, taken
):
    cover = make_image()
    cover.description = description
    cover.save()
    form = {"title": "Trang", "slug": "trang", "summary": "", "body-count": "0", "cover": cover.pk, "seo_title": ""}
    form |= {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    form |= {"action-publish": "1"} if action == "publish" else {}
    response = admin_client.post(f"/admin/pages/add/home/standardpage/{home.pk}/", form)
    assert StandardPage.objects.filter(slug="trang").exists() == taken
    assert taken or "Chưa có ai mô tả ảnh này" in response.content.decode()


@pytest.mark.parametrize(("slug", "refused"), [("search", True), ("gioi-thieu", False)])
def test_the_editor_is_told_in_the_form(admin_client, home, slug, refused):
    url = f"/admin/pages/add/home/standardpage/{home.pk}/"
    form = {"title": "Trang", "slug": slug, "summary": "", "body-count": "0", "cover": "", "seo_title": ""}
    form |= {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    response = admin_client.post(url, form)
    assert StandardPage.objects.filter(slug=slug).exists() is not refused
    assert (response.status_code == 200) is refused


def test_a_copy_to_such_an_address_is_refused_in_the_form(admin_client, home):
    page = home.add_child(instance=StandardPage(title="Trang", slug="trang"))
    form = {"new_title": "Bản sao", "new_slug": "search", "new_parent_page": str(home.pk)}
    response = admin_client.post(f"/admin/pages/{page.pk}/copy/", form)
    assert response.status_code == 200
    assert "new_slug" in response.context["form"].errors
    assert not StandardPage.objects.filter(slug="search").exists()


@pytest.mark.parametrize(
    ("title", "slug"), [("Đào tạo, bồi dưỡng", "dao-tao-boi-duong"), ("Ho\u0323c vie\u0302n", "hoc-vien")]
)
def test_an_address_made_from_a_title_is_plain_ascii(home, title, slug):
    first = home.add_child(instance=StandardPage(title=title))
    second = home.add_child(instance=StandardPage(title=title))
    assert (first.slug, second.slug) == (slug, f"{slug}-2")


def test_nothing_is_served_below_an_unpublished_page(client, home, section, make_article):
    article = make_article(slug="bai")
    assert client.get("/tin-tuc/bai/").status_code == 200
    section.unpublish()
    assert client.get("/tin-tuc/bai/").status_code == 404
    section.save_revision().publish()
    home.unpublish()
    assert client.get("/tin-tuc/bai/").status_code == 404
    assert ArticlePage.objects.get(pk=article.pk).live


@pytest.mark.parametrize("publish_copy", [True, False])
def test_a_copied_article_is_no_longer_the_imported_one(make_article, section, publish_copy):
    article = make_article(
        import_key="yb:1", legacy_url="http://old.example/1", tags=["Thi đua"], authors=[("Lê A", "GV")]
    )
    article.save_revision()
    copy = article.copy(update_attrs={"slug": "ban-sao"}, keep_live=publish_copy)
    copy.get_latest_revision().publish()
    copy = ArticlePage.objects.get(pk=copy.pk)
    assert (copy.import_key, copy.legacy_url) == (None, "")
    assert [tag.name for tag in copy.tags.all()] == ["Thi đua"]
    assert [author.name for author in copy.authors.all()] == ["Lê A"]
    assert ArticlePage.objects.get(pk=article.pk).import_key == "yb:1"


def test_an_older_draft_does_not_take_an_article_its_origin(make_article):
    article = make_article()
    older = article.save_revision()
    ArticlePage.objects.filter(pk=article.pk).update(import_key="yb:2")
    Revision.objects.get(pk=older.pk).publish()
    assert ArticlePage.objects.get(pk=article.pk).import_key == "yb:2"


@pytest.mark.parametrize("query", ["truong", "trường", "hoc vien", "dao tao"])
def test_editors_find_pages_pictures_and_files_without_accents(make_article, make_image, make_document, query):
    title = "Trường đào tạo học viên"
    article = make_article(title=title)
    image, file = make_image(title=title), make_document(title=title)
    make_article(title="Khác"), make_image(title="Khác"), make_document(title="Khác")
    assert [page.pk for page in Page.objects.autocomplete(query)] == [article.pk]
    assert list(Image.objects.search(query)) == [image]
    assert list(Document.objects.search(query)) == [file]


def test_editors_find_pages_by_their_summary(make_article):
    article = make_article(summary="Cụm thi đua")
    assert [page.pk for page in ArticlePage.objects.search("cum thi dua")] == [article.pk]


def test_the_tree_takes_each_type_in_its_place():
    lists = {NewsIndexPage, EventIndexPage, PersonIndexPage, DocumentIndexPage, StandardPage}
    assert set(HomePage.allowed_subpage_models()) == {*lists, SchoolPage, ClusterPage}
    assert set(SchoolPage.allowed_subpage_models()) == lists
    assert set(NewsIndexPage.allowed_subpage_models()) == {NewsIndexPage, ArticlePage}
    assert ArticlePage.allowed_subpage_models() == []
    assert StandardPage.allowed_subpage_models() == [StandardPage]
    assert HomePage in Page.allowed_subpage_models()


def test_every_page_type_says_what_is_searchable():
    assert page_types_say_what_is_searchable() == []


def test_a_page_type_that_forgot_is_named():
    class Meta:
        app_label = "home"
        abstract = True

    silent = type("SilentPage", (Page,), {"__module__": __name__, "Meta": Meta})
    hidden = type("HiddenPage", (Page,), {"__module__": __name__, "Meta": Meta, "search_document": None})
    nameless = type("NamelessPage", (StandardPage,), {"__module__": __name__, "Meta": Meta, "search_type": ""})
    errors = errors_of([silent, hidden, nameless])
    assert [error.id for error in errors] == [FORGOTTEN, UNNAMED]
    assert "SilentPage" in errors[0].msg


@pytest.mark.parametrize("model", [model for model in get_page_models() if issubclass(model, PublicPage)])
def test_the_address_follows_the_title_while_an_editor_types_it(model, admin_user, rf):
    request = rf.get("/")
    request.user = admin_user
    form = model.get_edit_handler().get_form_class()(instance=model(), for_user=admin_user)
    panel = model.get_edit_handler().get_bound_panel(instance=model(), request=request, form=form)
    assert 'data-w-sync-target-value="#id_slug"' in panel.render_html()
