"""The letters of the old encodings, each as its bytes read as Latin-1: `§éi` is how TCVN3's `Đội` looks there.

Sources: TCVN 5712:1993 (VN3, known as ABC) for TCVN3; the fonts VNI-Times and their like for VNI-Windows; RFC 1456 for
VISCII; Python's own codec for Windows-1258.
"""

from itertools import product
from unicodedata import normalize

from search.vietnamese.encodings.values import Encoding

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300\u0301\u0309\u0303\u0323"
_TONES = (_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT)  # as TCVN 5712 sorts them
_VOWELS = "aăâeêioôơuưy"
_LATIN_1 = "latin-1"


def _toned(vowel: str, tone: str) -> str:
    return normalize("NFC", vowel + tone)


# All 134 letters that ASCII does not have.
LETTERS = [_toned(vowel, tone) for vowel in _VOWELS for tone in ("", *_TONES) if vowel + tone not in "aeiouy"]
LETTERS += ["đ"]
LETTERS += [letter.upper() for letter in LETTERS]


def _tcvn3() -> dict[str, str]:
    """One byte a letter. Toned capitals have none: fonts for capitals draw them for the small letters."""
    table = dict(zip(map(chr, range(0xA1, 0xAF)), "ĂÂÊÔƠƯĐăâêôơưđ", strict=True))
    places = {
        "a": "B5 B6 B7 B8 B9", "ă": "BB BC BD BE C6", "â": "C7 C8 C9 CA CB", "e": "CC CE CF D0 D1",
        "ê": "D2 D3 D4 D5 D6", "i": "D7 D8 DC DD DE", "o": "DF E1 E2 E3 E4", "ô": "E5 E6 E7 E8 E9",
        "ơ": "EA EB EC ED EE", "u": "EF F1 F2 F3 F4", "ư": "F5 F6 F7 F8 F9", "y": "FA FB FC FD FE",
    }  # fmt: skip
    for vowel, bytes_ in places.items():
        table |= {chr(int(byte, 16)): _toned(vowel, tone) for byte, tone in zip(bytes_.split(), _TONES, strict=True)}
    return table


_VNI_TONES = dict(zip("øûõùï", _TONES, strict=True))
_VNI_HATS = dict(zip("âàåãáä", ("", *_TONES), strict=True))  # a circumflex, and the tone above or below it
_VNI_BREVES = dict(zip("êèúüéë", ("", *_TONES), strict=True))
_VNI_SINGLES = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    """The plain letter, then a letter that is drawn as a mark above or below it; ơ and ư are one and take marks.

    A mark in the wrong case is understood: people wrote `Aø` too. Of two spellings the one that encodes comes last.
    """
    pairs = {base + mark: vowel + tone for base, vowel in zip("aeouyôö", "aeouyơư", strict=True)
             for mark, tone in _VNI_TONES.items()}  # fmt: skip
    pairs |= {base + mark: hatted + tone for base, hatted in zip("aeo", "âêô", strict=True)
              for mark, tone in _VNI_HATS.items()}  # fmt: skip
    pairs |= {"a" + mark: "ă" + tone for mark, tone in _VNI_BREVES.items()}
    small = {written: normalize("NFC", letter) for written, letter in {**pairs, **_VNI_SINGLES}.items()}
    mixed = {written[0] + written[1].upper(): letter for written, letter in small.items() if len(written) == 2}
    mixed |= {written[0].upper() + written[1]: letter.upper() for written, letter in small.items() if len(written) == 2}
    return mixed | small | {written.upper(): letter.upper() for written, letter in small.items()}


_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ" "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ" "Õắằặấầẩậẽẹếềểễệố" "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ" "ĐứÒÓÔạỷừửÙÚỹỵÝỡư" "àáâãảăữẫèéêẻìíĩỉ" "đựòóôõỏọụùúũủýợỮ"
)  # fmt: skip
_VISCII_LOW = {"\x02": "Ẳ", "\x05": "Ẵ", "\x06": "Ẫ", "\x14": "Ỷ", "\x19": "Ỹ", "\x1e": "Ỵ"}


def _viscii() -> dict[str, str]:
    """One byte a letter; the rarest capitals lie among the control characters."""
    return dict(zip(map(chr, range(0x80, 0x100)), _VISCII_HIGH, strict=True)) | _VISCII_LOW


_CP1258 = {chr(byte): bytes([byte]).decode("cp1258", "ignore") for byte in range(0x80, 0x100)}
CP1258_MARKS = {place: mark for place, mark in _CP1258.items() if mark in _TONES}


def _cp1258() -> dict[str, str]:
    """Letters without a tone and some with one; for the others a tone follows its letter, as keyboards write it."""
    singles = {place: letter for place, letter in _CP1258.items() if letter in LETTERS}
    bases = {letter.encode("cp1258").decode(_LATIN_1): letter for letter in (*_VOWELS, *_VOWELS.upper())}
    pairs = {
        base + place: _toned(vowel, tone)
        for (base, vowel), (place, tone) in product(bases.items(), CP1258_MARKS.items())
    }
    return pairs | singles  # which encodes the shorter


# From what stands in a text that was read as Latin-1 to the letter that was meant. Where two spellings give one letter,
# the last one is the proper one.
TABLES = {
    Encoding.TCVN3: _tcvn3(),
    Encoding.VNI: _vni(),
    Encoding.VISCII: _viscii(),
    Encoding.CP1258: _cp1258(),
}
