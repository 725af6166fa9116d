"""Word files, made by a program that writes such files: what is kept of them, and what comes in of their pictures."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from cms.core.importing import legacy, word
from cms.core.importing.doubts import doubts_of
from cms.core.importing.readers import reader_for
from cms.core.importing.values import BlockKind, ImportedArticle, Part
from cms.core.models import Image
from cms.news.models import ArticlePage, NewsIndexPage
from tests.cms.importing.test_import_articles import outcomes, run
from tests.cms.importing.test_media_and_archives import archive, picture

TITLE = "Hội thảo khoa học về chuyển đổi số trong giảng dạy"
TEXT = "Sáng 15/3, Trường Chính trị tỉnh tổ chức hội thảo khoa học cấp trường với sự tham gia của 60 giảng viên. "

Saver = Callable[[WordDocument], Path]


@pytest.fixture
def save(tmp_path: Path) -> Saver:
    def saved(document: WordDocument, name: str = "bai.docx") -> Path:
        path = tmp_path / "word" / name
        path.parent.mkdir(exist_ok=True)
        document.save(str(path))
        return path

    return saved


def centred(document: WordDocument, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = True


def link(paragraph: Paragraph, address: str, text: str) -> None:
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    element.append(run._r)
    paragraph._p.append(element)


def whole() -> WordDocument:
    """A report as people write it."""
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph("Ngày đăng: 15/03/2022")
    paragraph = document.add_paragraph(TEXT)
    paragraph.add_run("Chủ đề được nhiều người quan tâm.").bold = True
    link(document.add_paragraph("Tài liệu có trên "), "https://bao.example/tai-lieu", "trang của báo")
    document.paragraphs[-1].add_run(".")
    document.add_heading("Nội dung hội thảo", 1)
    document.add_paragraph("Bài giảng điện tử", style="List Bullet")
    document.add_paragraph("Kiểm tra trên máy", style="List Bullet")
    document.add_picture(BytesIO(picture()))
    document.inline_shapes[0]._inline.docPr.set("descr", "Toàn cảnh hội trường")
    document.add_paragraph("Quang cảnh hội thảo", style="Caption")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Khoa", "Số bài", "Xây dựng Đảng", "12"], strict=True):
        cell.text = text
    document.add_paragraph(TEXT)
    document.add_paragraph("ThS. Lê Thị Hoa")
    document.add_paragraph("Giảng viên Khoa Xây dựng Đảng")
    return document


def understood(path: Path, tmp_path: Path) -> ImportedArticle:
    folder = tmp_path / "anh"
    folder.mkdir(exist_ok=True)
    return word.parse(path, folder)


def test_a_file_is_understood_with_headings_lists_tables_links_and_pictures(save: Saver, tmp_path: Path) -> None:
    article = understood(save(whole()), tmp_path)
    assert (article.title, article.published_at.isoformat()) == (TITLE, "2022-03-15T00:00:00+07:00")
    assert [(author.name, author.post) for author in article.authors] == [
        ("ThS. Lê Thị Hoa", "Giảng viên Khoa Xây dựng Đảng")
    ]
    assert [block.kind for block in article.blocks] == [
        BlockKind.TEXT, BlockKind.TEXT, BlockKind.HEADING, BlockKind.RICH, BlockKind.PICTURE, BlockKind.TABLE,
        BlockKind.TEXT,
    ]  # fmt: skip
    assert "<b>Chủ đề được nhiều người quan tâm.</b>" in article.blocks[0].html
    assert '<a href="https://bao.example/tai-lieu">trang của báo</a>' in article.blocks[1].html
    assert article.blocks[3].html == "<ul><li>Bài giảng điện tử</li><li>Kiểm tra trên máy</li></ul>"
    assert (article.blocks[4].alt, article.blocks[4].text) == ("Toàn cảnh hội trường", "Quang cảnh hội thảo")
    assert article.blocks[5].rows == (("Khoa", "Số bài"), ("Xây dựng Đảng", "12"))
    assert article.doubts == ()


def test_a_file_becomes_a_page_with_its_picture(section: NewsIndexPage, save: Saver) -> None:
    assert outcomes(run(save(whole()))) == {"bai.docx": "made"}
    page = ArticlePage.objects.get()
    [shown] = [block["value"] for block in page.body.raw_data if block["type"] == "picture"]
    assert shown["image"] == Image.objects.get().pk
    assert (shown["alt_text"], shown["caption"]) == ("Toàn cảnh hội trường", "Quang cảnh hội thảo")


def test_a_file_in_an_archive_brings_its_picture_too(section: NewsIndexPage, save: Saver, tmp_path: Path) -> None:
    run(archive(tmp_path / "cu.zip", {"tin/bai.docx": save(whole()).read_bytes()}))
    assert (ArticlePage.objects.count(), Image.objects.count()) == (1, 1)


def test_the_first_heading_is_the_title_where_no_style_says_so(save: Saver, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading(TITLE, 1)
    for text in ("Ngày đăng: 15/03/2022", TEXT, TEXT):
        document.add_paragraph(text)
    assert understood(save(document), tmp_path).title == TITLE


def test_a_bold_centred_title_of_two_lines_below_a_letters_head_is_found(save: Saver, tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "TRƯỜNG CHÍNH TRỊ TỈNH"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    table.cell(0, 1).add_paragraph("Độc lập - Tự do - Hạnh phúc")
    table.cell(0, 1).add_paragraph("Yên Bái, ngày 15 tháng 3 năm 2022")
    centred(document, "TRƯỜNG CHÍNH TRỊ TỈNH")
    centred(document, "HỘI THẢO KHOA HỌC")
    centred(document, "VỀ CHUYỂN ĐỔI SỐ TRONG GIẢNG DẠY")
    document.add_paragraph(TEXT)
    centred(document, "I. Kết quả")
    document.add_paragraph(TEXT)
    article = understood(save(document), tmp_path)
    assert article.title == "HỘI THẢO KHOA HỌC VỀ CHUYỂN ĐỔI SỐ TRONG GIẢNG DẠY"
    assert article.published_at.isoformat() == "2022-03-15T00:00:00+07:00"
    assert [block.kind for block in article.blocks] == [BlockKind.TEXT, BlockKind.HEADING, BlockKind.TEXT]


def test_without_a_date_in_the_text_it_is_the_day_of_saving_with_a_doubt(save: Saver, tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.modified = datetime(2021, 5, 6, 1, tzinfo=UTC)
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(TEXT)
    article = understood(save(document), tmp_path)
    assert article.published_at == datetime(2021, 5, 6, 1, tzinfo=UTC)
    assert [doubt.part for doubt in article.doubts] == [Part.DATE]


def test_without_a_title_the_file_waits_for_an_editor(save: Saver) -> None:
    document = docx.Document()
    document.add_paragraph("Ngày đăng: 15/03/2022")
    document.add_paragraph(TEXT)
    path = save(document)
    [reading] = reader_for(path).read(path)
    assert (reading.problem, reading.article.title) == ("no title found", "")
    assert Part.TITLE in {doubt.part for doubt in doubts_of(reading)}


def test_notes_follow_the_text_and_the_byline_is_found_before_them(save: Saver, tmp_path: Path) -> None:
    document = whole()
    path = save(with_note(document))
    article = understood(path, tmp_path)
    assert article.authors[0].name == "ThS. Lê Thị Hoa"
    assert (article.blocks[-1].kind, article.blocks[-1].text) == (BlockKind.RICH, "Theo báo cáo năm 2021.")


def with_note(document: WordDocument) -> WordDocument:
    """The document with a note at its foot, which the program that makes it knows nothing of."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part as FilePart

    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    notes = f'<w:footnotes xmlns:w="{w}"><w:footnote w:id="2"><w:p><w:r><w:t>Theo báo cáo năm 2021.</w:t></w:r></w:p></w:footnote></w:footnotes>'  # noqa: E501
    part = FilePart(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        notes.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    document.paragraphs[2].add_run()._r.append(reference)
    return document


def test_the_fonts_of_runs_and_styles_reach_the_repair(
    save: Saver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, str | None] = {}
    monkeypatch.setattr(legacy, "repaired", lambda parts: seen.update(parts) or [text.upper() for text, _font in parts])
    document = docx.Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.add_heading("mặc định", 1)
    document.add_paragraph("Ngày đăng: 15/03/2022")
    document.add_paragraph("mặc định.")
    document.add_paragraph().add_run("riêng.").font.name = "VNI-Times"
    article = understood(save(document), tmp_path)
    assert (seen["mặc định."], seen["riêng."]) == (".VnTime", "VNI-Times")
    assert [article.title, *(block.text for block in article.blocks)] == ["MẶC ĐỊNH", "MẶC ĐỊNH.", "RIÊNG."]
