"""Files on their way in: kept privately, refused one by one and with a reason, without filling memory."""

import io
import itertools
import stat
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from cms.imports.models import Import
from cms.news.models import ArticlePage
from tests.cms.imports.conftest import act, archive, do_tasks, html, outcomes, page, picture, upload


def kept(settings) -> list[str]:
    return sorted(str(path.relative_to(settings.IMPORTS_DIR)) for path in Path(settings.IMPORTS_DIR).rglob("*.*"))


def test_files_are_kept_where_nobody_is_served_from_and_read_in_the_background(desk, section, settings):
    answer = upload(desk, section, {"bai.txt": page(), "cu.zip": archive({"tin/a.html": html("a")})})
    importing = Import.objects.get()
    assert answer.url == reverse("imports:detail", args=[importing.pk])
    assert importing.state == "reading"
    assert kept(settings) == [f"{importing.key}/bai.txt", f"{importing.key}/cu.zip"]
    assert stat.S_IMODE(importing.folder.stat().st_mode) == 0o700
    do_tasks()
    importing.refresh_from_db()
    assert importing.state == "ready"
    assert outcomes(importing) == {"bai.txt": "", "cu.zip/tin/a.html": ""}
    assert not ArticlePage.objects.exists()
    assert not Path(settings.MEDIA_ROOT).exists()


def test_a_name_leads_nowhere_and_takes_nobody_elses_place(desk, section, settings):
    upload(desk, section, {"../../a b.txt": page(), "a b.txt": page("BÀI KHÁC")})
    importing = Import.objects.get()
    assert kept(settings) == [f"{importing.key}/a b-2.txt", f"{importing.key}/a b.txt"]


def test_a_file_of_another_kind_is_refused_and_the_rest_goes_on(read):
    importing = read({"virus.exe": b"MZ", "bai.txt": page()})
    assert list(importing.refused) == ["virus.exe"]
    assert "not taken" in importing.refused["virus.exe"]
    assert outcomes(importing) == {"bai.txt": ""}


def test_nothing_but_refused_files_makes_no_import_and_says_why(desk, section, settings):
    answer = upload(desk, section, {"virus.exe": b"MZ"})
    assert "virus.exe: files of this kind are not taken" in answer.content.decode()
    assert not Import.objects.exists()
    assert kept(settings) == []


def test_a_form_without_files_asks_for_them(desk, section):
    assert "Choose at least one file." in upload(desk, section, {}).content.decode()


def test_an_archive_that_explodes_is_refused_whole_and_the_rest_goes_on(read, desk, settings):
    bomb = archive({"tin/bom.txt": b"\0" * 50 * 1024**2})
    importing = read({"bom.zip": bomb, "bai.txt": page()})
    assert "made to explode" in importing.refused["bom.zip"]
    assert list((importing.folder / "bom.zip").iterdir()) == []
    assert outcomes(act(desk, importing, "run")) == {"bai.txt": "made"}


def test_entries_that_lead_out_or_are_links_are_refused_and_the_rest_is_taken(read, settings, tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("../../ra-ngoai.txt", page())
        made.writestr("/etc/ra-ngoai.txt", page())
        link = zipfile.ZipInfo("lien-ket.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("tin/bai.txt", page())
    importing = read({"xau.zip": data.getvalue()})
    assert importing.refused == {
        "xau.zip/../../ra-ngoai.txt": "leads out of the archive",
        "xau.zip//etc/ra-ngoai.txt": "leads out of the archive",
        "xau.zip/lien-ket.txt": "a link or another special file",
    }
    assert outcomes(importing) == {"xau.zip/tin/bai.txt": ""}
    assert [path.name for path in tmp_path.rglob("*.txt")] == ["bai.txt"]


def test_an_archive_that_is_none_and_a_picture_that_is_more_are_named_in_the_report(read, desk):
    polyglot = picture() + b"<script>alert(1)</script>"
    importing = read({"gia.zip": b"PK no archive", "a.zip": archive({"a.html": html("a"), "anh/nha.jpg": polyglot})})
    assert "no zip archive" in importing.refused["gia.zip"]
    importing = act(desk, importing, "run")
    [row] = importing.pages.all()
    assert row.outcome == "made"
    assert [doubt for doubt in row.doubts if "is a picture and something else at once" in doubt]


def test_too_many_entries_are_refused(read, settings):
    settings.IMPORT_MAX_ENTRIES = 2
    many = archive({f"{number}.txt": page(f"BÀI {number}") for number in range(3)})
    importing = read({"nhieu.zip": many, "bai.txt": page()})
    assert importing.refused == {"nhieu.zip": "more than 2 entries"}


class Stream(io.RawIOBase):
    """A request's body with a file of so many megabytes that is made while it is read."""

    def __init__(self, before: bytes, megabytes: int, behind: bytes) -> None:
        self.length = len(before) + megabytes * 1024**2 + len(behind)
        self._parts = itertools.chain([before], itertools.repeat(bytes(1024**2), megabytes), [behind])
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        self._rest = self._rest or memoryview(next(self._parts, b""))
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def part(name: str, content: bytes | None = None, file: str = "") -> bytes:
    disposition = f'form-data; name="{name}"' + (f'; filename="{file}"' if file else "")
    head = f"--ranh-gioi\r\nContent-Disposition: {disposition}\r\n\r\n".encode()
    return head if content is None else head + content + b"\r\n"


def test_five_hundred_megabytes_are_refused_in_little_memory_and_the_files_around_them_taken(desk, section, settings):
    before = part("section", str(section.pk).encode()) + part("files", page().encode(), "truoc.txt")
    behind = part("files", page("BÀI SAU").encode(), "sau.txt") + b"--ranh-gioi--\r\n"
    stream = Stream(before + part("files", file="to.zip"), 500, b"\r\n" + behind)
    request = desk._base_environ(
        PATH_INFO=reverse("imports:add"),
        REQUEST_METHOD="POST",
        CONTENT_TYPE="multipart/form-data; boundary=ranh-gioi",
        CONTENT_LENGTH=str(stream.length),
    )
    tracemalloc.start()
    answer = desk.handler(request | {"wsgi.input": stream})  # without a CSRF token, as all of the client's requests
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.status_code == 302
    importing = Import.objects.get()
    assert importing.refused == {"to.zip": "larger than 400 MB"}
    assert kept(settings) == [f"{importing.key}/sau.txt", f"{importing.key}/truoc.txt"]
    assert list((Path(settings.IMPORTS_DIR) / "incoming").iterdir()) == []
    assert peak < 30 * 1024**2


def test_a_form_from_elsewhere_is_refused(publisher, section):
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(publisher)
    assert upload(stranger, section, {"bai.txt": page()}).status_code == 403
    assert not Import.objects.exists()


@pytest.mark.parametrize("actions", [("add", "change"), ("change", "publish"), ()])
def test_who_may_not_publish_new_pages_may_not_import(make_user, section, actions):
    client = Client()
    client.force_login(make_user("khac", section, *actions))
    assert client.get(reverse("imports:add"), follow=False).status_code in {302, 403}
    upload(client, section, {"bai.txt": page()})
    assert not Import.objects.exists()
    assert reverse("imports:index") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_who_may_publish_in_one_section_may_not_import_into_another(desk, other_section):
    answer = upload(desk, other_section, {"bai.txt": page()})
    assert answer.status_code == 200
    assert answer.context["form"].errors["section"]
    assert not Import.objects.exists()


def test_the_menu_leads_publishers_to_their_imports(desk):
    assert reverse("imports:index") in desk.get(reverse("wagtailadmin_home")).content.decode()
