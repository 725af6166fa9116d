import unicodedata

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cms.core.importing.portal_text import parse
from cms.core.importing.values import BlockKind, ImportedArticle, ImportedAuthor, Unreadable
from tests.cms.importing.conftest import ARTICLE, DATA


def page(name: str) -> ImportedArticle:
    return parse((DATA / f"{name}.txt").read_text(encoding="utf-8"))


def texts(article: ImportedArticle, kind: BlockKind) -> list[str]:
    return [block.text for block in article.blocks if block.kind is kind]


def local(article: ImportedArticle) -> str:
    return timezone.localtime(article.published_at).strftime("%d/%m/%Y %H:%M")


def test_the_real_page_is_understood_whole(sample: str) -> None:
    article = parse(sample)
    assert article.title.startswith("HỘI NGHỊ TỔNG KẾT CỤM THI ĐUA")
    assert article.title.endswith("MIỀN NÚI PHÍA BẮC")
    assert local(article) == "10/11/2023 14:28"
    assert article.reads == 3073
    assert article.authors == (ImportedAuthor("Ths. Phạm Thị Thu Hà", "Giảng viên Trường Chính trị tỉnh"),)
    assert len(texts(article, BlockKind.TEXT)) == 6
    assert [caption.split()[-3:] for caption in texts(article, BlockKind.CAPTION)] == [
        ["trưởng", "năm", "2023"],
        ["hình", "lưu", "niệm"],
        ["phó", "năm", "2024"],
    ]
    assert article.doubts == ()


def test_the_sites_chrome_is_no_part_of_the_real_page(sample: str) -> None:
    everything = " ".join(block.text for block in parse(sample).blocks)
    assert not any(chrome in everything for chrome in ("Loading", "Chào mừng", "Lượt đọc", "Ngày xuất bản"))


def test_a_title_over_two_lines_is_one_and_noted() -> None:
    article = page("hai_dong_khong_dong_trong")
    assert article.title == "KHAI GIẢNG LỚP TRUNG CẤP LÝ LUẬN CHÍNH TRỊ HỆ KHÔNG TẬP TRUNG, KHÓA HỌC 2022 - 2024"
    assert article.doubts == ("the title stood on 2 lines",)


def test_paragraphs_without_blank_lines_between_them_stay_apart() -> None:
    article = page("hai_dong_khong_dong_trong")
    assert len(texts(article, BlockKind.TEXT)) == 3
    assert texts(article, BlockKind.CAPTION) == [
        "Toàn cảnh buổi lễ khai giảng",
        "(Đồng chí Lò Văn Thắng tặng hoa chúc mừng lớp học)",
    ]


def test_date_and_reads_may_share_a_line_and_a_byline_one_too() -> None:
    article = page("hai_dong_khong_dong_trong")
    assert (local(article), article.reads) == ("05/09/2022 09:05", 1234)
    assert article.authors == (ImportedAuthor("ThS. Hà Minh Tuấn", "Khoa Lý luận cơ sở"),)


def test_other_articles_and_the_footer_are_left_out() -> None:
    assert texts(page("hai_dong_khong_dong_trong"), BlockKind.TEXT)[-1].endswith("bài giảng./.")
    assert texts(page("chan_trang"), BlockKind.TEXT)[-1].startswith("Hội thảo kết thúc")


def test_address_source_authors_and_reads_are_found_around_the_text() -> None:
    article = page("chan_trang")
    assert article.address == "http://www.truongchinhtri.example/ArticleDetail.aspx?id=543&cat=7"
    assert (article.source, article.reads) == ("Báo điện tử tỉnh", 87)
    assert article.authors == (ImportedAuthor("Thu Hà"), ImportedAuthor("Văn Nam"))


def test_numbered_headings_are_headings_and_items_of_lists_are_text() -> None:
    article = page("chan_trang")
    assert texts(article, BlockKind.HEADING) == ["1. Kết quả đạt được", "2. Giải pháp trong thời gian tới"]
    assert sum(text.startswith("- ") for text in texts(article, BlockKind.TEXT)) == 3


def test_a_date_below_the_text_is_found() -> None:
    article = page("ngay_duoi_bai")
    assert (article.title, local(article)) == ("Thông báo lịch thi tuyển viên chức năm 2021", "08/06/2021 08:00")
    assert len(article.blocks) == 3


