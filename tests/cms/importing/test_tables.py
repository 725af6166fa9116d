"""Tables: CSV as programs of all kinds write it, Excel files as openpyxl does."""

import csv
import unicodedata
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError

from cms.core.importing.tables import columns_of, guess
from cms.core.importing.values import Unreadable
from cms.core.models import ReadCount
from cms.news.models import ArticlePage, NewsIndexPage
from tests.cms.importing.test_import_articles import outcomes, reasons, run

TEXT = "Sáng 15/3, trường tổ chức hội thảo khoa học. Có 60 giảng viên tham dự."
NAMES = ["STT", "Tiêu đề", "Ngày đăng", "Nội dung", "Tác giả", "Chuyên mục", "Đường dẫn", "Lượt xem", "Từ khóa"]
ROW = [1, "Hội thảo khoa học", "15/03/2022 8:30", TEXT, "ThS. Lê Thị Hoa", "Khoa học",
       "http://cu.example/bai?id=7", "1.234", "hội thảo; khoa học"]  # fmt: skip


def csv_text(rows: list[list], delimiter: str = ",") -> str:
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.fixture
def excel(tmp_path: Path) -> Callable[[list[list]], Path]:
    def made(rows: list[list], name: str = "bai.xlsx") -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return made


def test_a_row_becomes_a_page_with_all_that_its_columns_hold(section: NewsIndexPage, write) -> None:
    report = run(write("bai.csv", csv_text([NAMES, ROW])))
    page = ArticlePage.objects.get()
    assert outcomes(report) == {"bai.csv:2": "made"}
    assert (page.title, page.legacy_url) == ("Hội thảo khoa học", "http://cu.example/bai?id=7")
    assert page.published_at.isoformat() == "2022-03-15T01:30:00+00:00"
    assert [author.name for author in page.authors.all()] == ["ThS. Lê Thị Hoa"]
    assert sorted(tag.name for tag in page.tags.all()) == ["hội thảo", "khoa học"]
    assert report["sections"] == {"Khoa học": 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separator_and_encoding_are_found_out(write, encoding: str, delimiter: str, section: NewsIndexPage) -> None:
    path = write("bai.csv", csv_text([NAMES, ROW], delimiter).encode(encoding))
    assert columns_of(path) == NAMES
    run(path)
    assert ArticlePage.objects.get().title == "Hội thảo khoa học"


def test_what_excel_writes_on_old_vietnamese_machines_is_read(section: NewsIndexPage, write) -> None:
    run(write("bai.csv", "".join(map(_with_tone_apart, csv_text([NAMES, ROW]))).encode("cp1258")))
    assert ArticlePage.objects.get().title == "Hội thảo khoa học"


def _with_tone_apart(char: str) -> str:
    """As Windows-1258 has it: the letter with its hat, and its tone behind it."""
    parts = unicodedata.normalize("NFD", char)
    tone = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone)) + tone


def test_cells_may_have_lines_and_quotes(section: NewsIndexPage, write) -> None:
    row = [*ROW[:3], f'Dòng một, có "dấu ngoặc".\n\n{TEXT}', *ROW[4:]]
    run(write("bai.csv", csv_text([NAMES, row])))
    assert 'Dòng một, có "dấu ngoặc".' in ArticlePage.objects.get().body[0].value.source


def test_a_body_of_html_is_read_as_html(section: NewsIndexPage, write) -> None:
    row = [*ROW[:3], f"<h2>Kết quả</h2><p>{TEXT}</p><script>alert(1)</script>", *ROW[4:]]
    run(write("bai.csv", csv_text([NAMES, row])))
    assert [block.block_type for block in ArticlePage.objects.get().body] == ["heading", "text"]


def test_an_excel_table_is_read_with_its_dates_and_numbers(section: NewsIndexPage, excel) -> None:
    row = [1, "Hội thảo khoa học", datetime(2022, 3, 15, 8, 30), TEXT, None, None, None, 1234.0, None]
    assert outcomes(run(excel([NAMES, row]))) == {"bai.xlsx:2": "made"}
    page = ArticlePage.objects.get()
    assert page.published_at.isoformat() == "2022-03-15T01:30:00+00:00"
    assert ReadCount.objects.get(page=page).count == 1234


