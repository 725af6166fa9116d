"""Raw keystrokes in a query, read as the syllables that the typist had in mind."""

from collections.abc import Sequence
from itertools import pairwise

from search.understanding.vocabulary import Grams, Vocabulary
from search.vietnamese import fold_tokens, respell
from search.vietnamese.keystrokes import from_telex, from_vni

_SURE = 4.0  # by how much the reading must be likelier than the letters: a logarithm


def read(words: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The words, decoded if that makes a likelier sequence of syllables; only into syllables that the index knows.

    Who forgot the input method typed the whole query so: all words that can be decoded are, or none, and the accents
    of all of them count. Letters that only happen to decode (a slip, a code, an English word) stay.
    """
    decoded = [_decoded(word, vocabulary) for word in words]
    if decoded == list(words):
        return decoded
    gain = _likelihood(decoded, vocabulary.exact) - _likelihood(fold_tokens(words), vocabulary.folded)
    return decoded if gain > _SURE else list(words)


def _decoded(word: str, vocabulary: Vocabulary) -> str:
    syllable = respell(from_telex(word) or from_vni(word) or "")
    return syllable if syllable and vocabulary.exact.count(syllable) else word


def _likelihood(words: Sequence[str], grams: Grams) -> float:
    return sum(grams.log_probability(word, before) for before, word in pairwise(["", *words]))
