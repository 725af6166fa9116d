"""The site that the demo content makes."""

import json
import re

import pytest
from django.db import transaction
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from cms.core.models import Document, Image, ReadCount
from cms.documents.models import DocumentFile
from cms.news.models import ArticlePage
from home.demo.content import read_demo
from home.demo.loading import load
from home.models import HomePage, Navigation, SiteSettings, StandardPage


def quietly(what, done, total):
    """Progress that nobody watches."""


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo content, loaded once for all tests here that want it; each of them works in a savepoint above it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(read_demo(), quietly)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo_site(loaded, db):
    """A site with the demo content in it."""


def everything():
    """All that the demo content is made of, as the database holds it."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (
            Page,
            ArticlePage,
            HomePage,
            StandardPage,
            Revision,
            Image,
            Document,
            ReadCount,
            Navigation,
            SiteSettings,
        )
    }


def test_everything_is_published_with_its_dates_reads_authors_and_tags(demo_site):
    article = ArticlePage.objects.get(slug="hoi-nghi-tong-ket-cum-thi-dua-nam-2023")
    assert article.live and article.live_revision
    assert article.published_at == article.first_published_at == article.last_published_at
    assert article.published_at.isoformat() == "2023-11-13T07:28:00+00:00"
    assert article.get_parent().slug == "thi-dua-khen-thuong"
    assert [author.name for author in article.authors.all()] == ["ThS. Phan Thị Hải Vân"]
    assert "Cụm thi đua" in article.tags.names()
    assert article.read_counts.get().count == 3073
    assert article.cover.description and article.cover.credit
    assert ArticlePage.objects.live().count() == len(read_demo().articles)


def test_what_a_picture_shows_is_said_wherever_it_stands(demo_site):
    for article in ArticlePage.objects.all():
        for block in article.body:
            pictures = {
                "picture": [block.value],
                "gallery": block.value["pictures"] if block.block_type == "gallery" else [],
            }
            assert all(picture["alt_text"] and picture["credit"] for picture in pictures.get(block.block_type, [])), (
                article.slug
            )


def test_every_page_can_be_opened(demo_site, client):
    pages = Page.objects.filter(depth__gt=1)
    demo = read_demo()
    parts = (demo.articles, demo.sections, demo.standing, demo.directory.pages)
    assert pages.count() == 1 + sum(map(len, parts))
    for page in pages:
        assert client.get(page.url).status_code == 200, page.url


def test_every_file_can_be_downloaded(demo_site, client):
    papers = DocumentFile.objects.values("file").distinct().count()
    assert Document.objects.count() == len(read_demo().files) + papers
    assert {file.file_extension for file in Document.objects.all()} >= {"pdf", "docx"}
    for document in Document.objects.all():
        assert client.get(document.url).status_code == 200, document.title


def test_articles_lead_to_people_schools_events_and_documents(demo_site, client):
    assert ArticlePage.objects.filter(authors__person__isnull=False).distinct().count() >= 40
    assert ArticlePage.objects.filter(schools__isnull=False).distinct().count() >= 20
    assert ArticlePage.objects.filter(event__isnull=False).count() >= 12
    shown = client.get("/thi-dua-khen-thuong/hoi-nghi-tong-ket-cum-thi-dua-nam-2023/").content.decode()
    for address in ("/van-ban/452-kh-ctd/", "/su-kien/hoi-nghi-tong-ket-cum-2023/", "/hoa-lam/"):
        assert f'href="{address}"' in shown
    assert 'href="/can-bo-giang-vien/phan-thi-hai-van/" rel="author"' in shown


def test_every_link_within_leads_somewhere(demo_site):
    linked = set()
    for article in ArticlePage.objects.all():
        linked |= set(
            map(int, re.findall(r'linktype=\\"page\\" id=\\"(\d+)\\"', json.dumps(article.body.get_prep_value())))
        )
    assert linked
    assert Page.objects.live().filter(pk__in=linked).count() == len(linked)


def test_the_library_knows_which_pages_use_a_picture(demo_site):
    picture = Image.objects.get(title="Thuyền cứu trợ trong mưa lũ")
    using = {int(reference.object_id) for reference in ReferenceIndex.get_references_to(picture)}
    assert ArticlePage.objects.get(slug="bun-chua-kip-kho-lop-hoc-da-sang-den").pk in using
    assert ArticlePage.objects.get(slug="huong-ve-mien-trung-ruot-thit").pk in using


def test_the_home_page_shows_featured_pages_sections_and_menu(demo_site, client):
    answer = client.get("/")
    text = answer.content.decode()
    assert "Chào mừng bạn đến với trang Thông tin điện tử Trường Chính trị tỉnh Vân Sơn!" in text
    assert len(answer.context["featured_pages"]) == 3
    assert len(answer.context["sections"]) == 6
    assert [entry.label for entry in Navigation.objects.get().entries()][:2] == ["Giới thiệu", "Tin tức"]
    assert SiteSettings.objects.get().name == "Trường Chính trị tỉnh Vân Sơn"


def test_loading_twice_makes_no_difference(demo_site):
    before = everything()
    report = load(read_demo(), quietly)
    assert report.made == report.left_out == []
    assert everything() == before


def test_what_editors_changed_or_deleted_stays_so(demo_site):
    changed, deleted = ArticlePage.objects.order_by("pk")[:2]
    changed.title = "Tiêu đề mới"
    changed.save_revision().publish()
    gone = deleted.slug
    deleted.delete()
    Image.objects.first().delete()
    before = everything()
    load(read_demo(), quietly)
    assert everything() == before
    assert not ArticlePage.objects.filter(slug=gone).exists()


def test_a_page_says_in_its_history_where_it_came_from(demo_site):
    entry = PageLogEntry.objects.filter(page=ArticlePage.objects.first().pk, action="home.load_demo").get()
    assert entry.formatter.format_message(entry)
