"""What nobody has said the encoding of: found out by runs, repaired, or left alone."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.vietnamese.encodings import Encoding, Part, misread, read_font, repair, repair_parts
from search.vietnamese.syllables import syllables

ENCODINGS = list(Encoding)
READINGS = ["latin-1", "cp1252"]
SENTENCE = (
    "Trường Chính trị tỉnh Yên Bái tổ chức hội nghị tổng kết công tác năm học 2022-2023 và triển khai nhiệm vụ "
    "năm học mới, với sự tham gia của đông đảo giảng viên."
)
SOUND = "Ủy ban nhân dân tỉnh đã ban hành Quyết định số 444/QĐ-UBND về việc phê duyệt đề án đổi mới giáo dục."
FRENCH = "Le théâtre a été créé à côté du château, où l’élève français apprend très tôt la leçon."
SYLLABLES = sorted(syllables())


@pytest.mark.parametrize("read_as", READINGS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_sentence_comes_back_with_its_encoding_and_surely(encoding, read_as):
    found = repair(misread(SENTENCE, encoding, read_as))
    assert found.text == SENTENCE
    assert found.encoding is encoding
    assert found.confidence > 0.99


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("§éi thñ", "Đội thủ"),
        ("Tröôøng", "Trường"),
        ("Tr­êng ChÝnh trÞ", "Trường Chính trị"),
        ("Thoâng baùo", "Thông báo"),
        ("Hµi ngh¸", "Hội nghị"),
        ("Hôòi nghiò", "Hội nghị"),
        ("TR¦êNG CHÝNH TRÞ TØNH Hµ TÜNH", "TRƯỜNG CHÍNH TRỊ TỈNH HÀ TĨNH"),
        ("“§¶ng bé”, (tØnh)", "“Đảng bộ”, (tỉnh)"),
    ],
)
def test_a_few_words_are_enough(seen, meant):
    assert repair(seen).text == meant


def test_fewer_words_are_less_sure():
    assert 0.5 <= repair("§éi thñ").confidence < repair(misread(SENTENCE, Encoding.TCVN3)).confidence


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(words=st.lists(st.sampled_from(SYLLABLES), min_size=12, max_size=40))
def test_texts_of_any_syllables_come_back(encoding, words):
    text = " ".join(words)
    assume(sum(misread(word, encoding) != word for word in words) >= 6)
    assert repair(misread(text, encoding)).text == text


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(parts=st.lists(st.sampled_from(["legacy", SOUND, FRENCH]), min_size=1, max_size=6))
def test_in_a_mixed_text_each_line_comes_out_right(encoding, parts):
    texts = [SENTENCE if part == "legacy" else part for part in parts]
    mixed = [misread(SENTENCE, encoding) if part == "legacy" else part for part in parts]
    assert repair("\n".join(mixed)).text == "\n".join(texts)


def test_a_quotation_within_a_sentence_is_repaired_alone():
    mixed = f"Bài viết có đoạn: “{misread(SENTENCE, Encoding.TCVN3)}” và còn nhiều đoạn khác nữa đã được sửa."
    assert repair(mixed).text == f"Bài viết có đoạn: “{SENTENCE}” và còn nhiều đoạn khác nữa đã được sửa."


def test_two_encodings_in_one_text_are_both_repaired():
    mixed = f"{misread(SENTENCE, Encoding.TCVN3)}\n{misread(SENTENCE, Encoding.VNI)}"
    assert repair(mixed).text == f"{SENTENCE}\n{SENTENCE}"


def test_addresses_within_legacy_text_stay():
    seen = misread(SENTENCE, Encoding.TCVN3)
    address = "https://vi.wikipedia.org/wiki/Café và tác.giả@example.vn"
    assert repair(f"{seen} https://vi.wikipedia.org/wiki/Café {seen}").text == (
        f"{SENTENCE} https://vi.wikipedia.org/wiki/Café {SENTENCE}"
    )
    assert repair(address).text == address


@pytest.mark.parametrize("name", ["François", "Müller", "España"])
def test_names_of_other_languages_within_legacy_text_stay(name):
    seen = misread(SENTENCE, Encoding.TCVN3)
    assert repair(f"{seen} {name} {seen}").text == f"{SENTENCE} {name} {SENTENCE}"


@given(st.text())
def test_repairing_twice_is_repairing_once_and_no_text_makes_it_fail(text):
    once = repair(text)
    assert repair(once.text).text == once.text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_repairing_what_was_repaired_changes_nothing(encoding):
    once = repair(misread(SENTENCE, encoding))
    assert repair(once.text) == (once.text, None, 1.0)


@pytest.mark.parametrize(
    ("name", "encoding", "capitals"),
    [
        (".VnTime", Encoding.TCVN3, False),
        ("'.VnTimeH', serif", Encoding.TCVN3, True),
        (".VnArial NarrowH", Encoding.TCVN3, True),
        ('".VnArial"', Encoding.TCVN3, False),
        ("VNI-Times", Encoding.VNI, False),
        ("VNI-Helve-Condense", Encoding.VNI, False),
        ("windows-1258", Encoding.CP1258, False),
    ],
)
def test_fonts_of_that_time_are_known(name, encoding, capitals):
    assert read_font(name) == (encoding, capitals)


@pytest.mark.parametrize("name", [None, "", "Times New Roman", "Arial, .VnTime", "Vni", "Verdana", "utf-8"])
def test_other_fonts_tell_nothing(name):
    assert read_font(name) is None


def test_a_font_tells_what_a_single_word_does_not():
    assert repair("có").text == "có"
    assert repair("có", ".VnTime").text == "cú"
    assert repair("ban tin", ".VnTimeH").text == "BAN TIN"
    assert repair("Tin tøc", ".VnTime").text == "Tin tức"


def test_unicode_in_a_font_whose_name_was_left_behind_stays():
    assert repair(SOUND, ".VnTime") == (SOUND, None, 1.0)
    parts = [Part(SOUND, ".VnTimeH"), Part("có", ".VnTimeH"), Part("ban", ".VnTimeH")]
    assert [found.text for found in repair_parts(parts)] == [part.text for part in parts]


def test_the_words_around_a_piece_tell_of_it():
    parts = [Part(misread(SENTENCE, Encoding.TCVN3)), Part("cña")]
    assert [found.text for found in repair_parts(parts)] == [SENTENCE, "của"]