def test_a_title_below_the_date_is_found_and_noted() -> None:
    article = page("ngay_tren_tieu_de")
    assert article.title == "Gặp mặt kỷ niệm Ngày Nhà giáo Việt Nam"
    assert (local(article), article.reads) == ("20/11/2019 00:15", 456)
    assert article.doubts == ("the title was taken from below the date",)
    assert texts(article, BlockKind.CAPTION) == ["Quang cảnh buổi gặp mặt. Ảnh: Văn Nam"]


def test_lines_that_a_program_wrapped_are_put_together() -> None:
    article = page("ngat_dong")
    assert [text.split()[-1] for text in texts(article, BlockKind.TEXT)] == ["biểu.", "xa."]
    assert article.authors == (
        ImportedAuthor("Nguyễn Thị Hồng Nhung"),
        ImportedAuthor("Lê Văn Quang", "Giảng viên Khoa Xây dựng Đảng"),
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n\n", "\n \t\n\n\n"),
        lambda text: "\ufeff" + text,
    ],
)
def test_line_ends_and_kinds_of_spaces_do_not_matter(change) -> None:
    assert parse(change(ARTICLE)) == parse(ARTICLE)


def test_a_last_sentence_that_begins_with_a_name_is_no_byline() -> None:
    article = parse(ARTICLE + "\nHoàng Thị Mến cảm ơn nhà trường.\n")
    assert article.authors == ()
    assert article.blocks[-1].text == "Hoàng Thị Mến cảm ơn nhà trường."


def test_a_last_caption_that_begins_with_a_name_is_no_byline() -> None:
    article = parse(ARTICLE + "\nNguyễn Văn An, Bí thư Đảng ủy xã phát biểu\n")
    assert article.authors == ()
    assert article.blocks[-1].kind is BlockKind.CAPTION


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Tác giả: Nguyễn Thị Hoài An - Phó Trưởng phòng", (ImportedAuthor("Nguyễn Thị Hoài An", "Phó Trưởng phòng"),)),
        ("ThS. Trần Thị Lan (Khoa Xây dựng Đảng)", (ImportedAuthor("ThS. Trần Thị Lan", "Khoa Xây dựng Đảng"),)),
        ("PGS.TS. Đỗ Văn Bình", (ImportedAuthor("PGS.TS. Đỗ Văn Bình"),)),
        ("Lê Thị Hoa", (ImportedAuthor("Lê Thị Hoa"),)),
    ],
)
def test_bylines_of_one_line_are_understood(line: str, authors: tuple[ImportedAuthor, ...]) -> None:
    assert parse(f"{ARTICLE}\n{line}\n").authors == authors


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ARTICLE.replace("10/11/2021 2:28:00 CH", "31/02/2023"), "no such date: 31/02/2023"),
        (ARTICLE.replace("Ngày xuất bản: 10/11/2021 2:28:00 CH\n", ""), "no date found"),
        (ARTICLE.replace("10/11/2021 2:28:00 CH", "hôm qua"), "no date can be read from “hôm qua”"),
        (ARTICLE.replace("TRAO TẶNG NHÀ TÌNH NGHĨA TẠI XÃ PHÚC LỘC", ""), "no title found"),
        (ARTICLE.replace("TRAO TẶNG", "TRAO TẶNG " * 30), "no title|more than 255"),
        ("\n".join(ARTICLE.splitlines()[:4]), "no text"),
        (ARTICLE + "\nTrong thời gian tới, công đoàn trường sẽ tiếp tục vận động các", "breaks off"),
    ],
)
def test_a_page_that_lacks_something_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse(text)


def test_composed_and_decomposed_text_give_the_same_composed_article(sample: str) -> None:
    article = parse(unicodedata.normalize("NFD", sample))
    assert article == parse(unicodedata.normalize("NFC", sample))
    assert unicodedata.is_normalized("NFC", article.title)


PIECES = st.one_of(
    st.sampled_from(
        [
            *ARTICLE.splitlines(),
            "Các tin khác",
            "ThS. Lê Thị Hoa",
            "Ngày đăng: 31/02/2023",
            "© 2023",
            "Nguồn: http://a.b/c",
        ]
    ),
    st.text(max_size=60),
)


@given(st.lists(PIECES, max_size=12).map("\n".join))
def test_any_text_gives_an_article_or_a_reason_and_its_unicode_form_does_not_matter(text: str) -> None:
    results = []
    for form in ("NFC", "NFD"):
        try:
            results.append(parse(unicodedata.normalize(form, text)))
        except Unreadable as problem:
            results.append(unicodedata.normalize("NFC", str(problem)))
    assert results[0] == results[1]
