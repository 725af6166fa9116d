"""What is pasted from Word, LibreOffice and old portals becomes clean blocks."""

from pathlib import Path

import pytest

from cms.core.importing.values import Unreadable
from cms.core.pasting.blocks import pasted

DATA = Path(__file__).parent / "data"


def of_file(name):
    return pasted((DATA / name).read_text())


def kinds(found):
    return [block["type"] for block in found.blocks]


def values(found, kind):
    return [block["value"] for block in found.blocks if block["type"] == kind]


def text(html):
    return "".join(values(pasted(html), "text"))


def item(marker, words, level=1):
    return (
        f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore'>{marker}<span>&nbsp; </span></span><![endif]>{words}</p>"
    )


def test_word_365_comes_out_with_headings_list_picture_caption_and_table():
    found = of_file("word-365.html")
    assert kinds(found) == ["heading", "text", "picture", "heading", "table", "text"]
    assert values(found, "heading") == [
        {"text": "Kết quả nổi bật", "level": "2"},
        {"text": "Số liệu từng khoa", "level": "3"},
    ]
    assert values(found, "text")[0] == (
        "<p><b>Sáng ngày 10/11/2026</b>, Trường Chính trị tỉnh tổ chức hội nghị tổng kết năm học.</p>"
        "<ul><li>Mở 12 lớp trung cấp lý luận chính trị;<ul><li>Ba lớp tại huyện;</li></ul></li>"
        "<li>Bồi dưỡng 1.500 lượt cán bộ.</li></ul>"
    )
    assert values(found, "table")[0]["data"] == [
        ["Khoa", "Số lớp", ""],
        ["Xây dựng Đảng", "Trung cấp", "7"],
        ["", "Bồi dưỡng", "5"],
    ]
    assert values(found, "picture")[0] == {
        "image": None,
        "alt_text": "Toàn cảnh hội nghị",
        "caption": "Quang cảnh hội nghị tại hội trường lớn",
        "credit": "",
    }
    assert '<a href="https://bao.example/bai">bài báo</a>' in values(found, "text")[1]


def test_nothing_of_words_own_is_left():
    everything = str(of_file("word-365.html").blocks)
    for part in ("Mso", "mso-", "style", "font", "o:p", "file:", "color", "đã xoá", "xml"):
        assert part not in everything


def test_a_picture_that_the_browser_may_not_read_is_noted_and_its_place_held():
    (note,) = of_file("word-365.html").notes
    assert note.startswith("1 ảnh ")


def test_word_2007_in_an_old_font_that_only_the_style_sheet_names_comes_out_in_unicode():
    found = of_file("word-2007.html")
    assert values(found, "text") == [
        "<p>Trường Chính trị tỉnh tổ chức hội nghị tổng kết năm học.</p>"
        "<ol><li>Mở lớp bồi dưỡng cán bộ.</li><li>Nghiên cứu khoa học.</li></ol>"
        "<p>a) Thực hiện đúng quy chế.</p>"
    ]
    assert "TCVN3" in found.notes[0]


def test_libreoffice_comes_out_with_its_list_and_table():
    found = of_file("libreoffice.html")
    assert kinds(found) == ["heading", "text", "picture", "table"]
    assert values(found, "text") == [
        "<p>Nhà trường <b>mở mười hai lớp</b> trong năm 2026.</p>"
        "<ol><li>Lớp trung cấp.</li><li>Lớp bồi dưỡng.</li></ol>"
    ]
    assert values(found, "table")[0]["data"] == [["Khoa", "Số lớp"], ["Lý luận cơ sở", "4"]]


def test_a_list_whose_numbers_would_change_stays_as_it_is_printed():
    run = item("3.", "Ba.") + item("4.", "Bốn.")
    assert text(run) == "<p>3. Ba.</p><p>4. Bốn.</p>"
    assert text(item("a)", "Một.") + item("b)", "Hai.")) == "<p>a) Một.</p><p>b) Hai.</p>"


def test_numbers_start_again_within_a_deeper_list():
    run = item("1.", "Một.") + item("1.", "Trong một.", 2) + item("2.", "Hai.")
    assert text(run) == "<ol><li>Một.<ol><li>Trong một.</li></ol></li><li>Hai.</li></ol>"


def test_a_single_number_is_a_heading_and_not_a_list():
    found = pasted(item("1.", "<b>Công tác tổ chức</b>") + "<p>Nhà trường kiện toàn bộ máy.</p>")
    assert values(found, "heading") == [{"text": "1. Công tác tổ chức", "level": "2"}]


def test_a_numbered_heading_of_word_keeps_its_number():
    heading = "<h2 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>II.&nbsp;</span>Phương hướng</h2>"
    assert values(pasted(f"{heading}<p>Năm tới.</p>"), "heading")[0]["text"] == "II. Phương hướng"


def test_an_enumeration_of_people_is_not_a_row_of_headings():
    people = "".join(f"<p>{place}. Đồng chí Nguyễn Văn {name}</p>" for place, name in enumerate("ABCD", 1))
    assert values(pasted(f"{people}<p>Tất cả đã có mặt.</p>"), "heading") == []


def test_hidden_text_comments_and_tracked_deletions_stay_away():
    html = "<p>Có <span style='display:none'>ẩn</span><del>xoá</del>mặt.<a class=MsoCommentReference>[H1]</a></p>"
    assert text(html) == "<p>Có mặt.</p>"


def test_emphasis_by_style_is_kept_and_a_bold_frame_around_everything_is_not():
    html = "<b style='font-weight:normal'><p>Tin <span style='font-weight:700'>quan trọng</span> hôm nay.</p></b>"
    assert text(html) == "<p>Tin <b>quan trọng</b> hôm nay.</p>"


def test_scripts_and_addresses_that_run_programs_are_gone():
    html = '<p onclick="x()">Xem <a href="javascript:alert(1)">đây</a>.</p><script>alert(2)</script><h2>Hết</h2>'
    assert "alert" not in str(pasted(html).blocks) and "onclick" not in str(pasted(html).blocks)


def test_old_portals_pages_in_vni_fonts_come_out_in_unicode():
    html = "<div><font face='VNI-Times'>Tröôøng Chính trò tænh toå chöùc hoäi nghò.</font></div>"
    assert text(html) == "<p>Trường Chính trị tỉnh tổ chức hội nghị.</p>"


def test_what_is_too_much_to_read_is_refused():
    with pytest.raises(Unreadable):
        pasted("<b>" * 100_001)


@pytest.mark.parametrize("html", ["", "<p>&nbsp;</p>", "<table></table>", "<li>", "<td rowspan=999999999>x"])
def test_anything_may_lie_in_the_clipboard(html):
    pasted(html)
