"""Imports in the admin, by people with rights in one section or another, and a worker that does their tasks."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_tasks_db.management.commands.db_worker import Worker
from PIL import Image as Pillow
from wagtail.models import GroupPagePermission, Page

from cms.core.models import User
from cms.imports import pace
from cms.imports.models import Import
from cms.news.models import NewsIndexPage
from home.background import BACKEND

TEXT = "Sáng 10/11, Công đoàn trường trao nhà tình nghĩa cho gia đình bà Hoàng Thị Mến ở xã Phúc Lộc.\n\nNgôi nhà rộng."
HTML = """<!doctype html><html><head><meta property="article:published_time" content="2021-11-10T14:28:00+07:00">
<link rel="canonical" href="https://cu.example/tin/{name}.html"><script>alert("trộm")</script></head><body>
<h1>{title}</h1><p>Sáng 10/11, Công đoàn trường trao nhà tình nghĩa cho gia đình bà Hoàng Thị Mến ở xã Phúc Lộc.</p>
<figure><img src="{picture}" alt="Ngôi nhà"><figcaption>Ngôi nhà của bà Mến</figcaption></figure>
<p>Ngôi nhà rộng 60 mét vuông, do cán bộ và giảng viên góp tiền, góp công.</p>
<p style="text-align:right"><b>ThS. Lê Thị Hoa</b></p><p>Giảng viên Khoa Xây dựng Đảng</p></body></html>"""


def page(title: str = "TRAO TẶNG NHÀ TÌNH NGHĨA", date: str = "10/11/2021 2:28:00 CH") -> str:
    """A page of text as a crawler saved it."""
    return f"{title}\n\nNgày xuất bản: {date}\nLượt đọc: 120\n\n{TEXT}\n\n     ThS. Lê Thị Hoa\n\n     Giảng viên\n"


def html(name: str, title: str = "Trao nhà tình nghĩa", picture: str = "anh/nha.jpg") -> str:
    """A page of HTML with a picture, at an address of its own."""
    return HTML.format(name=name, title=title, picture=picture)


def picture(kind: str = "JPEG", colour: str = "navy") -> bytes:
    data = BytesIO()
    Pillow.new("RGB", (64, 48), colour).save(data, kind)
    return data.getvalue()


def archive(files: dict[str, bytes | str]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return data.getvalue()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in the source language; jobs speak the site's."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of this test's own for uploads and for the library; a worker that nobody wants to rest."""
    monkeypatch.setattr(pace, "REST", 0)
    settings.IMPORTS_DIR, settings.MEDIA_ROOT = tmp_path / "imports", tmp_path / "media"
    settings.LANGUAGE_CODE = "en"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def other_section(home: Page) -> NewsIndexPage:
    """A section that the publisher has no rights in."""
    return home.add_child(instance=NewsIndexPage(title="Tin trường khác", slug="tin-khac"))


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Makes somebody who may do `actions` in a section and below, and enter the admin."""

    def make(name: str, section: Page, *actions: str) -> User:
        group = Group.objects.create(name=name)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for action in actions:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
            GroupPagePermission.objects.create(group=group, page=section, permission=permission)
        user = User.objects.create_user(name, f"{name}@truong.example", "x")
        user.groups.add(group)
        return user

    return make


@pytest.fixture
def publisher(make_user: Callable[..., User], section: NewsIndexPage) -> User:
    return make_user("bien-tap", section, "add", "change", "publish")


@pytest.fixture
def desk(publisher: User) -> Client:
    """The publisher, logged in."""
    client = Client()
    client.force_login(publisher)
    return client


def do_tasks() -> None:
    """What `db_worker --batch` does, in this process."""
    Worker(
        queue_names=["default"], interval=0, batch=True, backend_name=BACKEND, startup_delay=False, max_tasks=None,
        worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip


def upload(client: Client, section: Page, files: dict[str, bytes | str], **values: Any) -> Any:
    """The answer to an upload of these files."""
    sent = [
        SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
        for name, content in files.items()
    ]
    return client.post(reverse("imports:add"), {"section": section.pk, "files": sent, **values})


@pytest.fixture
def read(desk: Client, section: NewsIndexPage) -> Callable[..., Import]:
    """An import of these files, uploaded by the publisher and read."""

    def read(files: dict[str, bytes | str], **values: Any) -> Import:
        answer = upload(desk, section, files, **values)
        assert answer.status_code == 302, answer.context["form"].errors
        do_tasks()
        return Import.objects.latest("pk")

    return read


def act(client: Client, importing: Import, action: str) -> Import:
    """The import after somebody has told it to do something, and a worker has been at it."""
    answer = client.post(reverse("imports:act", args=[importing.pk, action]))
    assert answer.status_code == 302
    do_tasks()
    return Import.objects.filter(pk=importing.pk).first()


def outcomes(importing: Import) -> dict[str, str]:
    """What became of each page, by where it came from."""
    return dict(importing.pages.values_list("origin", "outcome"))
