"""Raw keystrokes of the Telex and VNI input methods, as a reader types them who forgot to switch one on.

Both put accents into letters typed before: Telex by further letters (`truowngf`), VNI by digits (`truong72`). Typists
put them at once, at the end of the syllable, or anywhere between; all that gives a Vietnamese syllable is taken.
"""

import re
from functools import cache, lru_cache

from search.vietnamese.normalise import fold
from search.vietnamese.syllables import TONES, syllables

_TELEX_TONES = dict(zip("zfsrxj", TONES, strict=True))
_VNI_TONES = dict(zip("021345", TONES, strict=True))
_HAT, _HORN, _BREVE = {"a": "â", "e": "ê", "o": "ô"}, {"o": "ơ", "u": "ư"}, {"a": "ă"}
_VNI_MARKS = {"6": _HAT, "7": _HORN, "8": _BREVE, "9": {"d": "đ"}}
_TELEX_W = _BREVE | _HORN
_VOWELS = "aeiouyăâêôơư"
_LONGEST = 12  # keystrokes of a syllable: nghieengs, and more
_VNI = re.compile("[a-z]+[0-9][a-z0-9]*")


@lru_cache(maxsize=10_000)
def from_telex(typed: str) -> str | None:
    """The syllable that a word of small ASCII letters gives in Telex; None if none, or nothing but itself."""
    if len(typed) > _LONGEST or not (typed.isascii() and typed.isalpha()):
        return None
    return _from_telex(typed, free=False) or _from_telex(typed, free=True)


def unfinished(typed: str) -> str | None:
    """The letters so far of a syllable that is being typed, without accents: ddu is du, truow and truo7 are truo.

    None where the keystrokes are just these letters, or hold another sign.
    """
    if len(typed) > _LONGEST or not (typed.isascii() and typed.isalnum()):
        return None
    letters = _telex(typed, free=False)[0] if typed.isalpha() else _vni(typed)[0]
    folded = fold("".join(letters))
    return folded if letters and folded != typed else None


def _from_telex(typed: str, *, free: bool) -> str | None:
    letters, tone = _telex(typed, free=free)
    return _syllable(typed, letters, tone)


def _telex(typed: str, *, free: bool) -> tuple[list[str], str]:
    """With `free` a letter may be doubled from anywhere behind it: toio is tôi; but ngoeof is ngoèo."""
    letters: list[str] = []
    tone = ""
    for key in typed:
        if key in _TELEX_TONES and any(letter in _VOWELS for letter in letters):
            tone = _TELEX_TONES[key]
        elif not _telex_mark(letters, key, free=free):
            letters.append(key)
    return letters, tone


@lru_cache(maxsize=10_000)
def from_vni(typed: str) -> str | None:
    """The syllable that a word of small ASCII letters and digits gives in VNI; None if none, or nothing but itself."""
    if len(typed) > _LONGEST or not _VNI.fullmatch(typed):
        return None
    letters, tone = _vni(typed)
    return _syllable(typed, letters, tone)


def _vni(typed: str) -> tuple[list[str], str]:
    """No letters where a digit marks nothing."""
    letters: list[str] = []
    tone = ""
    for key in typed:
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif not key.isdigit():
            letters.append(key)
        elif not _mark(letters, _VNI_MARKS.get(key, {})):
            return [], ""
    return letters, tone


def _telex_mark(letters: list[str], key: str, *, free: bool) -> bool:
    """Whether the key has changed a letter before: aa, ee, oo, dd, or w."""
    if key == "w":
        if not _mark(letters, _TELEX_W):
            letters.append("ư")
        return True
    if key == "d":
        return letters[:1] == ["d"] and _mark(letters, {"d": "đ"})
    return key in _HAT and key in (letters if free else letters[-1:]) and _mark(letters, {key: _HAT[key]})


def _mark(letters: list[str], marks: dict[str, str]) -> bool:
    """Put the mark on the last letter that takes it, on both of `uo`, and on the first of `uu` and `ua`."""
    places = [index for index, letter in enumerate(letters) if letter in marks]
    if not places:
        return False
    place = places[-1]
    if "u" in marks and place and letters[place - 1] == "u" and not _is_glide(letters, place - 1):
        if letters[place] == "o":
            letters[place - 1 : place + 1] = "ươ"
            return True
        place -= letters[place] in "ua"
    letters[place] = marks[letters[place]]
    return True


def _is_glide(letters: list[str], place: int) -> bool:
    """Whether the u is a part of `qu`."""
    return letters[place - 1 : place] == ["q"]


def _syllable(typed: str, letters: list[str], tone: str) -> str | None:
    spelled = "".join(letters)
    for spelling in (spelled, *_with_both_horns(spelled)):
        if (found := _by_letters().get((spelling, tone))) and found != typed:
            return found
    return None


def _with_both_horns(spelled: str) -> list[str]:
    """Typists put one horn where the pair has two (truwong, truonwg), and where the last rhyme has one (thuở)."""
    return [re.sub("uơ|ưo", "ươ", spelled), spelled.replace("ươ", "uơ")]


@cache
def _by_letters() -> dict[tuple[str, str], str]:
    return {(syllable.letters, syllable.tone): text for text, syllable in syllables().items()}
