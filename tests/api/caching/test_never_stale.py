"""Whatever changes what a reader is told, the answer that he has is never said to be good still."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.http import JsonResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from PIL import Image as PillowImage
from rest_framework.views import APIView
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from api.caching import cached, of
from cms.core.models import Document, Image
from cms.core.tags import merge
from cms.core.visibility import open_files, open_to_all
from cms.news.models import ArticlePage, NewsIndexPage
from cms.schools.models import SchoolPage
from home import scheduler
from home.models import Navigation, SiteSettings
from search import pages

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def told(article: ArticlePage) -> list[str]:
    """All that an answer may say of an article: its search document, and its text with links."""
    document = pages.documents([article.pk]).made.get(article.pk)
    return [repr(document), article.body.render_as_block(), str(article.full_url)]


class Articles(APIView):
    @cached(of(ArticlePage, SchoolPage, Image, Document, Tag))
    def get(self, request: Any) -> JsonResponse:
        articles = open_to_all(ArticlePage.objects.order_by("pk"))
        return JsonResponse([told(article) for article in articles], safe=False)


class Article(APIView):
    @cached(of(page="pk"))
    def get(self, request: Any, pk: int) -> JsonResponse:
        article = open_to_all(ArticlePage.objects.filter(pk=pk)).first()
        return JsonResponse(told(article) if article else None, safe=False)


class Pictures(APIView):
    @cached(of(Image, Tag))
    def get(self, request: Any) -> JsonResponse:
        pictures = open_files(Image.objects.select_related("collection").order_by("pk"))
        told = [(item.title, item.file.name, sorted(map(str, item.tags.names()))) for item in pictures]
        return JsonResponse(told, safe=False)


class Surroundings(APIView):
    @cached(of(SiteSettings, Navigation, Redirect, Site, Page))
    def get(self, request: Any) -> JsonResponse:
        site = Site.find_for_request(request)
        menu = Navigation.for_site(site).entries()
        redirects = list(Redirect.objects.order_by("pk").values_list("old_path", "redirect_link", "redirect_page"))
        entries = [(entry.label, entry.page and entry.page.full_url) for entry in menu]
        return JsonResponse([SiteSettings.for_site(site).name, site.root_url, entries, redirects], safe=False)


urlpatterns = [
    path("api/v1/t/articles/", Articles.as_view()),
    path("api/v1/t/articles/<int:pk>/", Article.as_view()),
    path("api/v1/t/pictures/", Pictures.as_view()),
    path("api/v1/t/surroundings/", Surroundings.as_view()),
    path("", include("config.urls")),
]


@pytest.fixture
def world(home, section, make_article, make_school, make_image, make_document) -> SimpleNamespace:
    """An article that names, shows and links to one of everything, each in a place of its own."""
    root = Collection.get_first_root_node()
    shelf, private = root.add_child(name="Kệ"), root.add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    below = section.add_child(instance=NewsIndexPage(title="Thi đua", slug="thi-dua"))
    elsewhere = section.add_child(instance=NewsIndexPage(title="Khác", slug="khac"))
    school, linked = make_school(), make_article(title="Bài được dẫn", slug="duoc-dan")
    picture, file = make_image(collection=shelf), make_document(collection=shelf)
    Tag.objects.create(name="thi-dua-cu", slug="thi-dua-cu")
    text = f'<p><a linktype="page" id="{linked.pk}">bài</a> <a linktype="document" id="{file.pk}">tệp</a></p>'
    article = make_article(
        parent=below,
        title="Hội nghị",
        slug="hoi-nghi",
        cover=picture,
        tags=["Thi đua"],
        body=[("text", text), ("files", {"title": "", "files": [file]})],
    )
    article.schools.create(school=school)
    article.save()
    picture.tags.add("thi-dua-cu")
    site = Site.objects.get()
    Navigation.objects.create(site=site, menu=[("item", {"label": "", "page": below, "url": "", "children": []})])
    SiteSettings.objects.create(site=site, name="Cổng")
    return SimpleNamespace(**{k: v for k, v in locals().items() if k not in {"text"}})


def publish(page: Page, **values: Any) -> None:
    page = Page.objects.get(pk=page.pk).specific
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def publish_by_the_clock(w: SimpleNamespace) -> None:
    article = ArticlePage.objects.get(pk=w.article.pk)
    article.title, article.go_live_at = "Hẹn giờ", timezone.now() + timedelta(hours=1)
    article.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    scheduler.publish_due()


def expire_by_the_clock(w: SimpleNamespace) -> None:
    Page.objects.filter(pk=w.article.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    scheduler.expire_due()


def restrict(page: Page, kind: str = "login") -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, password="mật khẩu")


def replace_picture(w: SimpleNamespace) -> None:
    data = BytesIO()
    PillowImage.new("RGB", (64, 64), (1, 2, 3)).save(data, "PNG")
    w.picture.file = ContentFile(data.getvalue(), "khac.png")
    w.picture._set_image_file_metadata()
    w.picture.save()
    w.picture.renditions.all().delete()


def rename_tag(w: SimpleNamespace) -> None:
    tag = Tag.objects.get(name="Thi đua")
    tag.name = "Phong trào thi đua"
    tag.save()


def set_and_save(item: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(item, name, value)
    item.save()


ARTICLE_CHANGES: dict[str, Callable[[SimpleNamespace], object]] = {
    "published": lambda w: publish(w.article, title="Hội nghị mới"),
    "published by the clock": publish_by_the_clock,
    "expired by the clock": expire_by_the_clock,
    "unpublished": lambda w: ArticlePage.objects.get(pk=w.article.pk).unpublish(),
    "another address": lambda w: publish(w.article, slug="dia-chi-khac"),
    "moved": lambda w: Page.objects.get(pk=w.article.pk).move(Page.objects.get(pk=w.elsewhere.pk), pos="last-child"),
    "moved with its section": lambda w: Page.objects.get(pk=w.below.pk).move(Page.objects.get(pk=w.home.pk)),
    "deleted": lambda w: Page.objects.get(pk=w.article.pk).delete(),
    "deleted with its section": lambda w: Page.objects.get(pk=w.below.pk).delete(),
    "restricted": lambda w: restrict(w.article),
    "restricted to those with a password": lambda w: restrict(w.article, "password"),
    "restricted to groups": lambda w: restrict(w.article, "groups"),
    "restricted above": lambda w: restrict(Page.objects.get(pk=w.section.pk)),
    "unpublished above": lambda w: Page.objects.get(pk=w.section.pk).specific.unpublish(),
    "its section renamed": lambda w: publish(w.below, title="Thi đua, khen thưởng"),
    "its section's section moved to another address": lambda w: publish(w.section, slug="tin"),
    "its school renamed": lambda w: publish(w.school, title="Trường Chính trị tỉnh Phú Thọ"),
    "its school unpublished": lambda w: SchoolPage.objects.get(pk=w.school.pk).unpublish(),
    "a page that it links to at another address": lambda w: publish(w.linked, slug="noi-khac"),
    "a page that it links to deleted": lambda w: Page.objects.get(pk=w.linked.pk).delete(),
    "its tag renamed": rename_tag,
    "its tag merged": lambda w: merge(Tag.objects.filter(name="Thi đua"), Tag.objects.get(name="thi-dua-cu")),
    "its tag deleted": lambda w: Tag.objects.get(name="Thi đua").delete(),
    "its picture replaced": replace_picture,
    "its picture described anew": lambda w: set_and_save(w.picture, description="Mô tả khác"),
    "its picture deleted": lambda w: w.picture.delete(),
    "its picture put into a private collection": lambda w: set_and_save(w.picture, collection=w.private),
    "the collection restricted": lambda w: CollectionViewRestriction.objects.create(
        collection=w.shelf, restriction_type="login"
    ),
    "the collection moved below a private one": lambda w: w.admin.post(
        f"/admin/collections/{w.shelf.pk}/", {"name": "Kệ", "parent": w.private.pk}
    ),
    "its file renamed": lambda w: set_and_save(w.file, title="Tệp khác"),
    "its file replaced": lambda w: set_and_save(w.file, file=ContentFile(b"khac", "khac.txt")),
    "its file deleted": lambda w: w.file.delete(),
    "another root of the site": lambda w: set_and_save(Site.objects.get(), root_page=Page.objects.get(pk=w.section.pk)),
    "another name of the site": lambda w: set_and_save(Site.objects.get(), hostname="cong.example.vn"),
    "put into a private collection in bulk": lambda w: in_bulk(w, f"collection={w.private.pk}", "add_to_collection"),
}
PICTURE_CHANGES: dict[str, Callable[[SimpleNamespace], object]] = {
    name: ARTICLE_CHANGES[name]
    for name in (
        "its picture replaced",
        "its picture deleted",
        "its picture put into a private collection",
        "the collection restricted",
        "the collection moved below a private one",
        "put into a private collection in bulk",
    )
} | {
    "tagged": lambda w: w.picture.tags.add("Mới"),
    "untagged": lambda w: w.picture.tags.clear(),
    "tagged in bulk": lambda w: in_bulk(w, "tags=Hàng loạt", "add_tags"),
    "a tag renamed": lambda w: set_and_save(Tag.objects.get(name="thi-dua-cu"), name="Tên khác"),
    "added": lambda w: w.make_image(title="Ảnh mới"),
}
SURROUNDING_CHANGES: dict[str, Callable[[SimpleNamespace], object]] = {
    "settings": lambda w: set_and_save(SiteSettings.objects.get(), name="Cổng khác"),
    "menu": lambda w: set_and_save(Navigation.objects.get(), menu=[]),
    "a page of the menu renamed": lambda w: publish(w.below, title="Tên khác"),
    "a page of the menu restricted": lambda w: restrict(w.below),
    "a redirect made": lambda w: Redirect.objects.create(old_path="/cu", redirect_link="/moi/"),
    "redirects made by itself": lambda w: publish(w.below, slug="cho-khac"),
    "another name of the site": ARTICLE_CHANGES["another name of the site"],
}


def in_bulk(w: SimpleNamespace, choice: str, action: str) -> None:
    name, value = choice.split("=")
    w.admin.post(f"/admin/bulk/core/image/{action}/?id={w.picture.pk}&next=/admin/", {name: value})


def check(client: Client, address: str, change: Callable[[], object]) -> None:
    """The change changes the answer, and who has the old one gets the new."""
    before = client.get(address)
    tag = before["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    change()
    after = client.get(address, headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert after.content != before.content
    assert after["ETag"] != tag
    assert client.get(address, headers={"If-None-Match": after["ETag"]}).status_code == 304


@pytest.mark.parametrize("change", ARTICLE_CHANGES.values(), ids=ARTICLE_CHANGES)
@pytest.mark.parametrize("detail", [False, True], ids=["list", "detail"])
def test_an_article_is_never_stale(client: Client, admin_client: Client, world, change, detail: bool) -> None:
    world.admin = admin_client
    address = f"/api/v1/t/articles/{world.article.pk}/" if detail else "/api/v1/t/articles/"
    check(client, address, lambda: change(world))


@pytest.mark.parametrize("above", [False, True], ids=["itself", "above"])
def test_a_page_that_is_opened_is_shown(client: Client, world, above: bool) -> None:
    restriction = restrict(world.section if above else world.article)
    check(client, f"/api/v1/t/articles/{world.article.pk}/", restriction.delete)


@pytest.mark.parametrize("change", PICTURE_CHANGES.values(), ids=PICTURE_CHANGES)
def test_pictures_are_never_stale(client: Client, admin_client: Client, world, change) -> None:
    world.admin = admin_client
    check(client, "/api/v1/t/pictures/", lambda: change(world))


@pytest.mark.parametrize("change", SURROUNDING_CHANGES.values(), ids=SURROUNDING_CHANGES)
def test_what_surrounds_pages_is_never_stale(client: Client, world, change) -> None:
    check(client, "/api/v1/t/surroundings/", lambda: change(world))


@pytest.mark.parametrize("other", ["unrelated article", "draft"])
def test_what_concerns_nobody_leaves_the_answer_good(client: Client, world, make_article, other: str) -> None:
    """For pages one by one; a list may be taken for changed by anything of its type."""
    address = f"/api/v1/t/articles/{world.article.pk}/"
    tag = client.get(address)["ETag"]
    if other == "draft":
        draft = ArticlePage.objects.get(pk=world.linked.pk)
        draft.title = "Bản nháp"
        draft.save_revision()
    else:
        make_article(title="Bài khác")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
