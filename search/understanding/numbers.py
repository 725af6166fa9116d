"""Official documents' numbers in a question, in whatever spelling: `444-KH/CTĐ`, `444 kh ctd`, `11 qd tw`, `QĐ 11`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from search.engines.base import Preference
from search.vietnamese import fold_tokens, tokens
from search.vietnamese.document_numbers import KINDS

# Far above what words can score: first the document, then the pages that cite it, then all else.
_THE_DOCUMENT, _CITES_IT = 1000.0, 500.0
_MOST = 20  # numbers of one question: `QĐ 11` may be many offices' eleventh decision

# Kinds by their abbreviation and by their name, as tokens without accents.
_KIND_CODES = {fold_tokens(tokens(code))[0] for code in KINDS}
_KIND_NAMES = {tuple(name.split("-")): fold_tokens(tokens(code))[0] for code, name in reversed(KINDS.items())}

KnownNumbers = Callable[[int], Collection[str]]  # a serial number → the keys of all documents' numbers that have it


@dataclass(frozen=True)
class NumbersFound:
    """Numbers (keys) that a question asks for, and the places of their words in it."""

    keys: tuple[str, ...] = ()
    places: frozenset[int] = frozenset()

    @property
    def preferences(self) -> tuple[Preference, ...]:
        return tuple(
            preference
            for key in self.keys
            for preference in (Preference(_THE_DOCUMENT, "number", key), Preference(_CITES_IT, "cited", key))
        )


def find(words: Sequence[str], known: KnownNumbers) -> NumbersFound:
    """The known numbers that a question (exact tokens) may mean: a serial number beside a kind.

    Where the issuer is named too, only numbers with all their parts in the question; else those of every issuer.
    """
    folded = fold_tokens(words)
    for place, word in enumerate(folded):
        kind_places, kind = _kind_beside(folded, place)
        if kind and word.isascii() and word.isdigit() and len(word) <= 5:
            parts = {key: set(fold_tokens(tokens(key))) for key in known(int(word))}
            serial = str(int(word))
            possible = [key for key, some in parts.items() if {serial, kind} <= some]
            whole = [key for key in possible if parts[key] <= {*folded, serial, kind}]
            chosen = sorted(whole or possible)[:_MOST]
            named = {other for key in chosen for other in parts[key]}
            others = {number for number, text in enumerate(folded) if text in named}
            return NumbersFound(tuple(chosen), frozenset({place, *kind_places, *others})) if chosen else NumbersFound()
    return NumbersFound()


def _kind_beside(folded: Sequence[str], place: int) -> tuple[range, str]:
    """Where the kind stands that belongs to the number at `place`, and its abbreviation: `QĐ 11`, `quyết định số 11`,
    `11 qđ`, `15/2023/nđ`.
    """
    after = place + 1
    if after < len(folded) and len(folded[after]) == 4 and folded[after].isdigit():
        after += 1
    if folded[after : after + 1] and folded[after] in _KIND_CODES:
        return range(place, after + 1), folded[after]
    before = place - 1 if place and folded[place - 1] == "so" else place
    for length in (1, 2):
        name = tuple(folded[max(0, before - length) : before])
        if len(name) == length and (name in _KIND_NAMES or (name[0] in _KIND_CODES and length == 1)):
            return range(before - length, place), _KIND_NAMES.get(name, name[0])
    return range(0), ""
