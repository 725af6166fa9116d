"""Marks what the reader asked for, in a whole text or in its best passages: the same for every engine.

The text is composed and folded, which keeps every offset; `str.find` over the folded text finds the words of the
query, three times as fast as a regular expression of them all. Whatever comes out is escaped HTML with `<mark>` and
nothing else.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from itertools import pairwise
from typing import Any

from search.documents import Attachment
from search.passages import FIRST_MARK, Feature, Passage, best_passages, features_within, is_mark
from search.vietnamese import compose, fold, fold_tokens, lower, normalise, respell, tokens, words

ELLIPSIS = "…"

# A word of the query at `text[start:end]`: start, end, folded, and exactly as it stands there (in lower case).
# A page of results has hundreds: plain tuples are made in a fifth of the time that named ones take.
_Match = tuple[int, int, str, str]


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
        return cls(tuple(words(query) if typing else tokens(query)), typing)

    @cached_property
    def plain(self) -> frozenset[str]:
        """The words typed without accents."""
        return frozenset(word for word in self.words if word == fold(word))

    @cached_property
    def accented(self) -> frozenset[str]:
        """The words typed with accents."""
        return frozenset(self.words) - self.plain

    @cached_property
    def neighbours(self) -> dict[tuple[str, str], str]:
        """The words, folded, that stand side by side in the query, and both in one string."""
        return {pair: " ".join(pair) for pair in pairwise(fold_tokens(self.words))}

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words, folded, each once, the longest last."""
        return tuple(sorted(set(fold_tokens(self.words)), key=len))


def highlight(text: str, terms: Terms) -> str:
    """The whole text, escaped, with the terms in `<mark>`."""
    text = compose(text)
    [features] = _features(terms, text)
    return _render(text, 0, len(text), features)


def snippets(text: str, terms: Terms, count: int = 2, width: int = 200) -> list[str]:
    """Up to `count` of the best passages of about `width` characters, in the order of the text.

    They are cut at the ends of paragraphs where possible, else between words, and there bear an ellipsis.
    A text without any of the terms gives its beginning; a blank text gives nothing.
    """
    text = compose(text).strip()
    [features] = _features(terms, text)
    return _snippets(text, features, count, width)


def highlight_page(
    title: str, body: str, terms: Terms, attachments: Sequence[Attachment] = (), count: int = 2, width: int = 200
) -> dict[str, Any]:
    """`{"title": highlighted, "body": [snippet, …], "files": [{"title", "url", "page", "text"}, …]}`.

    An accented word found in one of them is not loosened in the others. Of the attached files only passages that
    hold a term are shown, each with its file and, where the file's pages have numbers, its page (else None).
    """
    end = attachments[0].starts[0] if attachments else len(body)
    title, own, files = compose(title), compose(body[:end]).strip(), body[end:]
    in_title, in_own, in_files = _features(terms, title, own, files)
    return {
        "title": _render(title, 0, len(title), in_title),
        "body": _snippets(own, in_own, count, width),
        "files": [*_file_snippets(files, in_files, attachments, count, width)] if in_files else [],
    }


def _features(terms: Terms, *texts: str) -> list[list[Feature]]:
    """What to mark in each of the composed texts of one document."""
    found = [_matches(text, terms) for text in texts]
    loose = _loose(terms, found)
    return [_chosen(text, matches, terms, loose) for text, matches in zip(texts, found, strict=True)]


def _matches(text: str, terms: Terms) -> list[_Match]:
    """The words of a composed text that fold to a term, in the order of the text."""
    folded = fold(text) if terms.typing else respell(fold(text))
    folded += " "  # which stands behind the last letter and, at index -1, before the first
    found: dict[int, _Match] = {}
    for word in terms.folded:
        is_plain = word in terms.plain
        end = 0
        while (start := folded.find(word, end)) >= 0:
            end = start + len(word)
            after = folded[end]
            if folded[start - 1].isalnum() or (after.isalnum() and not terms.typing):
                continue  # a part of a longer word
            exact = word if is_plain else _exact(text[start:end])
            if after >= FIRST_MARK:
                end = _after_marks(text, end)
            found[start] = (start, end, word, exact)  # of two half-typed words that begin here, the longer comes last
    return sorted(found.values())


def _after_marks(text: str, index: int) -> int:
    while is_mark(text, index):
        index += 1
    return index


@lru_cache(maxsize=10_000)
def _exact(word: str) -> str:
    """A word as it is compared; a language has few, and they come again and again."""
    return lower(respell(normalise(word)))


def _loose(terms: Terms, texts: Sequence[Sequence[_Match]]) -> frozenset[str]:
    """The folded words that are marked with any accents in the texts of one document: see Terms."""
    missing = terms.accented.difference([match[3] for matches in texts for match in matches])
    return terms.plain.union(fold_tokens([*missing])) if missing else terms.plain


def _chosen(text: str, matches: Sequence[_Match], terms: Terms, loose: frozenset[str]) -> list[Feature]:
    """The matches to mark, and any two of them that stand side by side as in the query.

    One character may be between the two, whatever it is but a new line.
    """
    accented, neighbours = terms.accented, terms.neighbours
    features: list[Feature] = []
    first, last, before = 0, -2, ""
    for start, end, word, exact in matches:
        if exact not in accented and word not in loose:
            continue
        if start == last + 1 and text[last] != "\n" and (pair := neighbours.get((before, word))):
            features.append((first, end, pair))
        features.append((start, end, word))
        first, last, before = start, end, word
    return features


def _render(text: str, start: int, end: int, features: Iterable[Feature]) -> str:
    """`text[start:end]`, escaped, with `<mark>` around the features, all of which lie in it."""
    parts = []
    for first, last in _spans(features):
        parts += [escape(text[start:first]), "<mark>", escape(text[first:last]), "</mark>"]
        start = last
    return "".join([*parts, escape(text[start:end])])


def _spans(features: Iterable[Feature]) -> list[tuple[int, int]]:
    """What to mark, from and to: features that overlap, a pair and its words, share a mark."""
    spans: list[tuple[int, int]] = []
    reached = 0
    for start, end, _ in features:
        if start < reached:
            start, _ = spans.pop()
        spans.append((start, end))
        reached = end
    return spans


def _snippets(text: str, features: Sequence[Feature], count: int, width: int) -> list[str]:
    return [_snippet(text, passage, features) for passage in best_passages(text, features, count, width)]


def _file_snippets(
    text: str, features: Sequence[Feature], attachments: Sequence[Attachment], count: int, width: int
) -> Iterator[dict[str, Any]]:
    """The best passages of the files' text, each with the place where its first mark stands."""
    offset = attachments[0].starts[0]
    for passage in best_passages(text, features, count, width):
        first = features_within(features, passage.start, passage.end)[0]
        file, page = _place(offset + first[0], attachments)
        yield {"title": file.title, "url": file.url, "page": page, "text": _snippet(text, passage, features)}


def _place(offset: int, attachments: Sequence[Attachment]) -> tuple[Attachment, int | None]:
    """The file that has this place of the body, and the number of its page there."""
    file = attachments[bisect_right(attachments, offset, key=lambda attachment: attachment.starts[0]) - 1]
    return file, bisect_right(file.starts, offset) if file.paged else None


def _snippet(text: str, passage: Passage, features: Sequence[Feature]) -> str:
    start, end, cut_before, cut_after = passage
    rendered = _render(text, start, end, features_within(features, start, end))
    return f"{ELLIPSIS if cut_before else ''}{rendered}{ELLIPSIS if cut_after else ''}"
