import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.highlighting import ELLIPSIS, Terms, highlight, highlight_page, snippets
from search.vietnamese import compose, fold, tokens

WORDS = "hội hoi HOÀ hòa nghị Đảng đang <b>& &amp; \" ' ban bạn bán kh-1 x_y 😀 a\u0330 \u0301 \ud800 \0"
words = st.sampled_from([*WORDS.split(" "), "\n", "\n\n", "  ", "\xa0", "trường" * 10])
texts = st.one_of(st.lists(words, max_size=60).map(" ".join), st.text(st.characters(), max_size=80))
queries = st.one_of(st.lists(words, max_size=5).map(" ".join), st.text(st.characters(), max_size=10))
quick = settings(max_examples=200, deadline=None)


def plain(marked: str) -> str:
    return html.unescape(re.sub("</?mark>", "", marked))


def marks(marked: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", marked, re.DOTALL)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("hoi nghi", "Hội nghị tổng kết", "<mark>Hội nghị</mark> tổng kết"),
        ("nghi hoi", "Hội nghị tổng kết", "<mark>Hội</mark> <mark>nghị</mark> tổng kết"),
        ("Hòa Bình", "tỉnh HOÀ BÌNH", "tỉnh <mark>HOÀ BÌNH</mark>"),
        ("hoà", "Hòa", "<mark>Hòa</mark>"),
        ("bạn", "bán bạn ban", "bán <mark>bạn</mark> ban"),
        ("ban", "bán bạn ban", "<mark>bán</mark> <mark>bạn</mark> <mark>ban</mark>"),
        ("bàn", "bán bạn", "<mark>bán</mark> <mark>bạn</mark>"),
        ("bàn ghế", "bán ghế ghe", "<mark>bán ghế</mark> ghe"),
        ("444-KH/CTĐ", "số 444-KH/CTĐ.", "số <mark>444-KH/CTĐ</mark>."),
        ("anh", "thanh anhx anh2 x_anh", "thanh anhx anh2 x_<mark>anh</mark>"),
        ("hoi", "Ho\u0323\u0302i", "<mark>Hội</mark>"),
        ("hoi nghi", "hội\nnghị", "<mark>hội</mark>\n<mark>nghị</mark>"),
        ("b", "<b>&amp;</b>", "&lt;<mark>b</mark>&gt;&amp;amp;&lt;/<mark>b</mark>&gt;"),
        ("lt amp mark", "a < b & c", "a &lt; b &amp; c"),
        ("hoa", "hoa\u0330 x", "<mark>hoa\u0330</mark> x"),
        ("hoa hoa", "hoa\u0330hoa hoa", "<mark>hoa\u0330</mark><mark>hoa hoa</mark>"),
        ("thi đua thi", "thi đua thi đua", "<mark>thi đua thi đua</mark>"),
        ("bạn hàng", "bạn bán hàng", "<mark>bạn</mark> bán <mark>hàng</mark>"),
        ("", "Hội <i>", "Hội &lt;i&gt;"),
        ("?!", "Hội?!", "Hội?!"),
        ("hội", "", ""),
    ],
)
def test_a_text_is_marked_where_the_query_stands(query, text, expected):
    assert highlight(text, Terms.of(query)) == expected


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("truo chi", "Trường Chính trị", "<mark>Trườ</mark>ng <mark>Chí</mark>nh trị"),
        ("hội ng", "Hội nghị hỏi", "<mark>Hội ng</mark>hị hỏi"),
        ("trườ", "Trường trượt", "<mark>Trườ</mark>ng trượt"),
        ("trướ", "Trường trượt", "<mark>Trườ</mark>ng <mark>trượ</mark>t"),
        ("nh", "thanh nhà", "thanh <mark>nh</mark>à"),
        ("t tr", "trị tổ", "<mark>tr</mark>ị <mark>t</mark>ổ"),
        ("tr t", "trị tổ", "<mark>tr</mark>ị <mark>t</mark>ổ"),
    ],
)
def test_while_the_reader_types_the_beginnings_of_words_are_marked(typed, text, expected):
    assert highlight(text, Terms.of(typed, typing=True)) == expected


def test_an_accented_word_that_the_body_has_is_not_loosened_in_the_title():
    page = highlight_page("Bán hàng", "Các bạn bán hàng", Terms.of("bạn"))
    assert page == {"title": "Bán hàng", "body": ["Các <mark>bạn</mark> bán hàng"], "files": []}


def test_an_accented_word_that_the_page_has_nowhere_is_loosened_everywhere():
    page = highlight_page("Bán hàng", "Ban tổ chức", Terms.of("bạn"))
    assert page == {"title": "<mark>Bán</mark> hàng", "body": ["<mark>Ban</mark> tổ chức"], "files": []}


FILLER = "một hai ba bốn năm sáu bảy tám chín mười " * 20


def test_the_passage_with_all_terms_beats_those_that_repeat_one():
    body = f"thi đua {FILLER} thi thi thi {FILLER} hội nghị tổng kết thi đua {FILLER}"
    [best] = snippets(body, Terms.of("hoi nghi tong ket thi dua"), count=1)
    assert marks(best) == ["hội nghị tổng kết thi đua"]


def test_words_side_by_side_beat_the_same_words_apart():
    body = f"bình và hòa {FILLER} hòa bình {FILLER}"
    [best] = snippets(body, Terms.of("hòa bình"), count=1)
    assert marks(best) == ["hòa bình"]


def test_a_rare_word_beats_a_common_one():
    body = f"{'trường ' * 30}{FILLER} Ðinh {FILLER}"
    [best] = snippets(body, Terms.of("truong dinh"), count=1)
    assert marks(best) == ["Ðinh"]


