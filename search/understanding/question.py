"""What a reader typed, taken apart: words, "phrases in quotes", -words to leave out. There is no other syntax.

No character is an error: a quote that is never closed ends with the text, a hyphen between spaces is nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from search.vietnamese import compose, tokens, words

_QUOTES = '"“”„«»'
_MINUS = rf"(?P<minus>(?<!\S)-(?=[^\W_]|[{_QUOTES}]))?"
_PART = re.compile(rf"{_MINUS}(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<plain>[^\s{_QUOTES}]+))")


@dataclass(frozen=True)
class Word:
    """A word of a question: `token` is what the index is asked for, `shown` how people spell it.

    Words of the same quoted `phrase` have its number; 0 is for words outside quotes.
    """

    token: str
    shown: str
    phrase: int = 0
    capitals: bool = False


@dataclass(frozen=True)
class Question:
    """`words` holds all that is looked for, in order, the phrases' words too; `without` what no result may have."""

    words: tuple[Word, ...] = ()
    without: tuple[tuple[str, ...], ...] = ()

    def spelled(self, others: Sequence[Word]) -> str:
        """The question with other words in place of its own, as a reader would type it."""
        parts = []
        for phrase, some in groupby(others, _phrase_of):
            text = " ".join(word.shown for word in some)
            parts.append(f'"{text}"' if phrase else text)
        parts += [f'-"{" ".join(some)}"' if len(some) > 1 else f"-{some[0]}" for some in self.without]
        return " ".join(parts)


def phrases(words: Sequence[Word]) -> tuple[tuple[str, ...], ...]:
    """The tokens of each quoted phrase among the words of a question."""
    return tuple(tuple(word.token for word in some) for phrase, some in groupby(words, _phrase_of) if phrase)


def _phrase_of(word: Word) -> int:
    return word.phrase


def take_apart(text: str) -> Question:
    """The question that a text asks."""
    wanted: list[Word] = []
    without: list[tuple[str, ...]] = []
    for number, (minus, quoted, part) in enumerate(_parts(text), 1):
        if minus:
            without.append(tuple(tokens(part)))
        else:
            wanted += _words(part, number if quoted else 0)
    return Question(tuple(wanted), tuple(filter(None, without)))


def _parts(text: str) -> Iterator[tuple[bool, bool, str]]:
    """Whether a part is to be left out, whether it is quoted, and its text."""
    for found in _PART.finditer(compose(text)):
        quoted = found["quoted"]
        yield bool(found["minus"]), quoted is not None, found["plain"] if quoted is None else quoted


def _words(part: str, phrase: int) -> Iterator[Word]:
    capitals = part.isupper()
    for token, shown in zip(tokens(part), words(part), strict=True):
        yield Word(token, shown, phrase, capitals)
