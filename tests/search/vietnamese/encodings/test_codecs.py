"""Every Vietnamese letter, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.vietnamese import compose
from search.vietnamese.encodings import Encoding, decode, encode, misread, reread
from search.vietnamese.encodings.tables import LETTERS, TABLES
from search.vietnamese.syllables import syllables

ENCODINGS = list(Encoding)
WITH_CAPITALS = [encoding for encoding in Encoding if encoding is not Encoding.TCVN3]
SYLLABLES = sorted(syllables())
READINGS = ["latin-1", "cp1252"]


def test_there_are_134_letters():
    assert len(set(LETTERS)) == 134
    assert all(compose(letter) == letter and len(letter) == 1 for letter in LETTERS)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_small_letter_comes_back_from_its_bytes_and_from_both_misreadings(encoding):
    for letter in (letter for letter in LETTERS if letter.islower()):
        assert decode(encode(letter, encoding), encoding) == letter
        for read_as in READINGS:
            assert reread(misread(letter, encoding, read_as), encoding) == letter


@pytest.mark.parametrize("encoding", WITH_CAPITALS)
def test_every_capital_does_too(encoding):
    for letter in (letter for letter in LETTERS if letter.isupper()):
        assert decode(encode(letter, encoding), encoding) == letter


def test_capitals_of_tcvn3_come_of_its_fonts_for_capitals():
    for letter in (letter for letter in LETTERS if letter.isupper()):
        assert decode(encode(letter, Encoding.TCVN3), Encoding.TCVN3).upper() == letter
        assert decode(encode(letter, Encoding.TCVN3), Encoding.TCVN3, capitals=True) == letter


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_two_letters_are_written_alike(encoding):
    letters = LETTERS if encoding is not Encoding.TCVN3 else [letter for letter in LETTERS if letter.islower()]
    assert len({encode(letter, encoding) for letter in letters}) == len(letters)


def test_windows_1258_is_what_pythons_own_codec_makes_of_it():
    for text in SYLLABLES:
        for written in (text, text.upper(), text.capitalize()):
            assert compose(encode(written, Encoding.CP1258).decode("cp1258")) == written


def test_viscii_has_a_place_for_each_letter_and_leaves_those_of_latin_1_where_they_are():
    assert len(TABLES[Encoding.VISCII]) == 134
    for letter in "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÙÚÝ":
        assert encode(letter, Encoding.VISCII) == letter.encode("latin-1")


# As the fonts' own documentation and RFC 1456 show them.
@pytest.mark.parametrize(
    ("encoding", "written", "meant"),
    [
        (Encoding.TCVN3, "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        (Encoding.TCVN3, "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        (Encoding.VNI, "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        (Encoding.VNI, "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        (Encoding.VISCII, "Cµng hoà xã hµi chü nghîa Vi®t Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        (Encoding.VISCII, "Ðµc l§p - Tñ do - HÕnh phúc", "Độc lập - Tự do - Hạnh phúc"),
        (Encoding.CP1258, "Côòng hoaÌ xaÞ hôòi chuÒ nghiÞa Viêòt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        (Encoding.CP1258, "Ðôòc lâòp - Týò do - Haònh phuìc", "Độc lập - Tự do - Hạnh phúc"),
    ],
)
def test_what_everybody_has_seen_is_read_rightly(encoding, written, meant):
    assert reread(written, encoding) == meant


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(words=st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=20), capital=st.booleans())
def test_every_text_of_syllables_comes_back(encoding, words, capital):
    text = " ".join(words)
    text = text.upper() if capital and encoding is not Encoding.TCVN3 else text
    assert decode(encode(text, encoding), encoding) == text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_all_syllables_come_back(encoding):
    text = " ".join(SYLLABLES)
    assert decode(encode(text, encoding), encoding) == text


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI, Encoding.CP1258])
def test_quotation_marks_and_dashes_are_those_of_windows(encoding):
    text = "“Dạy tốt – học tốt”…"
    assert decode(encode(text, encoding), encoding) == text
    assert reread(misread(text, encoding, "latin-1"), encoding) == text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_an_encoding_has_no_place_for_is_refused_by_name_and_place(encoding):
    with pytest.raises(UnicodeEncodeError, match="position 5"):
        encode("Việt 中", encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=st.text())
def test_no_text_makes_it_fail(encoding, text):
    reread(misread(text, encoding), encoding)
