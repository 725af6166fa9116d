"""Vietnamese text: pure functions that know nothing of Django or of the rest of the service."""

from search.vietnamese.normalise import compose, fold, lower, normalise, respell, respell_words
from search.vietnamese.views import (
    MAX_PREFIX_LENGTH,
    MAX_TOKEN_LENGTH,
    VERSION,
    Views,
    fold_tokens,
    pairs,
    prefixes,
    tokens,
    typed_pairs,
    views,
    words,
)

__all__ = [
    "MAX_PREFIX_LENGTH",
    "MAX_TOKEN_LENGTH",
    "VERSION",
    "Views",
    "compose",
    "fold",
    "fold_tokens",
    "lower",
    "normalise",
    "pairs",
    "prefixes",
    "respell",
    "respell_words",
    "tokens",
    "typed_pairs",
    "views",
    "words",
]
