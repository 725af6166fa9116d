"""Pictures and files of old pages, archives and records: what comes along, and what hostile input meets."""

import json
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction

from cms.core.importing.media import MAX_PIXELS, check_file, check_picture
from cms.core.importing.values import Unreadable
from cms.core.models import Document, Image
from cms.news.models import ArticlePage
from home.demo.papers import pdf
from tests.cms.importing.test_html import PAGE, TEXT
from tests.cms.importing.test_import_articles import outcomes, reasons, run

RECORD = {"title": "Bài từ bản xuất", "date": "2022-03-04T08:00:00", "html": f"<p>{TEXT}</p>"}


def picture(kind="JPEG", size=(64, 48)):
    data = BytesIO()
    Pillow.new("RGB", size, "navy").save(data, kind)
    return data.getvalue()


def archive(path: Path, files: dict[str, bytes | str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def blocks(page: ArticlePage, kind: str) -> list:
    return [block["value"] for block in ArticlePage.objects.get(pk=page.pk).body.raw_data if block["type"] == kind]


def test_an_archive_brings_its_pages_with_pictures_and_files(section, tmp_path, client):
    path = archive(
        tmp_path / "cu.zip",
        {"tin/bai.html": PAGE, "tin/anh/nha.jpg": picture(), "tep/ke-hoach.pdf": pdf("Kế hoạch", [["Trang một"]])},
    )
    report = run(path)
    [entry] = report["entries"]
    assert entry["file"] == f"{path}!tin/bai.html"
    assert entry["outcome"] == "made"
    assert any("pixel.gif" in doubt for doubt in entry["doubts"])
    page = ArticlePage.objects.get()
    [shown] = blocks(page, "picture")
    image = Image.objects.get(pk=shown["image"])
    assert (shown["alt_text"], shown["caption"]) == ("Ngôi nhà mới", "Ngôi nhà của bà Mến")
    assert (image.width, image.height, image.description) == (64, 48, "Ngôi nhà mới")
    [files] = blocks(page, "files")
    assert Document.objects.get(pk=files["files"][0]["value"]).title == "Kế hoạch"
    [table] = blocks(page, "table")
    assert table["data"] == [["Đơn vị", "Công"], ["Khoa A", "12"]]
    html = client.get(page.url).content.decode()
    assert "theo-doi.example" not in html
    assert "<li>Một <b>ngôi nhà</b></li>" in html
    assert Redirect.objects.get(old_path="/tin/trao-nha.html").redirect_page_id == page.pk


def test_running_it_again_changes_nothing_and_makes_no_second_copy(section, tmp_path):
    path = archive(tmp_path / "cu.zip", {"tin/bai.html": PAGE, "tin/anh/nha.jpg": picture()})
    run(path)
    assert list(outcomes(run(path)).values()) == ["unchanged"]
    assert Image.objects.count() == 1


def test_a_folder_of_pictures_may_be_named(section, write, tmp_path):
    (tmp_path / "kho" / "anh").mkdir(parents=True)
    (tmp_path / "kho" / "anh" / "nha.jpg").write_bytes(picture())
    run(write("bai.html", PAGE), media=[tmp_path / "kho"])
    assert Image.objects.count() == 1


def test_the_same_picture_is_in_the_library_once(section, write, make_image):
    there = Image.objects.create(title="Có rồi", file=ContentFile(picture(), "co.jpg"), width=64, height=48)
    there._set_file_hash()
    there.save()
    write("anh/nha.jpg", picture())
    run(write("bai.html", PAGE))
    assert blocks(ArticlePage.objects.get(), "picture")[0]["image"] == there.pk


def test_a_dry_run_tells_what_is_missing_and_writes_nothing(section, write):
    report = run(write("bai.html", PAGE), dry_run=True)
    assert any("anh/nha.jpg" in doubt for doubt in report["entries"][0]["doubts"])
    assert not Image.objects.exists()
    assert not ArticlePage.objects.exists()


def test_a_refused_page_leaves_no_picture_behind(section, write, monkeypatch):
    from django.core.exceptions import ValidationError

    def refuse(*args, **kwargs):
        raise ValidationError("không nhận")

    before = stored_pictures()
    write("anh/nha.jpg", picture())
    monkeypatch.setattr("cms.news.importing.importer.history.publish_new", refuse)
    run(write("bai.html", PAGE), status=1)
    assert not Image.objects.exists()
    assert stored_pictures() == before


def stored_pictures():
    storage = Image._meta.get_field("file").storage
    return storage.listdir("original_images")[1] if storage.exists("original_images") else []


def test_a_record_brings_all_that_it_names(section, write):
    record = RECORD | {
        "authors": ["ThS. Lê Thị Hoa - Khoa Xây dựng Đảng", {"name": "Văn An", "post": "Học viên"}],
        "url": "https://cu.example/bai?id=7", "reads": 41, "source": "Báo", "summary": "Tóm tắt", "tags": ["Thi đua"],
    }  # fmt: skip
    report = run(write("xuat.jsonl", json.dumps(record) + "\n\n" + json.dumps(RECORD | {"title": "Bài hai"})))
    assert [Path(entry["file"]).name for entry in report["entries"]] == ["xuat.jsonl:1", "xuat.jsonl:3"]
    page = ArticlePage.objects.get(title="Bài từ bản xuất")
    assert [(author.name, author.post) for author in page.authors.all()] == [
        ("ThS. Lê Thị Hoa", "Khoa Xây dựng Đảng"),
        ("Văn An", "Học viên"),
    ]
    assert (page.summary, page.source, [tag.name for tag in page.tags.all()]) == ("Tóm tắt", "Báo", ["Thi đua"])
    assert page.published_at.isoformat() == "2022-03-04T01:00:00+00:00"


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("{", "no JSON"),
        ("[1]", "no record"),
        (json.dumps({"date": "2022-01-01", "text": "x"}), "title: is missing"),
        (json.dumps(RECORD | {"date": "hôm qua"}), "date: no date"),
        (json.dumps(RECORD | {"mau": 1}), "mau: there is no such field"),
        (json.dumps(RECORD | {"authors": [{"post": "x"}]}), "authors: must be"),
        (json.dumps(RECORD | {"reads": "nhiều"}), "reads: must be"),
        (json.dumps(RECORD | {"html": ""}), "no text"),
        ("[" * 100_000, "no JSON"),
        (json.dumps(RECORD | {"date": "0001-01-01"}), "date: there is no such date"),
        (json.dumps(RECORD | {"date": "9999-12-31T23:00:00-14:00"}), "date: no date"),
        (json.dumps(RECORD | {"url": "https://[cu.example/bai"}), "url: is no address"),
    ],
)
def test_a_record_that_cannot_be_used_names_the_field(section, write, record, reason):
    report = run(write("xuat.jsonl", record + "\n" + json.dumps(RECORD)), status=1)
    assert reason in reasons(report)["xuat.jsonl:1"]
    assert outcomes(report)["xuat.jsonl:2"] == "made"