def test_the_names_of_columns_in_both_languages_are_understood() -> None:
    english = ["ID", "Title", "Published at", "Content", "Author", "Category", "Link", "Views", "Excerpt", "Tags"]
    assert guess(english) == {
        "title": "Title", "date": "Published at", "text": "Content", "authors": "Author", "section": "Category",
        "url": "Link", "reads": "Views", "summary": "Excerpt", "tags": "Tags",
    }  # fmt: skip
    assert guess(["TIÊU ĐỀ:", "Ngày xuất bản", "Nội dung HTML", "Nội dung"]) == {
        "title": "TIÊU ĐỀ:", "date": "Ngày xuất bản", "html": "Nội dung HTML"
    }  # fmt: skip


def test_columns_may_be_named_by_hand(section: NewsIndexPage, write) -> None:
    path = write("bai.csv", csv_text([["a", "b", "c"], ["Hội thảo khoa học", "15/03/2022", TEXT]]))
    assert reasons(run(path, status=1)) == {"bai.csv": "title: no column holds it; there are: “a”, “b”, “c”"}
    run(path, column=["title=a", "date=b", "text=c"])
    assert ArticlePage.objects.get().title == "Hội thảo khoa học"


def test_a_column_that_is_not_there_is_named(section: NewsIndexPage, write) -> None:
    path = write("bai.csv", csv_text([NAMES, ROW]))
    assert reasons(run(path, status=1, column=["title=Tên"]))["bai.csv"].startswith(
        "title: there is no column “Tên”; there are: “STT”, “Tiêu đề”"
    )
    with pytest.raises(CommandError, match="there is no field “ten”; there are: authors, date"):
        run(path, column=["ten=Tên"])


@pytest.mark.parametrize(
    "cell", ['=HYPERLINK("http://x")', "=1+1", "@SUM(1+1)", "+CMD|' /C calc'!A0", "-2+3+cmd|'x'!A0"]
)
def test_a_formula_is_refused_with_its_place_and_the_other_rows_come_in(
    section: NewsIndexPage, write, cell: str
) -> None:
    bad = [*ROW[:1], cell, *ROW[2:]]
    report = run(write("bai.csv", csv_text([NAMES, bad, ROW])), status=1)
    assert reasons(report)["bai.csv:2"].startswith("cell B2: formulas are not taken")
    assert outcomes(report)["bai.csv:3"] == "made"


def test_a_formula_of_excel_is_refused_and_never_worked_out(section: NewsIndexPage, excel) -> None:
    bad = [*ROW[:3], '=CONCATENATE("a","b")', *ROW[4:]]
    report = run(excel([NAMES, bad, ROW]), status=1)
    assert reasons(report)["bai.xlsx:2"].startswith("cell D2: formulas are not taken")
    assert ArticlePage.objects.count() == 1


@pytest.mark.parametrize("text", ["- Căn cứ Quyết định số 12.", "+84 912 345 678 là số máy trực.", "-Họp (sáng)."])
def test_a_text_that_begins_with_a_sign_is_no_formula(section: NewsIndexPage, write, text: str) -> None:
    run(write("bai.csv", csv_text([NAMES, [*ROW[:3], text, *ROW[4:]]])))
    assert text in ArticlePage.objects.get().body[0].value.source


def test_a_row_without_a_date_waits_for_an_editor_and_the_rest_comes_in(section: NewsIndexPage, write) -> None:
    report = run(write("bai.csv", csv_text([NAMES, [*ROW[:2], "", *ROW[3:]], ROW])), status=1)
    assert reasons(report)["bai.csv:2"] == "date: is missing"
    assert outcomes(report)["bai.csv:3"] == "made"


def test_too_many_rows_are_refused_as_a_whole(section: NewsIndexPage, write, excel, settings) -> None:
    settings.IMPORT_MAX_ENTRIES = 20
    for path in (write("bai.csv", csv_text([NAMES, *[ROW] * 20])), excel([NAMES, *[ROW] * 20])):
        assert reasons(run(path, status=1))[path.name] == "more than 20 rows"
    assert not ArticlePage.objects.exists()


def test_a_table_without_anything_in_it_says_so(write, excel) -> None:
    for path in (write("bai.csv", ""), excel([])):
        with pytest.raises(Unreadable, match="empty"):
            columns_of(path)
