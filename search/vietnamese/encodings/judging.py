"""How well a word fits each reading: as it stands, and decoded from each of the old encodings.

The measure is the complete model of the Vietnamese syllable: decoded rightly, nearly every word of a Vietnamese text is
a syllable, decoded wrongly hardly one is.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from search.vietnamese.encodings.codecs import TO_LATIN_1, as_signs, reread, unread
from search.vietnamese.encodings.tables import LETTERS
from search.vietnamese.encodings.values import Encoding
from search.vietnamese.normalise import lower, normalise
from search.vietnamese.syllables import syllables

# In units of natural logarithms, roughly: how much likelier one reading makes what is seen than another.
_SYLLABLE, _NO_SYLLABLE = 3.0, -3.0
_LIKE_A_SYLLABLE = -1.0  # Kông, Krông, Blốc
_PLAIN_SYLLABLE = 0.5  # ASCII alone tells hardly more than the language
CANNOT_BE = -5.0  # a letter that the encoding does not have
_UNNATURAL, _UNUSUAL = -3.0, -1.5

_LETTERS = re.compile(r"[^\W\d_]+")
SMALL_TONED = frozenset(letter for letter in LETTERS if letter == lower(letter) and letter not in "ăâêôơưđ")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|www\.|[\w.+-]+@[\w-]+\.", re.IGNORECASE)
# What no language writes: a sign within a word, before or behind one, a capital with an accent behind a small letter …
_NO_WORD = re.compile(
    "[À-ÖØ-öø-ÿ]{3}|[A-Za-zÀ-ÖØ-öø-ÿ][¡-¬®-´¶¸-¿×÷µ][A-Za-zÀ-ÖØ-öø-ÿ]|(?<![^\\W_])[§¨¬¸®¶¹][¡-¿]?[a-zà-ÿ]"
    "|[a-zà-öø-ÿ][§¨¬¶¸«](?![^\\W_])|[a-zà-öø-ÿ][À-ÖØ-Þ]|[A-ZÀ-ÖØ-Þ][À-ÖØ-Þ][a-zß-öø-ÿ]"
)
# … and what few do: two accented letters side by side, or one behind a vowel as VNI's marks stand. Each hit counts.
_RARE = re.compile(
    "(?!é[eé]|çã|çõ)[À-ÖØ-öø-ÿ]{2}|(?!aï|oï|oë|aë|où|oû|aî|oé|ué|uá|oã|uã|uê)[aeouyAEOUY][âáàåãäùøûõèúëÂÁÀÅÃÄÙØÛÕÈÚË]"
)


# Letters that names of other languages bring along.
_ACCENTED = re.compile("[¡-ÿ]")
_EUROPEAN = frozenset("äéëïñöüç")
# A letter with a number: `t½` is a half-life, and `x²` is no word either.
_FORMULA = re.compile(r"\W*[A-Za-z][²³¹½¼¾°]\W*")


class Scores(NamedTuple):
    """Of a word in each reading. `as_is` is the better of Vietnamese in Unicode and any other language."""

    as_is: float
    legacy: tuple[float, ...]  # in the order of Encoding
    is_plain: bool = True  # ASCII, or an address: the same in each reading

    @property
    def gain(self) -> float:
        """How much better the best of the old encodings explains the word."""
        return max(self.legacy) - self.as_is


ENCODINGS = tuple(Encoding)
# Quotation marks, dashes and dots of Windows-1252, as they are and read as Latin-1.
_SIGN_LETTERS = "".join(sign + TO_LATIN_1[sign] for sign in "“”‘’–—…•")
_SIGNS = frozenset(_SIGN_LETTERS)
_NOTHING = Scores(0.0, (0.0,) * len(ENCODINGS))


@lru_cache(maxsize=2**16)
def scores(word: str) -> Scores:
    """The scores of what stands between two spaces. Addresses are never anything but what they are."""
    if is_address(word) or _FORMULA.fullmatch(word):
        return _NOTHING
    if word.isascii() and word.isprintable():
        score = _as_vietnamese(word)
        return Scores(max(0.0, score), (score,) * len(ENCODINGS))
    as_is = _UNNATURAL * bool(_NO_WORD.search(word)) + max(_as_foreign(word), _as_vietnamese(normalise(word)))
    return Scores(as_is, tuple(_as_legacy(word, encoding) for encoding in ENCODINGS), is_plain=False)


def is_address(word: str) -> bool:
    """Whether this is an address of the web or of a mailbox."""
    return "." in word and _ADDRESS.search(word) is not None


def decoded(word: str, encoding: Encoding) -> str:
    """The word as it was meant, if it is in this encoding."""
    meant = reread(word, encoding)
    if encoding is not Encoding.VISCII or _SIGNS.isdisjoint(word):
        return meant
    return _LETTERS.sub(lambda run: run[0] if is_syllable(run[0]) else _with_signs(word[slice(*run.span())]), meant)


def _with_signs(written: str) -> str:
    """VISCII has letters where Windows-1252 has quotation marks and dashes, but text from Word may have these."""
    inner = written.strip(_SIGN_LETTERS)
    before = written[: len(written) - len(written.lstrip(_SIGN_LETTERS))]
    behind = written[len(before) + len(inner) :]
    return as_signs(before) + reread(inner, Encoding.VISCII) + as_signs(behind)


def is_foreign(word: str, encoding: Encoding) -> bool:
    """Whether a word within legacy text rather stands there as it is: `François`, but not `K«ng`."""
    if is_address(word) or not _can_be(word, encoding):
        return True
    letters = set(_ACCENTED.findall(word))
    if encoding not in (Encoding.TCVN3, Encoding.VISCII) or not letters <= _EUROPEAN or _NO_WORD.search(word):
        return False
    runs = [run for run in _LETTERS.findall(decoded(word, encoding)) if not run.isascii()]
    has_more = sum(letter.isascii() for run in runs for letter in run) >= 3
    return has_more and not any(map(_is_like_a_syllable, runs))


def is_syllable(run: str) -> bool:
    """Whether a run of letters is a Vietnamese syllable, in any case and with its tone in either place."""
    return normalise(lower(run)) in syllables()


def _is_like_a_syllable(run: str) -> bool:
    """With more consonants before it than Vietnamese has, or another spelling of the last: Kông, Krông, Đắk, Blốc."""
    small = re.sub("k$", "c", normalise(lower(run)))
    onset = re.match("[b-df-hj-np-tv-xzđ]*", small)
    return any(small[start:] in syllables() for start in range(onset.end() + 1 if onset else 1))


def _as_vietnamese(text: str) -> float:
    return sum(_score(run, has_small_capitals=False) for run in _LETTERS.findall(text))


def _score(run: str, *, has_small_capitals: bool) -> float:
    valid = is_syllable(run)
    if run.isascii():
        return _PLAIN_SYLLABLE if valid else -_PLAIN_SYLLABLE
    if valid and len(run) == 1:  # `ô`, or a sign alone: `«`, and the dash of `1990–91`
        return 0.0
    if not _is_cased(run, has_small_capitals=has_small_capitals):
        return _NO_SYLLABLE
    return _SYLLABLE if valid else _LIKE_A_SYLLABLE if _is_like_a_syllable(run) else _NO_SYLLABLE


def _is_cased(run: str, *, has_small_capitals: bool) -> bool:
    """Whether it is written as words are: small, capital, or with a capital first."""
    if has_small_capitals:
        run = "".join(letter for letter in run if letter not in SMALL_TONED)
    return not run or run.islower() or run.isupper() or (run[0].isupper() and run[1:].islower())


def _as_foreign(word: str) -> float:
    return _UNUSUAL * len(_RARE.findall(word))


def _as_legacy(word: str, encoding: Encoding) -> float:
    if not _can_be(word, encoding):
        return CANNOT_BE
    runs = _LETTERS.findall(decoded(word, encoding))
    return sum(_score(run, has_small_capitals=encoding is Encoding.TCVN3) for run in runs)


def _can_be(word: str, encoding: Encoding) -> bool:
    """Whether the encoding's bytes can have given this: only its own letters, VNI's marks behind what they mark."""
    if any(_is_beyond(character) for character in word):
        return False
    return not any("À" <= character <= "ÿ" for character in unread(word, encoding))


def _is_beyond(character: str) -> bool:
    return character > "\xff" and character not in TO_LATIN_1 and unicodedata.category(character)[0] in "LM"
