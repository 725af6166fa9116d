"""The token strings that both engines index and search: four views of each text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from search.vietnamese.bytetable import ByteTable
from search.vietnamese.normalise import LATIN, fold, lower, normalise, respell_words

# Part of every index's version. Raise it when any text would give other tokens, pairs or prefixes than before:
# an index made before then goes on serving, and `search_status` asks for a rebuild.
VERSION = 3

MAX_TOKEN_LENGTH = 64  # characters; more is no word that anybody would type
MAX_PREFIX_LENGTH = 12  # characters

_TOKEN = re.compile(r"[^\W_]+")
# Lower-cases, and puts a space for each separator that Vietnamese texts commonly hold (up to General Punctuation).
_SPACED = ByteTable(
    {ord(char): lower(char) if char.isalnum() else " " for char in (*LATIN, *map(chr, range(0x2000, 0x2070)))}
)


@dataclass(frozen=True)
class Views:
    """A text's tokens, joined by spaces: syllables and pairs of neighbours, as written and without accents."""

    exact: str
    folded: str
    exact_pairs: str
    folded_pairs: str


def tokens(text: str) -> list[str]:
    """The syllables in order: `words` with i for y where both are right."""
    return respell_words(words(text))


def words(text: str) -> list[str]:
    """The syllables as written: runs of letters and digits, normalised, in lower case, cut to 64 characters."""
    spaced = _SPACED.apply(normalise(text))
    found = spaced.split()
    if not "".join(found).isalnum():  # a rarer separator, an emoji say; `split` alone is twice as quick
        found = _TOKEN.findall(spaced)
    if max(map(len, found), default=0) > MAX_TOKEN_LENGTH:
        return [token[:MAX_TOKEN_LENGTH] for token in found]
    return found


# Vietnamese has some 7,000 syllables in use, so nearly every token was folded before.
@lru_cache(maxsize=2**15)
def _fold_token(token: str) -> str:
    """Respelled once more: accents that are not ours kept a word from being taken for one of those with y or i."""
    return respell_words([fold(token)])[0]


def fold_tokens(tokens: Sequence[str]) -> list[str]:
    """The same tokens without accents."""
    return list(map(_fold_token, tokens))


def pairs(tokens: Sequence[str]) -> list[str]:
    """Each token with its right neighbour, as `a_b`; no token holds a `_` of its own."""
    return _joined_pairs(tokens).split()


def _joined_pairs(tokens: Sequence[str]) -> str:
    """The pairs with spaces between, written into one list: half the time of a string for each pair."""
    count = max(0, len(tokens) - 1)
    parts = [" "] * (4 * count)
    parts[0::4] = tokens[:-1]
    parts[1::4] = ["_"] * count
    parts[2::4] = tokens[1:]
    return "".join(parts).rstrip()


def views(text: str) -> Views:
    """The four views of a text, as documents and queries both need them."""
    exact = tokens(text)
    folded = fold_tokens(exact)
    return Views(" ".join(exact), " ".join(folded), _joined_pairs(exact), _joined_pairs(folded))


def prefixes(*texts: str) -> str:
    """What a reader of these texts may have typed so far: the folded tokens' first 1 … 12 characters, and all of them.

    Each also after its left neighbour (`hoi_ng`), and the first one at the beginning (`_ho`): what `typed_pairs`
    asks for. Each string once, in the order of the texts, joined by spaces.
    """
    starts: dict[str, None] = {}
    for left, right in chain.from_iterable(pairwise(["", *fold_tokens(tokens(text))]) for text in texts):
        # Respelled, since the question will be: quy is qui, though it may become quyết.
        typed = [*respell_words([right[:length] for length in range(1, min(len(right), MAX_PREFIX_LENGTH) + 1)]), right]
        starts.update((start, None) for start in typed)
        starts.update((f"{left}_{start}", None) for start in typed)
    return " ".join(starts)


def typed_pairs(folded: Sequence[str]) -> list[str]:
    """Which of a title's `prefixes` hold when it begins with these folded tokens, the last perhaps half typed."""
    return pairs(["", *folded])
