"""Files made to do harm: each refused with a reason, nothing of it written, the rest goes on, memory is bounded."""

import json
import os
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from cms.core.models import Document, Image
from cms.news.models import ArticlePage, NewsIndexPage
from tests.cms.importing.conftest import ARTICLE
from tests.cms.importing.test_import_articles import outcomes, reasons, run
from tests.cms.importing.test_media_and_archives import picture

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 20}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
MEGABYTES = 300  # more than any of these files may take


def word() -> bytes:
    document = docx.Document()
    for text in ("Tiêu đề bài viết", "Ngày đăng: 15/03/2022", "Sáng nay, trường tổ chức hội nghị."):
        document.add_paragraph(text)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def excel() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Tiêu đề", "Ngày đăng", "Nội dung"])
    book.active.append(["Hội nghị", "15/03/2022", "Sáng nay có hội nghị."])
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def changed(data: bytes, part: str, change, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The file with one part of it changed, or added."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(made, "w", method) as after:
        for name in before.namelist():
            after.writestr(name, change(before.read(name)) if name == part else before.read(name))
        if part not in before.namelist():
            after.writestr(part, change(b""))
    return made.getvalue()


def declared(doctype: str, inside: str):
    """Puts a document type before the root, and a mention of its entity inside."""

    def change(xml: bytes) -> bytes:
        text = xml.decode().partition("?>")[2] or xml.decode()
        return (doctype + text.replace(inside, "&i;" if "&h;" in doctype else "&a;")).encode()

    return change


def zipped(files: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def deep(xml: bytes) -> bytes:
    start = xml.index(b"<w:body>") + len(b"<w:body>")
    return xml[:start] + b"<w:sdt><w:sdtContent>" * 5000 + b"</w:sdtContent></w:sdt>" * 5000 + xml[start:]


def crowded(xml: bytes) -> bytes:
    start = xml.index(b"<w:body>") + len(b"<w:body>")
    return xml[:start] + b"<w:p/>" * 300_000 + xml[start:]


HOSTILE = {
    "cuoi.docx": (lambda: changed(word(), "word/document.xml", declared(LAUGHS, "Sáng nay")), "document type"),
    "ngoai.docx": (lambda: changed(word(), "word/document.xml", declared(OUTSIDE, "Sáng nay")), "document type"),
    "kieu.docx": (lambda: changed(word(), "word/styles.xml", declared(LAUGHS, "Normal")), "document type"),
    "cuoi.xlsx": (lambda: changed(excel(), "xl/worksheets/sheet1.xml", declared(LAUGHS, "x")), "document type"),
    "ngoai.xlsx": (lambda: changed(excel(), "xl/sharedStrings.xml", declared(OUTSIDE, "Hội nghị")), "document type"),
    "sau.docx": (lambda: changed(word(), "word/document.xml", deep), "too deeply nested"),
    "dong.docx": (lambda: changed(word(), "word/document.xml", crowded, zipfile.ZIP_STORED), "too many"),
    "bom.docx": (lambda: changed(word(), "word/media/a.bin", lambda _data: b"\0" * 50 * 1024**2), "made to explode"),
    "bom.xlsx": (lambda: changed(excel(), "xl/media/a.bin", lambda _data: b"\0" * 50 * 1024**2), "made to explode"),
    "thoat.docx": (lambda: changed(word(), "../../thoat.xml", lambda _data: b"<a/>"), "leads out"),
    "khong.docx": (lambda: b"<html><body>Not Word</body></html>", "not what its name says"),
    "khac.docx": (excel, "word/document.xml is missing"),
    "khac.xlsx": (lambda: zipped({"a.html": b"<p>"}), "is missing"),
    "anh.docx": (picture, "not what its name says"),
    "hai.docx": (lambda: picture() + word(), "does not begin as one"),
    "hong.docx": (lambda: word()[:-200], "not what its name says"),
    "anh.html": (picture, "binary, not text"),
    "nen.html": (lambda: zipped({"a.html": b"<p>"}), "binary, not text"),
    "gif.html": (lambda: b"GIF89a/*<html><body onload=alert(1)>*/", "is no text but: GIF"),
    "pdf.html": (lambda: b"%PDF-1.4 <html><body>", "is no text but: PDF"),
    "rtf.txt": (lambda: b"{\\rtf1 xin chao}", "is no text but: RTF"),
    "the.html": (lambda: b"<b>" * 200_000, "tags"),
    "anh.csv": (picture, "byte|binary"),
    "anh.jsonl": (lambda: b"\x89PNG\0", "not UTF-8|binary"),
    "dong.jsonl": (lambda: b'{"title": "' + b"a" * 5 * 1024**2, "more than 4 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_the_reason_and_the_rest_is_imported(
    section: NewsIndexPage, write, tmp_path: Path, name: str
) -> None:
    make, reason = HOSTILE[name]
    bad, good = write(name, make()), write("tot.txt", ARTICLE)
    report = run(bad, good, status=1)
    assert outcomes(report) == {name: "failed", "tot.txt": "made"}
    assert re.search(reason, reasons(report)[name])
    assert (ArticlePage.objects.count(), Image.objects.count(), Document.objects.count()) == (1, 0, 0)
    assert not list(tmp_path.rglob("thoat.xml"))


def test_what_is_unharmed_of_the_same_makers_is_imported(section: NewsIndexPage, write) -> None:
    assert set(outcomes(run(write("a.docx", word()), write("b.xlsx", excel()))).values()) == {"made"}


def test_a_picture_that_lies_elsewhere_is_neither_read_nor_fetched(section: NewsIndexPage, write) -> None:
    document = docx.Document(BytesIO(word()))
    document.add_picture(BytesIO(picture()))
    data = BytesIO()
    document.save(data)
    inside, linked = b'Target="media/image1.jpg"', b'Target="file:///etc/hostname" TargetMode="External"'
    hostile = changed(data.getvalue(), "word/_rels/document.xml.rels", lambda xml: xml.replace(inside, linked))
    hostile = changed(hostile, "word/document.xml", lambda xml: xml.replace(b"r:embed=", b"r:link="))
    report = run(write("bai.docx", hostile))
    assert list(outcomes(report).values()) == ["made"]
    assert not Image.objects.exists()


def test_a_link_in_a_folder_leads_nowhere(section: NewsIndexPage, write, tmp_path: Path) -> None:
    (tmp_path / "ngoai.docx").write_bytes(word())
    write("tot.txt", ARTICLE)
    (tmp_path / "pages" / "lien-ket.docx").symlink_to(tmp_path / "ngoai.docx")
    assert outcomes(run(tmp_path / "pages")) == {"lien-ket.docx": "skipped", "tot.txt": "made"}


def test_rows_numbered_beyond_all_measure_end_at_the_limit(section: NewsIndexPage, write, settings) -> None:
    settings.IMPORT_MAX_ENTRIES = 1000
    far = changed(excel(), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="2"', b'r="99999999999"'))
    report = run(write("xa.xlsx", far), status=1)
    assert reasons(report) == {"xa.xlsx": "more than 1000 rows"}


READ = """
import json, resource, sys
import django
django.setup()
from pathlib import Path
from cms.core.importing.sources import read_all
from cms.core.importing import portal_html, tables, word  # what reading loads does not count
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read = {}
for path in map(Path, sys.argv[1:]):
    problems = [reading.problem for reading in read_all([path]) if reading.article is None]
    read[path.name] = [problems, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024]
print(json.dumps(read))
"""


def test_files_of_five_hundred_megabytes_and_those_made_to_explode_take_little_memory(tmp_path: Path) -> None:
    paths = []
    for suffix in ("txt", "html", "docx", "xlsx", "csv", "jsonl", "zip"):
        paths.append(tmp_path / f"to.{suffix}")
        with paths[-1].open("wb") as file:
            file.truncate(500 * 1024**2)
    for name in ("cuoi.docx", "dong.docx", "bom.docx", "cuoi.xlsx", "the.html", "dong.jsonl"):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(HOSTILE[name][0]())
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", READ, *map(str, paths)], env=environment, capture_output=True, text=True, check=True
    )
    read = json.loads(done.stdout)
    assert all(problems for problems, _grown in read.values()), read
    assert max(grown for _problems, grown in read.values()) < MEGABYTES, read
