"""Pages of HTML: what is kept, and that nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.importing.html import clean, lines_of_html
from cms.core.importing.portal_html import parse
from cms.core.importing.values import BlockKind, Picture, Unreadable

HEAD = "<h1>Tiêu đề</h1><p>10/11/2023</p>"
TEXT = "Sáng 10/11, Công đoàn trường trao nhà tình nghĩa cho gia đình bà Mến ở xã Phúc Lộc. " * 3

PAGE = f"""<!doctype html><html><head><title>Trường Chính trị – Trao nhà</title>
<meta property="article:published_time" content="2021-11-10T14:28:00+07:00">
<link rel="canonical" href="https://cu.example/tin/trao-nha.html"><style>p {{color:red}}</style>
<script>alert("trộm")</script></head><body>
<nav><a href="/">Trang chủ</a> <a href="/tin">Tin tức</a></nav>
<div class="page"><h1>Trao tặng nhà tình nghĩa</h1><div class="meta">10/11/2021 14:28</div>
<div onclick="alert(1)" style="color:red"><p>{TEXT}</p>
<h2>Kết quả</h2>
<ul><li>Một <b>ngôi nhà</b></li><li>Sáu mươi <em>mét vuông</em></li></ul>
<figure><img src="anh/nha.jpg" alt="Ngôi nhà mới" width="800" onerror="alert(1)">
<figcaption>Ngôi nhà của bà Mến</figcaption></figure>
<p><img src="https://theo-doi.example/pixel.gif" width="1" height="1">Xem <a href="https://bao.example/bai">báo</a> và
<a href="/tep/ke-hoach.pdf">Kế hoạch</a>, <a href="javascript:alert(1)">bấm đây</a>.</p>
<table><caption>Đóng góp</caption><tr><th>Đơn vị</th><th>Công</th></tr><tr><td>Khoa A</td><td>12</td></tr></table>
<p>{TEXT}</p><p style="text-align:right"><b>ThS. Lê Thị Hoa</b></p><p>Giảng viên Khoa Xây dựng Đảng</p></div></div>
<footer>© 2021 Trường Chính trị</footer><iframe src="https://theo-doi.example/"></iframe></body></html>"""


def kinds(article):
    return [block.kind for block in article.blocks]


def test_a_page_is_understood_with_its_headings_lists_tables_and_pictures():
    article = parse(PAGE)
    assert article.title == "Trao tặng nhà tình nghĩa"
    assert article.published_at.isoformat() == "2021-11-10T14:28:00+07:00"
    assert article.address == "https://cu.example/tin/trao-nha.html"
    assert [(author.name, author.post) for author in article.authors] == [
        ("ThS. Lê Thị Hoa", "Giảng viên Khoa Xây dựng Đảng")
    ]
    assert kinds(article) == [
        BlockKind.TEXT, BlockKind.HEADING, BlockKind.RICH, BlockKind.PICTURE, BlockKind.PICTURE, BlockKind.TEXT,
        BlockKind.FILE, BlockKind.TABLE, BlockKind.TEXT,
    ]  # fmt: skip
    items, picture = article.blocks[2], article.blocks[3]
    assert items.html == "<ul><li>Một <b>ngôi nhà</b></li><li>Sáu mươi <i>mét vuông</i></li></ul>"
    assert (picture.source, picture.alt, picture.text) == ("anh/nha.jpg", "Ngôi nhà mới", "Ngôi nhà của bà Mến")
    assert article.blocks[7].rows == (("Đơn vị", "Công"), ("Khoa A", "12"))
    assert article.blocks[7].text == "Đóng góp"
    assert (article.blocks[6].text, article.blocks[6].source) == ("Kế hoạch", "/tep/ke-hoach.pdf")


def test_scripts_styles_handlers_and_the_sites_own_parts_are_gone():
    html = "".join(block.html for block in parse(PAGE).blocks)
    for part in ("alert", "color:red", "javascript", "Trang chủ", "©", "onclick", "<script", "<iframe", "style"):
        assert part not in html
    assert '<a href="https://bao.example/bai">báo</a>' in html


def test_the_date_may_stand_in_the_text_alone():
    html = f"<h1>Tiêu đề</h1><div>Ngày đăng: 10/11/2023 2:28:00 CH</div><p>{TEXT}</p>"
    assert parse(html).published_at.isoformat() == "2023-11-10T14:28:00+07:00"


def test_a_page_laid_out_with_tables_is_read_as_lines():
    rows = ("<h1>TIÊU ĐỀ BÀI VIẾT</h1>", "10/11/2023", TEXT)
    html = f"<table>{''.join(f'<tr><td>{row}</td></tr>' for row in rows)}</table>"
    assert parse(html).title == "TIÊU ĐỀ BÀI VIẾT"
    assert kinds(parse(html)) == [BlockKind.TEXT]


def test_a_short_line_below_a_picture_is_its_caption():
    html = (
        f"<h1>Tiêu đề</h1><p>10/11/2023</p><p>{TEXT}</p><p><img src='a.jpg'></p><p>Toàn cảnh lễ trao</p><p>{TEXT}</p>"
    )
    assert parse(html).blocks[1].text == "Toàn cảnh lễ trao"


def test_a_picture_at_the_very_end_is_kept():
    [line] = [line for line in lines_of_html("<p>Chữ.</p><p><img src='cuoi.jpg'></p>") if line]
    assert line.rich.pictures_behind == (Picture("cuoi.jpg"),)


@pytest.mark.parametrize("html", ["", "<p>", "<h1>Không có ngày</h1><p>Chữ.</p>", "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;"])
def test_what_is_no_article_says_so(html):
    with pytest.raises(Unreadable):
        parse(html)


def test_an_external_entity_is_not_followed(tmp_path):
    (tmp_path / "mat.txt").write_text("mat-khau")
    html = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/mat.txt">]>{HEAD}<p>{TEXT}&e;</p>'
    assert "mat-khau" not in f"{parse(html)}"


def test_a_page_nested_without_end_neither_breaks_nor_takes_long():
    deep = "<div><ul><li><b>" * 20_000
    assert parse(f"{HEAD}<p>{TEXT}</p>{deep}{TEXT}").title == "Tiêu đề"


PARTS = [
    "<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<img src=x>",
    "<a href='https://a.vn'>", "</a>", "<br>", "<h2>", "</h2>", "<figure>", "<figcaption>", "chữ ", "&lt;b&gt;",
    "<script>x</script>", "<i onclick=x>", "<a href='//[x/a.pdf'>", "<img src='//[x'>",
]  # fmt: skip
parts = st.lists(st.sampled_from(PARTS), max_size=40)


@given(parts)
def test_whatever_comes_in_only_clean_html_comes_out(given_parts):
    for line in lines_of_html("".join(given_parts)):
        if line.rich and line.rich.html:
            assert clean(line.rich.html) == line.rich.html.replace("&nbsp;", "\xa0")
            assert "onclick" not in line.rich.html
        assert "\n" not in line.text
