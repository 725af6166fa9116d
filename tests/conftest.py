"""A small site for the tests: a home page, a section, and makers of articles, pictures and files."""

import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from PIL import Image as PillowImage
from pytest_django import DjangoDbBlocker

from cms.core import reading
from cms.core.models import Document, Image
from cms.documents.models import DocumentIndexPage, OfficialDocumentPage
from cms.events.models import EventIndexPage, EventPage
from cms.news.models import ArticlePage, NewsIndexPage
from cms.people.models import PersonIndexPage, PersonPage
from cms.schools.models import SchoolPage
from home.models import HomePage
from search import lexicon, memory, query_log

EMBEDDED = settings.SEARCH_ENGINE == "tantivy" and connection.vendor == "sqlite"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long tests last; without those that are of the other set-up by nature."""
    others = [
        name for name, here in (("embedded", EMBEDDED), ("postgresql", connection.vendor != "sqlite")) if not here
    ]
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in others)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    staying = [item for item in items if item not in left_out]
    items[:] = sorted(staying, key=lambda item: item.get_closest_marker("faults") is not None)


@pytest.fixture(scope="session")
def empty_database(django_db_setup: Path | None) -> Path:
    """A file with the database as the migrations make it; for `embedded` tests."""
    assert django_db_setup, "a database server cannot be copied into a file; mark the test as `embedded`"
    return django_db_setup


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path | None:
    """The test database, and with SQLite a copy, made before any test: one that commits leaves it without its pages."""
    if connection.vendor != "sqlite":
        return None
    path = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    return path


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request leaves its language to the thread; the next test begins with the site's."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """The caches outlive a test's transaction; addresses of sites and pictures, and whole pages, must not."""
    memory.forget()
    for cache in caches.all(initialized_only=True):
        cache.clear()
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def empty_lexicon() -> Iterator[None]:
    """What one test's process has learnt of its index is nothing to the next."""
    lexicon.forget()
    yield
    lexicon.forget()


@pytest.fixture(autouse=True)
def nothing_waits_to_be_counted() -> Iterator[None]:
    """The questions and reads of one test are not written down in another's database."""
    query_log.forget(), reading.forget()
    yield
    query_log.forget(), reading.forget()


@pytest.fixture(autouse=True)
def connection_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's transaction is its connection's, which Django would close between requests (in memory SQLite stays)."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture
def home(db: None) -> HomePage:
    """The home page that the migrations make, root of the default site."""
    return HomePage.objects.get()


@pytest.fixture
def section(home: HomePage) -> NewsIndexPage:
    """A section of the site, at /tin-tuc/."""
    return home.add_child(instance=NewsIndexPage(title="Tin tức", slug="tin-tuc"))


@pytest.fixture
def make_article(section: NewsIndexPage) -> Callable[..., ArticlePage]:
    """Makes a published article, in the section or another `parent`; authors are pairs of name and post."""
    numbers = itertools.count(1)

    def make(
        parent: NewsIndexPage | None = None,
        tags: tuple[str, ...] | list[str] = (),
        authors: tuple[tuple[str, str], ...] | list[tuple[str, str]] = (),
        **fields: Any,
    ) -> ArticlePage:
        number = next(numbers)
        values = {
            "title": f"Bài viết số {number}",
            "slug": f"bai-viet-{number}",
            "published_at": datetime(2024, 1, 1, 12, number % 60, tzinfo=UTC),
        }
        article = ArticlePage(**(values | fields))
        for name, post in authors:
            article.authors.create(name=name, post=post)
        article.tags.add(*tags)
        return (parent or section).add_child(instance=article)

    return make


@pytest.fixture
def make_school(home: HomePage) -> Callable[..., SchoolPage]:
    """Makes a published school."""

    def make(title: str = "Trường Chính trị tỉnh Hoà Bình", **fields: Any) -> SchoolPage:
        return home.add_child(instance=SchoolPage(title=title, **fields))

    return make


@pytest.fixture
def make_person(home: HomePage) -> Callable[..., PersonPage]:
    """Makes a published person, in a directory at /can-bo/."""

    def make(title: str = "Phạm Thị Thu Hà", **fields: Any) -> PersonPage:
        below = PersonIndexPage.objects.filter(slug="can-bo").first() or home.add_child(
            instance=PersonIndexPage(title="Cán bộ", slug="can-bo")
        )
        return below.add_child(instance=PersonPage(title=title, **fields))

    return make


@pytest.fixture
def make_official_document(home: HomePage) -> Callable[..., OfficialDocumentPage]:
    """Makes a published official document, in a register at /van-ban/, with files perhaps."""

    def make(number: str = "444-KH/CTĐ", files: Iterable[Document] = (), **fields: Any) -> OfficialDocumentPage:
        below = DocumentIndexPage.objects.filter(slug="van-ban").first() or home.add_child(
            instance=DocumentIndexPage(title="Văn bản", slug="van-ban")
        )
        page = OfficialDocumentPage(**({"title": f"Văn bản {number}", "number": number} | fields))
        for file in files:
            page.files.create(file=file)
        return below.add_child(instance=page)

    return make


@pytest.fixture
def make_event(home: HomePage) -> Callable[..., EventPage]:
    """Makes a published event, in a calendar at /su-kien/; `taking_part` are schools."""

    def make(taking_part: Iterable[SchoolPage] = (), **fields: Any) -> EventPage:
        below = EventIndexPage.objects.filter(slug="su-kien").first() or home.add_child(
            instance=EventIndexPage(title="Sự kiện", slug="su-kien")
        )
        values = {
            "title": "Hội nghị tổng kết Cụm Thi đua",
            "starts_at": datetime(2023, 11, 8, 1, tzinfo=UTC),
            "ends_at": datetime(2023, 11, 9, 9, tzinfo=UTC),
        }
        event = EventPage(**(values | fields))
        for school in taking_part:
            event.participants.create(school=school)
        return below.add_child(instance=event)

    return make


@pytest.fixture
def make_image(db: None) -> Callable[..., Image]:
    """Makes a picture of 640 by 480, each of another colour."""
    numbers = itertools.count(1)

    def make(**fields: Any) -> Image:
        number = next(numbers)
        data = BytesIO()
        PillowImage.new("RGB", (640, 480), (number % 256, 80, 120)).save(data, "PNG")
        values = {"title": f"Ảnh {number}", "description": f"Mô tả ảnh {number}"}
        return Image.objects.create(file=ContentFile(data.getvalue(), f"anh-{number}.png"), **(values | fields))

    return make


@pytest.fixture
def make_document(db: None) -> Callable[..., Document]:
    """Makes a file to download."""

    def make(**fields: Any) -> Document:
        file = ContentFile("Nội dung".encode(), "tep.txt")
        return Document.objects.create(**({"title": "Tệp đính kèm", "file": file} | fields))

    return make


@pytest.fixture
def count_queries(db: None) -> Callable[[Callable[[], object]], int]:
    """The number of database queries that a call makes, for comparing two numbers of items."""

    def count(action: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            action()
        return len(captured)

    return count
