"""What a text is about: the pairs of syllables that it has and few others have."""

from collections import Counter
from math import log

from search.understanding.vocabulary import Vocabulary
from search.vietnamese import fold_tokens, pairs, tokens

_PAIRS = 25  # more find hardly anything else, and take longer


def characteristic_pairs(text: str, vocabulary: Vocabulary) -> list[str]:
    """The folded pairs that say most of a text, the best first: those with the highest tf-idf.

    The vocabulary counts occurrences, not documents; for rare pairs, which decide, the two are nearly the same. Pairs
    that no other text has cannot find any.
    """
    counts = Counter(pairs(fold_tokens(tokens(text))))
    size = max(vocabulary.folded.size, 1)

    def weight(pair: str) -> float:
        everywhere = max(vocabulary.folded.pairs.count(pair), counts[pair])
        return (1 + log(counts[pair])) * log(1 + size / everywhere)

    known = [pair for pair in counts if vocabulary.folded.pairs.count(pair) > counts[pair]] or list(counts)
    return sorted(known, key=weight, reverse=True)[:_PAIRS]
