"""Titles in capitals, as letters and posters have them, written as sentences."""

import re
from collections.abc import Iterable

from search.vietnamese import compose, document_numbers, lower, normalise
from search.vietnamese.syllables import syllables

_WORD = re.compile(r"[^\W\d_]+")
_BEGINS = re.compile(r"""(?:^|[.!?…]\s|[“"«])\W*$""")  # before a word that begins a sentence or a quotation
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})|C")
_COUNTED = frozenset({"lần", "thứ", "khóa", "khoá", "quý", "nhiệm", "kỳ", "hội"})  # words before a Roman number
_SHOUTED = 0.8  # of the letters
_FEW = 8  # letters: shorter titles are names and abbreviations

_KNOWN = """
An Giang, Bà Rịa – Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước,
Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai,
Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa, Kiên Giang,
Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ,
Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình,
Thái Nguyên, Thanh Hóa, Thừa Thiên Huế, Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái,
Việt Nam, Hồ Chí Minh, Bác Hồ, Mác, Lênin, Lê-nin, Đảng, Nhà nước, Quốc hội, Chính phủ, Trung ương, Bộ Chính trị,
Ban Bí thư, Mặt trận Tổ quốc, Công đoàn, Đoàn Thanh niên, Tỉnh ủy, Thành ủy, Trường Chính trị, Cụm thi đua,
Học viện Chính trị quốc gia, Tết, Điện Biên Phủ, Đông Nam Á
"""
NAMES = tuple(name.strip() for name in _KNOWN.split(","))


def is_shouted(title: str) -> bool:
    """Whether a title is in capitals, but for a few letters."""
    letters = [letter for letter in title if letter.isalpha()]
    return len(letters) >= _FEW and sum(map(str.isupper, letters)) >= _SHOUTED * len(letters)


def sentence_case(title: str, names: Iterable[str] = ()) -> str:
    """The title as a sentence. Abbreviations, Roman numbers, numbers of documents and the given names stay.

    Names that nobody has given come out in small letters: the editor looks over it.
    """
    title = " ".join(compose(title).split())
    kept = [(start, end) for start, end, _number in document_numbers.find(title)]
    made, before = list(title), ""
    for word in _WORD.finditer(title):
        if not any(start <= word.start() < end for start, end in kept) and not _stays(word[0], before):
            small = lower(word[0])
            begins = _BEGINS.search(title[: word.start()])
            made[word.start() : word.end()] = small[0].upper() + small[1:] if begins else small
        before = lower(word[0])
    return _named("".join(made), [*NAMES, *names])


def _stays(word: str, before: str) -> bool:
    if not word.isupper():
        return not word.islower() and word != word.title() and len(word) > 1  # `ThS`, `QĐi`
    if _ROMAN.fullmatch(word) and (before in _COUNTED or lower(word) not in syllables()):
        return True
    return normalise(lower(word)) not in syllables()


def _named(text: str, names: Iterable[str]) -> str:
    """The text with these names written as they are given; the longest first."""
    for name in sorted(set(names), key=len, reverse=True):
        place = re.compile(rf"(?<!\w){re.escape(normalise(lower(compose(name))))}(?!\w)")
        for found in place.finditer(normalise(lower(text))):
            start, end = found.span()
            first = text[start] if text[start].isupper() else name[0]
            text = text[:start] + first + compose(name)[1:] + text[end:]
    return text
