"""A complete model of the Vietnamese syllable: onset, rhyme and tone.

The rhymes are those of Đoàn Thiện Thuật, *Ngữ âm tiếng Việt* (1977), in today's spelling; tones stand where
`search.vietnamese.normalise` puts them. Some syllables of the model are in no dictionary, but they can be said.
"""

from collections import defaultdict
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from search.vietnamese.normalise import fold

# The tones' marks: level, grave, acute, hook above, tilde, dot below.
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_SHARP_TONES = ("\u0301", "\u0323")  # all that a rhyme that ends in a stop can have
_STOPS = ("c", "ch", "p", "t")


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_BEFORE_FRONT = ("gh", "k", "ngh")  # before e, ê, i and y …
_BEFORE_BACK = ("c", "g", "ng")  # … and before the other vowels
_ANYWHERE = ("", "b", "ch", "d", "đ", "h", "kh", "l", "m", "n", "nh", "p", "ph", "r", "s", "t", "th", "tr", "v", "x")
ONSETS = (*_ANYWHERE, *_BEFORE_FRONT, *_BEFORE_BACK, "gi", "qu")

_PLAIN_RHYMES = _split(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    "o oc oi om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu "
    "ươc ươi ươm ươn ương ươp ươt ươu y"
)
# With a glide between onset and vowel.
_ROUNDED_RHYMES = _split(
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet "
    "uân uâng uât uây uê uêch uên uênh uêu uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt"
)
RHYMES = (*_PLAIN_RHYMES, *_ROUNDED_RHYMES)

_WITH_Y = ("", "h", "k", "l", "m", "s", "t", "qu")  # onsets that the rhyme y can follow
_FRONT = "eêiy"
_HATTED = "ăâêôơư"
_VOWELS = frozenset("aeiouy" + _HATTED)


def _written(onset: str, rhyme: str) -> str | None:
    """The two as they are written together without a tone, None where spelling forbids it."""
    front = rhyme[0] in _FRONT
    if rhyme == "y" and onset not in _WITH_Y:
        return None
    if onset == "":
        return "y" + rhyme[1:] if rhyme.startswith("iê") else rhyme
    if onset == "qu":
        return _after_qu(rhyme)
    if onset == "gi":  # gì, giếng: one i for two
        return "g" + rhyme if rhyme[0] == "i" and rhyme != "ia" else "gi" + rhyme
    if (onset in _BEFORE_FRONT and not front) or (onset in _BEFORE_BACK and front):
        return None
    return onset + rhyme


def _after_qu(rhyme: str) -> str | None:
    """`qu` has the glide already: quên, quyết, but no quoan."""
    if rhyme in _ROUNDED_RHYMES:
        return "q" + rhyme if rhyme.startswith("uy") and rhyme != "uya" else None
    return "qu" + rhyme if rhyme[0] not in "ouư" else None


def _bearer(letters: str, onset: str) -> int:
    """The index of the letter that bears the tone."""
    # gi and gin have no vowel but the onset's own; in giêng it is a part of the vowel.
    start = 1 if onset == "gi" and letters[2:3] not in _VOWELS else len(onset)
    vowels = [index for index in range(start, len(letters)) if letters[index] in _VOWELS]
    if hatted := [index for index in vowels if letters[index] in _HATTED]:
        return hatted[-1]
    closed = vowels[-1] < len(letters) - 1
    return vowels[-1] if closed else vowels[max(0, len(vowels) - 2)]


class Syllable(NamedTuple):
    """`letters` is the syllable without its tone (hats and horns stay), `tone` one of TONES."""

    text: str
    onset: str
    rhyme: str
    letters: str
    tone: str


@cache
def syllables() -> dict[str, Syllable]:
    """Every syllable by its text, normalised and in lower case."""
    made = (
        Syllable(normalize("NFC", letters[:place] + tone + letters[place:]), onset, rhyme, letters, tone)
        for onset in ONSETS
        for rhyme in RHYMES
        if (letters := _written(onset, rhyme))
        for place in (_bearer(letters, onset) + 1,)
        for tone in _tones(rhyme)
    )
    return {syllable.text: syllable for syllable in made}


def accented_forms(folded: str) -> list[str]:
    """The syllables that a word without accents may stand for; none if it is no Vietnamese syllable."""
    return _by_folded().get(folded, [])


@cache
def _by_folded() -> dict[str, list[str]]:
    forms: dict[str, list[str]] = defaultdict(list)
    for text in syllables():
        forms[fold(text)].append(text)
    return dict(forms)


def _tones(rhyme: str) -> tuple[str, ...]:
    return _SHARP_TONES if rhyme.endswith(_STOPS) else TONES
