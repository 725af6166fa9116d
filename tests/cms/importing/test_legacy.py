"""Pages in the encodings before Unicode are imported as if they had been written today."""

import json

import pytest

from cms.core.importing import files, portal_html, portal_text, records
from cms.core.importing.values import Unreadable
from cms.news.models import ArticlePage
from search.vietnamese.encodings import Encoding, encode, misread
from tests.cms.importing.conftest import ARTICLE
from tests.cms.importing.test_import_articles import run

ENCODINGS = list(Encoding)
TITLE = "Trao tặng nhà tình nghĩa tại xã Phúc Lộc"
PAGE = ARTICLE.replace(TITLE.upper(), TITLE) + "\nThS. Lê Thị Hoa\n\nGiảng viên Trường Chính trị tỉnh\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_bytes_of_a_page_of_text_are_read(encoding):
    assert portal_text.parse(files.decode(encode(PAGE, encoding))) == portal_text.parse(PAGE)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_page_that_was_read_wrongly_before_is_put_right(encoding):
    assert portal_text.parse(misread(PAGE, encoding)) == portal_text.parse(PAGE)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_page_of_html_is_read(encoding):
    html = f"<html><body><h1>{TITLE}</h1>" + "".join(f"<p>{line}</p>" for line in PAGE.splitlines()[2:] if line)
    assert portal_html.parse(files.decode(encode(html, encoding))) == portal_html.parse(html)
    assert portal_html.parse(misread(html, encoding)) == portal_html.parse(html)


def test_a_title_in_a_font_for_capitals_is_in_capitals():
    html = f"<h1><font face='.VnTimeH'>{misread(TITLE, Encoding.TCVN3)}</font></h1>" + "".join(
        f"<p>{line}</p>" for line in PAGE.splitlines()[2:] if line
    )
    assert portal_html.parse(html).title == TITLE.upper()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_title_body_and_byline_of_a_record_are_put_right(encoding):
    record = {
        "title": TITLE,
        "date": "2021-11-10",
        "html": "<p>Sáng 10/11, <b>Công đoàn trường</b> trao nhà tình nghĩa cho gia đình bà Hoàng Thị Mến.</p>",
        "authors": ["ThS. Lê Thị Hoa", {"name": "Nguyễn Văn Ước", "post": "Giảng viên khoa Lý luận"}],
        "tags": ["công đoàn"],
        "source": "Cổng thông tin điện tử",
        "url": "https://portal.example.vn/é",
    }
    seen = json.loads(json.dumps(record))
    seen |= {name: misread(record[name], encoding) for name in ("title", "html", "source")}
    seen["tags"] = [misread(tag, encoding) for tag in record["tags"]]
    seen["authors"] = [misread(record["authors"][0], encoding), {
        name: misread(value, encoding) for name, value in record["authors"][1].items()
    }]  # fmt: skip
    assert records.parse(json.dumps(seen)) == records.parse(json.dumps(record))


def test_lines_in_an_old_encoding_within_a_file_of_utf_8_are_read():
    data = "Cổng thông tin\n".encode() + encode("Đội thủ của trường\n", Encoding.TCVN3) + "Liên hệ".encode()
    assert files.decode(data) == "Cổng thông tin\n§éi thñ cña tr­êng\nLiên hệ"


def test_a_page_of_another_language_in_the_encoding_of_windows_is_read():
    assert files.decode("“L’été” à Hanoï".encode("cp1252")) == "“L’été” à Hanoï"


def test_what_is_unsure_is_a_doubt_with_its_confidence():
    page = ARTICLE.replace(TITLE.upper(), "Title").splitlines()
    seen = "\n".join([*page[:5], "", "The team that played in the final of the cup this year:", "", "§éi thñ"])
    assert "TCVN3 (ABC), of which we are" in " ".join(portal_text.parse(seen).doubts)


def test_random_bytes_are_no_text():
    with pytest.raises(Unreadable, match="not UTF-8"):
        files.decode(bytes(range(0x80, 0x100)) * 4)


def test_the_whole_import_takes_them(section, write):
    run(
        write("abc.txt", encode(PAGE, Encoding.TCVN3)),
        write("vni.html", encode(PAGE.replace("\n\n", "<p>"), Encoding.VNI)),
    )
    titles = list(ArticlePage.objects.values_list("title", flat=True))
    assert titles[0] == TITLE