def test_a_record_may_spell_what_no_database_takes(section, write):
    record = RECORD | {"title": "Bài\ud800 từ\0 bản xuất", "authors": [{"name": "Văn\0 An", "post": "\udfff"}]}
    assert outcomes(run(write("xuat.jsonl", json.dumps(record)))) == {"xuat.jsonl:1": "made"}
    assert ArticlePage.objects.get().title == "Bài? từ bản xuất"


# Hostile input: each is refused with its name and the reason, and the rest goes on.


def refused(report, name):
    [reason] = [entry["reason"] for entry in report["entries"] if entry["file"].endswith(name)]
    return reason


def test_a_zip_bomb_is_refused_and_the_rest_goes_on(section, tmp_path, write):
    bomb = archive(tmp_path / "bom.zip", {"bai.html": PAGE, "khong.txt": b"\0" * 50 * 1024**2})
    report = run(bomb, write("bai.html", PAGE), status=1)
    assert "made to explode: khong.txt" in refused(report, "bom.zip")
    assert ArticlePage.objects.count() == 1


def test_an_archive_with_too_many_entries_is_refused(section, tmp_path, settings):
    settings.IMPORT_MAX_ENTRIES = 3
    path = archive(tmp_path / "nhieu.zip", {f"{n}.html": PAGE for n in range(4)})
    assert "more than 3 entries" in refused(run(path, status=1), "nhieu.zip")
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("name", ["../thoat.html", "/etc/thoat.html", "a/../../thoat.html", "..\\thoat.html"])
def test_an_entry_that_leads_out_is_refused_and_the_others_come_in(section, tmp_path, name):
    path = archive(tmp_path / "hang" / "thoat.zip", {name: "x", "bai.html": PAGE})
    report = run(path, status=1)
    assert refused(report, "thoat.html") == "leads out of the archive"
    assert ArticlePage.objects.count() == 1
    assert not list(tmp_path.rglob("thoat.html"))


