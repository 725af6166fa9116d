import pytest

from cms.core.blocks import BodyBlock
from cms.core.text import block_lines, html_lines, text_lines
from tests.cms.bodies import full_body


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>Một</p><p>Hai</p>", ["Một", "Hai"]),
        ("<h2>Đề</h2>Thân<br/>dòng", ["Đề", "Thân", "dòng"]),
        ("<ul><li>a</li><li>b</li></ul>", ["a", "b"]),
        ("<p>L&agrave;o Cai &amp; Y&ecirc;n B&aacute;i</p>", ["Lào Cai & Yên Bái"]),
        ("<p>ch<b>ữ</b> <i>nghiêng</i></p>", ["chữ nghiêng"]),
        ('<p>x <a title="a > b">y</a></p>', ["x y"]),
        ("<p>5 &lt; 6 &lt;b&gt;</p>", ["5 < 6 <b>"]),
        ("<p>một\n  dòng\xa0thôi</p>", ["một dòng thôi"]),
        ("<p></p> <p>&nbsp;</p>", []),
        ("3 < 4 và 5 > 2", ["3 < 4 và 5 > 2"]),
        ("trước<!-- ghi chú -->sau", ["trướcsau"]),
    ],
)
def test_html_becomes_a_line_for_each_paragraph(html, lines):
    assert list(html_lines(html)) == lines


def test_plain_text_keeps_its_lines_and_what_looks_like_tags():
    assert list(text_lines(" một \n\n<b> hai")) == ["một", "<b> hai"]


def test_every_block_gives_its_text_in_reading_order():
    assert list(block_lines(BodyBlock(), full_body(image_id=1, document_id=7))) == [
        "Đoạn một",
        "mục & mục",
        "đề mục chữ",
        "mô tả chữ",
        "chú thích chữ",
        "ảnh chữ",
        "mô tả chữ",
        "chú thích chữ",
        "ảnh chữ",
        "mô tả chữ",
        "chú thích chữ",
        "ảnh chữ",
        "trích dẫn chữ",
        "người nói chữ",
        "bảng chữ",
        "Trường Số học viên",
        "ô chữ 120",
        "tệp chữ",
        7,
        "phim chữ",
        "hộp chữ",
        "Nổi bật",
    ]


def test_unknown_blocks_and_missing_values_give_nothing():
    stored = [
        {"type": "gone", "value": "x"},
        {"type": "text", "value": None},
        {"type": "picture", "value": None},
        {"type": "gallery", "value": {}},
        {"type": "table", "value": None},
        {"type": "table", "value": {"data": [[None, ""], []]}},
    ]
    assert list(block_lines(BodyBlock(), stored)) == []
