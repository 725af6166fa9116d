import unicodedata
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.vietnamese import compose, fold, lower, normalise

TONES = "\u0300\u0301\u0303\u0309\u0323"
ONSETS = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x"
MARKS = TONES + "\u0302\u0306\u031b"

anything = st.text(st.characters())  # lone surrogates, NUL and all
vietnamese = st.text("aăâeêioôơuưyđhtqnAEOUYĐHTQ _-.1\n" + MARKS, max_size=30)
texts = st.one_of(anything, vietnamese)
quick = settings(max_examples=200, deadline=None)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà bình", "hòa bình"),
        ("Hoà Bình", "Hòa Bình"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("thuỷ lợi", "thủy lợi"),
        ("khoẻ mạnh", "khỏe mạnh"),
        ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
        ("UỶ BAN", "ỦY BAN"),
        ("oà khóc", "òa khóc"),
        ("nguỵ trang", "ngụy trang"),
        ("suý, huỷ; tuỳ", "súy, hủy; tùy"),
        ("(loá)", "(lóa)"),
        ("hoà_hoà2", "hòa_hòa2"),
    ],
)
def test_the_tone_of_an_open_syllable_is_placed(old, new):
    assert normalise(old) == new
    assert normalise(new) == new


@pytest.mark.parametrize(
    "text", ["quý", "QUỲ", "Quỷ", "hoàn thành", "thoáng", "khuýt", "loét", "khuỷu", "voilà", "François", "fjoà", "oàh"]
)
def test_any_other_syllable_stays_as_it_is(text):
    assert normalise(text) == text


@pytest.mark.parametrize("onset", ONSETS.split(" "))
def test_both_placements_in_every_open_syllable_agree(onset):
    for rhyme, tone, case in product(("oa", "oe", "uy"), TONES, (str.lower, str.upper, str.capitalize)):
        old = nfc(case(onset + rhyme) + tone)
        new = nfc(case(onset + rhyme[0]) + tone + case(onset + rhyme)[-1])
        assert normalise(old) == normalise(new) == new


def test_qu_is_an_onset_with_every_tone_and_case():
    for tone, case in product(TONES, (str.lower, str.upper, str.capitalize)):
        text = nfc(case("quy") + tone)
        assert normalise(text) == text


@pytest.mark.parametrize(
    ("typed", "letter"),
    [
        ("e\u0323\u0302", "ệ"),
        ("e\u0302\u0323", "ệ"),
        ("ê\u0301", "ế"),
        ("e\u0301\u0302", "ế"),
        ("é\u0302", "ế"),
        ("A\u0309\u0306", "Ẳ"),
        ("o\u0303\u0302", "ỗ"),
        ("o\u0301\u031b", "ớ"),
        ("u\u0323\u031b", "ự"),
        ("Ơ\u0300", "Ờ"),
    ],
)
def test_marks_in_any_order_become_one_letter(typed, letter):
    assert compose(typed) == letter
    assert normalise(f"h{typed}t") == f"h{letter}t"


def test_a_tone_does_not_leave_a_letter_that_bears_another_mark():
    assert normalise("hoạ\u0300") == "hoạ\u0300"


@quick
@given(texts)
@example("hoạ\u0300")
@example("oé\u0302")
def test_normalise_is_idempotent_and_stays_in_nfc(text):
    once = normalise(text)
    assert normalise(once) == once
    assert nfc(once) == once
    assert len(once) == len(compose(text))


@quick
@given(texts)
def test_composed_and_decomposed_texts_agree(text):
    assert normalise(nfd(text)) == normalise(nfc(text)) == normalise(text)


@quick
@given(anything)
def test_where_no_hat_stands_alone_composing_is_nfc(text):
    text = text.replace("\u0302", "").replace("\u0306", "")
    assert compose(text) == nfc(text)


@quick
@given(texts)
@example("ȾⱾƁ")
@example("İıßẞſŉǰﬁ\0\ud800")
def test_lower_and_fold_keep_length_and_are_idempotent(text):
    for function in (lower, fold):
        once = function(text)
        assert len(once) == len(text)
        assert function(once) == once
    assert fold(lower(text)) == lower(fold(text)) == fold(text)


@quick
@given(texts)
def test_folding_forgets_the_tone_placement(text):
    assert fold(normalise(text)) == fold(compose(text))


def test_every_vietnamese_letter_is_lowered_and_folded():
    upper = "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴ"
    assert lower(upper) == upper.lower()
    assert fold(upper) == "a" * 18 + "d" + "e" * 12 + "i" * 6 + "o" * 18 + "u" * 12 + "y" * 6


def test_other_latin_letters_fold_to_their_plain_letter_where_they_have_one():
    assert fold("Øystein Łódź Ħal Ŧ Ðại ılıca Ǽ Žižek ǖ") == "oystein lodz hal t dai ilica æ zizek u"


def test_what_has_no_single_lower_case_or_no_plain_letter_stays_one_character():
    assert lower("İẞ") == "iß"
    assert fold("İßæœþ") == "ißæœþ"


def test_other_scripts_are_left_alone():
    assert lower("ΑΘΗΝΑ МОСКВА Ａ") == fold("ΑΘΗΝΑ МОСКВА Ａ") == "ΑΘΗΝΑ МОСКВА Ａ"
