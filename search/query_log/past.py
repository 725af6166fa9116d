"""Questions of other readers that go on from what is being typed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection

from search.rows import rows
from search.vietnamese import fold, fold_tokens, tokens

# What one person asked is nobody else's business: a question is suggested once it came so often, on so many days.
_LEAST_ASKED, _LEAST_DAYS = 3, 2
_SHORTEST = 2  # characters typed: half of all questions begin with one of four letters
_LOOKED_AT = 50  # of the most frequent that begin so; the others would not be shown anyway

_BEGINNING = {
    "sqlite": ("folded GLOB %s", "*"),
    "postgresql": ("folded LIKE %s", "%"),
}
_PAST = f"""
SELECT text, folded FROM {{asked_query}}
WHERE ({{beginnings}}) AND results > 0 AND answered_as = '' AND asked >= {_LEAST_ASKED} AND days >= {_LEAST_DAYS}
ORDER BY asked DESC, text LIMIT {_LOOKED_AT}
"""  # noqa: S608 (numbers of ours)


def past_queries(typed: Sequence[str], limit: int) -> list[str]:
    """Questions that begin with these exact tokens, the last perhaps half typed, the most frequent first.

    Only those that found something the last time, as they were typed, and that came often enough. Whole words typed
    with accents must have them; of spellings that differ in accents alone the most frequent with accents is given.
    """
    together = "".join(typed)
    if len(together) < _SHORTEST or not together.isalnum():  # what is no token might be a pattern
        return []
    best: dict[str, str] = {}
    for text, folded in _beginning_with(" ".join(fold_tokens(typed))):
        if _agrees(typed[:-1], tokens(text)) and (folded not in best or _is_plain(best[folded])):
            best[folded] = text if not _is_plain(text) else best.get(folded, text)
    return list(islice(best.values(), limit))


def _beginning_with(folded: str) -> list[tuple[str, str]]:
    condition, anything = _BEGINNING[connection.vendor]
    patterns = [f"{beginning}{anything}" for beginning in _beginnings(folded)]
    return rows(_PAST.replace("{beginnings}", " OR ".join([condition] * len(patterns))), patterns)


def _beginnings(folded: str) -> Iterator[str]:
    """A last word that ends with i may have been a y, before it is known how the word goes on: `quy` for `quyết`."""
    yield folded
    if folded.endswith("i"):
        yield f"{folded[:-1]}y"


def _agrees(typed: Iterable[str], words: Iterable[str]) -> bool:
    return all(token in (word, fold(word)) for token, word in zip(typed, words, strict=False))


def _is_plain(text: str) -> bool:
    return text == fold(text)
