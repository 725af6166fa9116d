"""Marks what the reader asked for, in a whole text or in its best passages: the same for every engine.

The text is composed and folded, which keeps every offset; one regular expression over the folded text finds the
words of the query. Whatever comes out is escaped HTML with `<mark>` and nothing else.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

from search.passages import Feature, Passage, best_passages, is_mark
from search.vietnamese import compose, fold, fold_tokens, lower, normalise, tokens

ELLIPSIS = "…"


@dataclass(frozen=True)
class Terms:
    """What to mark: a query's words in order.

    A word typed with accents marks the same word only or, if a document has it nowhere, all words that fold to it;
    a word typed without accents marks all that fold to it. Case, Unicode form and tone placement never matter.
    With `typing` every word may be half typed and marks the beginnings of words.
    """

    words: tuple[str, ...]
    typing: bool = False

    @classmethod
    def of(cls, query: str, *, typing: bool = False) -> "Terms":
        """The terms of a query as typed, or as corrected."""
        return cls(tuple(tokens(query)), typing)

    @cached_property
    def plain(self) -> frozenset[str]:
        """The words typed without accents."""
        return frozenset(word for word in self.words if word == fold(word))

    @cached_property
    def accented(self) -> frozenset[str]:
        """The words typed with accents."""
        return frozenset(self.words) - self.plain

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        """The words, folded, that stand side by side in the query."""
        return frozenset(pairwise(fold_tokens(self.words)))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the words in a folded text, the longest first; the caller looks whether a word begins there.

        Beginning with the words and not with a look behind, it runs twice as fast: `re` skips to their first letters.
        """
        words = sorted(set(fold_tokens(self.words)), key=len, reverse=True)
        end = "" if self.typing else r"(?![^\W_])"
        return re.compile(f"(?:{'|'.join(words)}){end}")


class _Match(NamedTuple):
    """A word of the query at `text[start:end]`: folded, and exactly as it stands there (in lower case)."""

    start: int
    end: int
    folded: str
    exact: str


def highlight(text: str, terms: Terms) -> str:
    """The whole text, escaped, with the terms in `<mark>`."""
    text = compose(text)
    [matches] = _choose(terms, _matches(text, terms))
    return _marked(text, matches, terms)


def snippets(text: str, terms: Terms, count: int = 2, width: int = 200) -> list[str]:
    """Up to `count` of the best passages of about `width` characters, in the order of the text.

    They are cut at the ends of paragraphs where possible, else between words, and there bear an ellipsis.
    A text without any of the terms gives its beginning; a blank text gives nothing.
    """
    text = compose(text).strip()
    [matches] = _choose(terms, _matches(text, terms))
    return _snippets(text, matches, terms, count, width)


def highlight_page(title: str, body: str, terms: Terms, count: int = 2, width: int = 200) -> dict[str, Any]:
    """`{"title": highlighted, "body": [snippet, …]}`; an accented word found in either is not loosened in the other."""
    title, body = compose(title), compose(body).strip()
    in_title, in_body = _choose(terms, _matches(title, terms), _matches(body, terms))
    return {"title": _marked(title, in_title, terms), "body": _snippets(body, in_body, terms, count, width)}


def _matches(text: str, terms: Terms) -> list[_Match]:
    """The words of a composed text that fold to a term."""
    if not terms.words:
        return []
    folded = fold(text)
    matches = []
    for found in terms.pattern.finditer(folded):
        start, end = found.span()
        if start and folded[start - 1].isalnum():  # the last letters of a longer word
            continue
        word = found.group()
        exact = word if word in terms.plain else _exact(text[start:end])
        while is_mark(text, end):
            end += 1
        matches.append(_Match(start, end, word, exact))
    return matches


@lru_cache(maxsize=10_000)
def _exact(word: str) -> str:
    """A word as it is compared; a language has few, and they come again and again."""
    return lower(normalise(word))


def _choose(terms: Terms, *texts: Sequence[_Match]) -> list[list[_Match]]:
    """The matches to mark in each text of one document: see Terms."""
    exact = {match.exact for matches in texts for match in matches}
    loose = terms.plain.union(fold_tokens([*terms.accented - exact]))
    return [[match for match in matches if match.folded in loose or match.exact in terms.accented] for matches in texts]


def _follows(text: str, left: _Match, right: _Match, terms: Terms) -> bool:
    """Whether two matches stand side by side as in the query; one character between, whatever it is but a new line."""
    adjacent = right.start - left.end == 1 and text[left.end] != "\n"
    return adjacent and (left.folded, right.folded) in terms.neighbours


def _marked(text: str, matches: Sequence[_Match], terms: Terms) -> str:
    """The whole text, escaped, with its matches in `<mark>`."""
    return _render(text, 0, len(text), _spans(text, matches, terms))


def _spans(text: str, matches: Sequence[_Match], terms: Terms) -> list[tuple[int, int]]:
    """What to mark, from and to: side by side as in the query, matches share a mark."""
    spans: list[tuple[int, int]] = []
    for left, right in zip([None, *matches], matches, strict=False):
        start = spans.pop()[0] if left and _follows(text, left, right, terms) else right.start
        spans.append((start, right.end))
    return spans


def _render(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> str:
    """`text[start:end]`, escaped, with `<mark>` around the spans, all of which lie in it."""
    parts = []
    for first, last in spans:
        parts += [escape(text[start:first]), "<mark>", escape(text[first:last]), "</mark>"]
        start = last
    return "".join([*parts, escape(text[start:end])])


def _snippets(text: str, matches: Sequence[_Match], terms: Terms, count: int, width: int) -> list[str]:
    passages = best_passages(text, _features(text, matches, terms), count, width)
    return [_snippet(text, passage, matches, terms) for passage in passages]


def _snippet(text: str, passage: Passage, matches: Iterable[_Match], terms: Terms) -> str:
    inside = [match for match in matches if passage.start <= match.start and match.end <= passage.end]
    rendered = _render(text, passage.start, passage.end, _spans(text, inside, terms))
    return f"{ELLIPSIS if passage.cut_before else ''}{rendered}{ELLIPSIS if passage.cut_after else ''}"


def _features(text: str, matches: Sequence[_Match], terms: Terms) -> list[Feature]:
    """The words and the pairs of words that a passage can show."""
    features = []
    for left, right in zip_longest(matches, matches[1:]):
        features.append(Feature(left.start, left.end, left.folded))
        if right and _follows(text, left, right, terms):
            features.append(Feature(left.start, right.end, (left.folded, right.folded)))
    return features
