"""The texts of HTML are repaired; everything else stays, byte by byte."""

import time
import timeit

import pytest

from cms.core.repairing.html import repaired_html, repaired_pieces
from search.vietnamese.encodings import Encoding, misread


def test_texts_are_repaired_and_markup_stays_as_it_is():
    html = '<P class=x><b>§éi</b> thñ &amp; <i>cña</i> tr­êng<br/><a href="/é?a=1&b=2">Th«ng b¸o</a><hr><!-- §éi --></P>'
    meant = (
        '<P class=x><b>Đội</b> thủ &amp; <i>của</i> trường<br/><a href="/é?a=1&b=2">Thông báo</a><hr><!-- §éi --></P>'
    )
    assert repaired_html(html).text == meant


def test_what_word_puts_into_the_clipboard_is_read():
    html = (
        "<html xmlns:o='urn:x'><head><style><!-- p.MsoNormal {font-family:'.VnTime';} --></style></head><body>"
        "<!--StartFragment--><p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>1.</span><![endif]>"
        '<span style=\'font-size:13.0pt;font-family:".VnTime","sans-serif"\'>Héi nghÞ <b>tæng kÕt</b><o:p></o:p></span>'
        "<!--[if gte mso 9]><xml>§éi thñ</xml><![endif]--><!--EndFragment--></body></html>"
    )
    assert repaired_html(html).text == html.replace("Héi nghÞ <b>tæng kÕt", "Hội nghị <b>tổng kết")


def test_characters_written_as_entities_are_repaired_too():
    assert (
        repaired_html("<p>&#167;&eacute;i th&ntilde; c&#241;a tr&shy;&ecirc;ng</p>").text == "<p>Đội thủ của trường</p>"
    )


def test_what_readers_are_shown_of_attributes_is_repaired():
    html = '<p>Héi nghÞ tæng kÕt</p><img src="/Héi.jpg" alt="Héi nghÞ &quot;tæng kÕt&quot;">'
    meant = '<p>Hội nghị tổng kết</p><img src="/Héi.jpg" alt="Hội nghị &quot;tổng kết&quot;">'
    assert repaired_html(html).text == meant


@pytest.mark.parametrize(
    "html",
    [
        '<font face=".VnTimeH">{}</font>',
        "<font face=.VnTimeH>{}</font>",
        "<span style=\"font-family:'.VnTimeH'\">{}</span>",
        '<span style="color: red; font-family:&quot;.VnTimeH&quot;, serif">{}</span>',
        '<p style="font: 12pt .VnTimeH">{}</p>',
        '<div style="font-family: .VnTimeH"><p><b>{}</b></p></div>',
    ],
)
def test_an_elements_font_is_evidence_and_makes_capitals(html):
    assert repaired_html(html.format("héi nghÞ")).text == html.format("HỘI NGHỊ")
    assert repaired_html(html.format("cã")).text == html.format("CÓ")


def test_each_element_has_its_own_font():
    html = (
        '<p><font face=".VnTime">Tin tøc</font> và <font face="VNI-Times">Tin töùc</font>, '
        '<font face=".VnTime">cã <span style="font-family: Arial">có</span> cã</font></p>'
    )
    meant = (
        '<p><font face=".VnTime">Tin tức</font> và <font face="VNI-Times">Tin tức</font>, '
        '<font face=".VnTime">có <span style="font-family: Arial">có</span> có</font></p>'
    )
    assert repaired_html(html).text == meant


def test_a_declared_character_set_is_evidence():
    assert repaired_html('<meta charset="windows-1258"><p>cuÒa</p>').text == '<meta charset="windows-1258"><p>của</p>'
    assert repaired_html("<p>cuÒa</p>").text == "<p>cuÒa</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Trường Chính trị &nbsp; &ldquo;Th&ocirc;ng b&aacute;o&rdquo;</P>",
        '<p style="font-family: .VnTime">Trường có lý do đổi mới</p>',
        "<script>var s = '§éi thñ cña tr­êng';</script><style>/* §éi thñ cña */</style>",
        '<a linktype="page" id="3">Đảng bộ</a><embed embedtype="image" id="1" alt="" format="left"/>',
        "a < b && c > d <<>> </p></p> <p",
        "",
    ],
)
def test_what_is_sound_stays_byte_by_byte(html):
    assert repaired_html(html) == (html, None, 1.0)


def test_the_pieces_of_a_page_tell_of_each_other():
    body = f"<p>{misread('Trường tổ chức hội nghị tổng kết', Encoding.TCVN3)}</p>"
    assert repaired_pieces(["Tin tøc", body])[0].text == "Tin tức"


@pytest.mark.parametrize("hostile", ['<a "', "<!--", "<script>", "<font face=.VnTime>", "</p>", "<a title='"])
def test_a_hostile_page_takes_longer_only_as_it_is_longer(hostile):
    def seconds(times: int) -> float:
        page = "§éi thñ " + hostile * times
        return min(timeit.repeat(lambda: repaired_html(page), timer=time.process_time, number=1, repeat=2))

    assert seconds(40_000) < 8 * seconds(10_000) + 0.2  # what looks back at all before takes sixteen times as long