def test_the_second_passage_shows_what_the_first_does_not():
    body = f"hội nghị {FILLER} hội nghị {FILLER} tổng kết {FILLER}"
    first, second = snippets(body, Terms.of("hội nghị tổng kết"))
    assert (marks(first), marks(second)) == (["hội nghị"], ["tổng kết"])


def test_stray_words_after_a_full_phrase_make_no_passage_of_their_own():
    body = f"thư {FILLER} thi {FILLER} Phạm Thị Thu Hà {FILLER} thi {FILLER}"
    [only] = snippets(body, Terms.of("pham thi thu ha"))
    assert marks(only) == ["Phạm Thị Thu Hà"]


def test_passages_come_in_the_order_of_the_text():
    body = f"tổng {FILLER} hội nghị {FILLER}"
    first, second = snippets(body, Terms.of("hội nghị tổng"))
    assert (marks(first), marks(second)) == (["tổng"], ["hội nghị"])


def test_a_passage_is_cut_between_words_and_says_so():
    [snippet] = snippets(f"{FILLER} hội nghị {FILLER}", Terms.of("hội nghị"))
    assert snippet.startswith(ELLIPSIS)
    assert snippet.endswith(ELLIPSIS)
    assert set(plain(snippet).strip(ELLIPSIS).split()) <= {*FILLER.split(), "hội", "nghị"}
    assert 150 <= len(plain(snippet)) <= 202


def test_a_passage_begins_and_ends_with_its_paragraph_where_it_can():
    paragraph = "Sáng nay, hội nghị tổng kết công tác thi đua đã diễn ra tại hội trường lớn của tỉnh với sự có mặt " * 2
    [snippet] = snippets(f"{FILLER}\n{paragraph}\n{FILLER}", Terms.of("tong ket cong tac"), count=1, width=240)
    assert plain(snippet) == paragraph.strip()


def test_a_heading_is_shown_with_what_follows():
    [snippet] = snippets(f"{FILLER}\nMục tiêu\n{FILLER}", Terms.of("mục tiêu"))
    assert snippet.startswith("<mark>Mục tiêu</mark>\nmột hai")
    assert snippet.endswith(ELLIPSIS)


def test_a_short_text_is_shown_whole():
    assert snippets("  Hội nghị\ntổng kết \n", Terms.of("tổng")) == ["Hội nghị\n<mark>tổng</mark> kết"]


def test_a_text_without_the_terms_gives_its_beginning():
    [snippet] = snippets(FILLER, Terms.of("vắng mặt"))
    assert snippet.endswith(ELLIPSIS)
    assert FILLER.startswith(snippet.removesuffix(ELLIPSIS))
    assert 180 <= len(snippet) <= 201


@pytest.mark.parametrize("blank", ["", " \n\t"])
def test_a_blank_text_gives_no_passage(blank):
    assert snippets(blank, Terms.of("hội")) == []
    assert highlight_page("", blank, Terms.of("hội")) == {"title": "", "body": [], "files": []}


def test_a_word_without_end_is_cut_but_never_before_its_marks():
    [snippet] = snippets("x\u0330" * 500, Terms.of("vắng"), width=101)
    assert snippet == "x\u0330" * 50 + ELLIPSIS


@pytest.mark.parametrize("width", range(60, 66))
def test_a_passage_does_not_part_a_mark_from_the_space_that_bears_it(width):
    text = "ba  \u0330" * 99 + "hội" + " \u0330ba" * 99
    [snippet] = snippets(text, Terms.of("hội"), width=width)
    piece = plain(snippet).strip(ELLIPSIS)
    assert piece[0] != "\u0330"
    assert text[text.index(piece) + len(piece)] != "\u0330"


def test_no_passage_is_asked_for_and_none_given():
    assert snippets("hội nghị", Terms.of("hội"), count=0) == []


@quick
@given(texts, queries, st.booleans())
def test_the_marked_text_is_the_text_and_safe(text, query, typing):
    marked = highlight(text, Terms.of(query, typing=typing))
    assert plain(marked) == compose(text)
    assert not re.search("[<>\"']", re.sub("</?mark>", "", marked))
    assert re.sub("[^<>]+", "", marked.replace("<mark>", "<").replace("</mark>", ">")) == "<>" * marked.count("<mark>")


@quick
@given(texts, queries)
def test_only_words_of_the_query_are_marked_and_none_is_forgotten(text, query):
    terms = Terms.of(query)
    folded = set(map(fold, terms.words))
    marked = [token for mark in marks(highlight(text, terms)) for token in tokens(plain(mark))]
    assert {fold(token) for token in marked} == folded & set(map(fold, tokens(text)))


@quick
@given(texts, queries, st.integers(1, 3), st.integers(1, 60))
def test_snippets_are_pieces_of_the_text_one_after_the_other(text, query, count, width):
    composed = compose(text)
    found = snippets(text, Terms.of(query), count, width)
    assert len(found) <= count
    assert bool(found) == bool(composed.strip())
    rest = composed
    for snippet in map(plain, found):
        pieces = [snippet[first : len(snippet) - last] for first in (0, 1) for last in (0, 1)]
        piece = next(piece for piece in pieces if piece and piece in rest)
        rest = rest[rest.index(piece) + len(piece) :]


@quick
@given(texts, queries)
def test_the_snippets_show_a_term_if_the_text_has_one(text, query):
    terms = Terms.of(query)
    assert ("<mark>" in "".join(snippets(text, terms))) == ("<mark>" in highlight(text, terms))