def test_a_link_in_an_archive_is_refused(section, tmp_path):
    path = archive(tmp_path / "lien-ket.zip", {"bai.html": PAGE})
    link = zipfile.ZipInfo("bi-mat.html")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as made:
        made.writestr(link, "/etc/passwd")
    assert refused(run(path, status=1), "bi-mat.html") == "a link or another special file"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_entry_is_refused_and_the_others_come_in(section, tmp_path, method):
    path = tmp_path / "hong.zip"
    with zipfile.ZipFile(path, "w", method) as made:
        made.writestr("a.html", PAGE.replace("trao-nha", "a"))
        made.writestr("b.html", PAGE)
        start, end = 30 + len("a.html"), made.getinfo("b.html").header_offset
    data = bytearray(path.read_bytes())
    data[start + 12 : end] = b"\xff" * (end - start - 12)
    path.write_bytes(data)
    report = run(path, status=1)
    assert "cannot be read" in refused(report, "a.html")
    assert refused(report, "b.html") == ""


def test_an_entry_that_is_there_twice_or_named_beyond_all_measure_is_refused(section, tmp_path):
    path = archive(tmp_path / "ten.zip", {"bai.html": PAGE, "x" * 300 + ".html": PAGE})
    with zipfile.ZipFile(path, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("bai.html", "khác")
    report = run(path, status=1)
    reasons = {entry["file"].rpartition("!")[2][:3]: entry["reason"] for entry in report["entries"] if entry["reason"]}
    assert reasons == {"bai": "is in the archive twice", "xxx": "cannot be read: File name too long"}
    assert ArticlePage.objects.count() == 1


@pytest.mark.parametrize("source", ["//[x/a.jpg", "http://[x/a.jpg", "a" * 400 + ".jpg", "a/" * 3000, "%00.jpg"])
def test_an_address_that_makes_no_sense_leads_nowhere(section, write, source):
    html = PAGE.replace("anh/nha.jpg", source).replace("tep/ke-hoach.pdf", source.replace("jpg", "pdf"))
    assert list(outcomes(run(write("bai.html", html))).values()) == ["made"]
    assert not Image.objects.exists()


def test_an_old_address_that_makes_no_sense_is_left_out(section, write):
    html = PAGE.replace("https://cu.example", "https://[cu.example")
    assert html != PAGE
    assert list(outcomes(run(write("bai.html", html))).values()) == ["made"]
    assert ArticlePage.objects.get().legacy_url == ""


def test_a_picture_that_is_private_in_the_library_is_not_taken_for_a_public_page(section, write, make_image):
    private = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    there = Image.objects.create(
        title="Kín", file=ContentFile(picture(), "kin.jpg"), width=64, height=48, collection=private
    )
    there._set_file_hash()
    there.save()
    write("anh/nha.jpg", picture())
    run(write("bai.html", PAGE))
    [shown] = blocks(ArticlePage.objects.get(), "picture")
    assert shown["image"] != there.pk
    assert Image.objects.get(pk=shown["image"]).collection.is_root()


def test_an_archive_that_is_none_is_refused(section, write):
    assert "no zip archive" in refused(run(write("hong.zip", b"PK\x03\x04 hong"), status=1), "hong.zip")


def test_an_entry_that_lies_about_its_size_gives_no_more_than_it_says(section, tmp_path):
    path = archive(tmp_path / "noi-doi.zip", {"bai.html": PAGE, "to.txt": b"a" * 100_000})
    data = path.read_bytes().replace(struct.pack("<L", 100_000), struct.pack("<L", 10))
    path.write_bytes(data)
    report = run(path, status=1)
    assert refused(report, "to.txt")
    assert ArticlePage.objects.count() == 1


def test_a_picture_outside_the_folder_is_never_read(section, write, tmp_path):
    (tmp_path / "ngoai.jpg").write_bytes(picture())
    (tmp_path / "pages").mkdir(exist_ok=True)
    (tmp_path / "pages" / "lien-ket.jpg").symlink_to(tmp_path / "ngoai.jpg")
    for source in (
        "../ngoai.jpg",
        f"file://{tmp_path}/ngoai.jpg",
        "/../ngoai.jpg",
        "lien-ket.jpg",
        f"{tmp_path}/ngoai.jpg",
    ):
        html = PAGE.replace("anh/nha.jpg", source).replace("Trao tặng", source)
        run(write(f"{abs(hash(source))}.html", html.replace("trao-nha", f"{abs(hash(source))}")))
    assert not Image.objects.exists()


def huge():
    """A PNG of a few bytes that says it has ten thousand megapixels."""
    head = struct.pack(">LLBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">L", len(head)) + b"IHDR" + head + struct.pack(">L", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk


def zipped():
    made = BytesIO(picture())
    with zipfile.ZipFile(made, "a") as inside:
        inside.writestr("x.js", "alert(1)")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (huge(), "to.png", "."),
        (picture(size=(MAX_PIXELS // 1000 + 1, 1000)), "to.jpg", "million pixels"),
        (picture() + b"<script>alert(1)</script>", "a.jpg", "something else"),
        (zipped(), "a.jpg", "something else"),
        (b"GIF89a/*<svg onload=alert(1)>*/", "a.gif", "no picture"),
        (picture("PNG"), "a.jpg", "another kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "no picture"),
        (b"", "a.jpg", "no picture"),
        (picture()[:200], "a.jpg", "no picture"),
    ],
)
def test_a_picture_that_is_none_or_more_is_refused(data, name, reason):
    with pytest.raises(Unreadable, match=reason):
        check_picture(data, name)


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"MZ\x90", "a.exe"), (b"xin chao", "a.pdf"), (b"xin chao", "a.docx"), (b"", "a.txt"), (b"x", "a")],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(data, name):
    with pytest.raises(Unreadable):
        check_file(data, name)


def test_a_file_of_two_hundred_megabytes_is_refused_and_the_page_comes_in(section, write):
    path = write("tep/ke-hoach.pdf", b"%PDF-1.7")
    with path.open("r+b") as file:
        file.truncate(200 * 1024**2)
    report = run(write("bai.html", PAGE))
    assert any("larger than 50 MB" in doubt for doubt in report["entries"][0]["doubts"])
    assert not Document.objects.exists()
    assert ArticlePage.objects.count() == 1


def test_nothing_is_downloaded_unless_told_and_then_from_the_old_portal_alone(section, write, httpserver_of):
    server, asked = httpserver_of({"/anh/nha.jpg": picture()})
    html = PAGE.replace("anh/nha.jpg", f"{server}/anh/nha.jpg")
    run(write("bai.html", html))
    assert asked == []
    run(write("bai2.html", html.replace("Trao tặng", "Lần hai").replace("trao-nha", "hai")), download_from=server)
    assert "/anh/nha.jpg" in asked
    assert Image.objects.count() == 1
    assert all("theo-doi" not in path for path in asked)


@pytest.fixture
def httpserver_of():
    """Starts servers that answer with these bodies; their address, and the paths that were asked for."""
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    servers = []

    def start(bodies):
        asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                body = bodies.get(self.path)
                self.send_response(200 if body else 404)
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *args):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}", asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
