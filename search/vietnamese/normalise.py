"""One spelling for each Vietnamese syllable: Unicode form, tone placement, case and accents.

Every function takes any `str`, lone surrogates and NUL included, and raises nothing. Only `compose` can change
a text's length: an offset into a composed text is the same offset after `normalise`, `lower` and `fold`.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import product

from search.vietnamese.bytetable import ByteTable

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_HATS = {"\u0302": "aeoAEO", "\u0306": "aA"}  # circumflex, breve, and the letters that wear them
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"  # a letter, or a mark that belongs to one
# Basic Latin to IPA, Extended Additional, Extended-C: closed under lower case.
LATIN = [chr(code) for code in (*range(0x2B0), *range(0x1E00, 0x1F00), *range(0x2C60, 0x2C80))]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


# A tone typed before the hat or the breve. NFC sorts the dot below and the horn, but the other tones are of the
# same combining class as the hats, whose order it must keep; the eye sees hardly a difference.
_HATTED = {
    _nfc(vowel + tone) + hat: _nfc(vowel + hat + tone)
    for hat, vowels in _HATS.items()
    for vowel in vowels
    for tone in _TONES.replace("\u0323", "")
}
_TONE_BEFORE_HAT = re.compile("|".join(_HATTED))

# Both spellings of the open rhymes: hoà and hòa, khoẻ and khỏe, thuý and thúy.
_PLACED = {
    _nfc(first + second + tone): _nfc(first + tone + second)
    for rhyme in ("oa", "oe", "uy")
    for first, second in product(*((letter, letter.upper()) for letter in rhyme))
    for tone in _TONES
}
_OPEN_RHYME = re.compile(f"[oOuU][{''.join({rhyme[1] for rhyme in _PLACED})}](?!{_LETTER})")
_LETTERS_AT_END = re.compile(rf"{_LETTER}*\Z")
# No `q`: the u of `quý` is part of the onset, so the tone is on the only vowel already.
_ONSET = re.compile("(b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|r|s|t|th|tr|v|x)?")
_LONGEST_ONSET = 3


def compose(text: str) -> str:
    """Unicode NFC, and one letter too where a tone mark was typed before the hat (é and U+0302 give ế)."""
    text = _nfc(text)
    if any(hat in text for hat in _HATS):
        return _TONE_BEFORE_HAT.sub(lambda match: _HATTED[match.group()], text)
    return text


def normalise(text: str) -> str:
    """The text composed, with tones where `hòa`, `khỏe` and `thúy` have them, in open syllables only.

    A syllable is a whole run of letters. Case and everything else stay: `HOÀ` gives `HÒA`; `quý`, `hoàn` and
    foreign words are left alone. Idempotent, and as long as the composed text.
    """
    return _OPEN_RHYME.sub(_placed, compose(text))


def _placed(rhyme: re.Match[str]) -> str:
    """The rhyme with its tone placed, if nothing but a Vietnamese onset stands before it."""
    before = rhyme.string[max(0, rhyme.start() - _LONGEST_ONSET - 1) : rhyme.start()]
    onset = _LETTERS_AT_END.search(before)
    if onset and _ONSET.fullmatch(onset.group().lower()):
        return _PLACED.get(rhyme.group(), rhyme.group())
    return rhyme.group()


def _lowered(letter: str) -> str:
    """The lower case as one letter; İ alone would give two."""
    return letter.lower()[0]


_BY_NAME = {unicodedata.name(letter, ""): letter for letter in LATIN}
# Letters whose Unicode name does not lead to the plain letter.
_PLAIN = {"ð": "d", "ŋ": "n", "ı": "i", "ȷ": "j", "ſ": "s", "ĸ": "k"}


def _folded(letter: str) -> str:
    """The lower case without accents, by the letter's name: U WITH HORN AND ACUTE is a U."""
    letter = _lowered(letter)
    name, accented, _ = unicodedata.name(letter, "").partition(" WITH ")
    if accented:
        letter = _BY_NAME.get(name, letter)
    return _PLAIN.get(letter, letter)


# Letters that stay are in the tables too: `str.translate` is slow on what it does not find.
_LOWER = ByteTable({ord(letter): _lowered(letter) for letter in LATIN})
_FOLD = ByteTable({ord(letter): _folded(letter) for letter in LATIN})


def lower(text: str) -> str:
    """Latin letters in lower case, all else unchanged; as long as the text."""
    return _LOWER.apply(text)


def fold(text: str) -> str:
    """Latin letters in lower case and without any accent (đ gives d), all else unchanged; as long as the text.

    The text is composed already: a mark that stands alone is no letter, and stays.
    """
    return _FOLD.apply(text)


def _i_for(letter: str) -> str:
    """The i with the accent of a y, or a plain one where Unicode has none."""
    accented = _nfc(unicodedata.normalize("NFD", letter).replace("y", "i").replace("Y", "I"))
    return accented if accented in LATIN and fold(accented) == "i" else "i"


# Both spellings of the vowel alone at a syllable's end, of which schoolbooks prefer one and offices the other: lý and
# lí, kỹ and kĩ, quý and quí, công ty and công ti, y tế and i tế.
_I_FOR_Y = {letter: _i_for(letter) for letter in LATIN if fold(letter) == "y"}
_WITH_EITHER = re.compile(rf"(?<![^\W_])(?:[hklmst]|qu)?[{''.join(_I_FOR_Y)}](?![^\W_])", re.IGNORECASE)
_WORDS = {
    onset + y: onset + i
    for onset in ("", "h", "k", "l", "m", "qu", "s", "t")
    for y, i in _I_FOR_Y.items()
    if y == lower(y)
}


def respell(text: str) -> str:
    """A composed text with i for y where both are right: `lý` gives `lí`. As long as the text; for comparing only."""
    return _WITH_EITHER.sub(_respelled, text)


def _respelled(word: re.Match[str]) -> str:
    return word[0][:-1] + _I_FOR_Y[word[0][-1]]


def respell_words(words: Sequence[str]) -> list[str]:
    """`respell` for words that are taken apart and in lower case already, many times as fast."""
    return [_WORDS.get(word, word) for word in words]
