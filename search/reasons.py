"""What in a page answers a question: which words, in which part of it, by which rule.

Worked out from what the engine was asked (`search.engines.mix` turns the same words into its terms) and from the page's
own text, and so the same on every engine.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.documents import SearchDocument
from search.engines.base import Alternative, Preference, Request
from search.queries import Sort
from search.understanding.question import Word
from search.vietnamese import fold, fold_tokens, tokens

_PARTS = {
    "title": gettext_lazy("the title"),
    "text": gettext_lazy("the text"),
    "files": gettext_lazy("the attached files"),
}


@dataclass(frozen=True)
class Meaning:
    """A text that is looked for beside `words` of the question: editors say so, or the dictionary of abbreviations."""

    text: str
    words: str
    by_editors: bool

    @property
    def explained(self) -> str:
        """The rule in words."""
        values = {"words": self.words, "meaning": self.text}
        if self.by_editors:
            return _("Editors' synonym: “%(words)s” also finds “%(meaning)s”.") % values
        return _("Abbreviation: “%(words)s” also finds “%(meaning)s”.") % values


class _Part:
    """The words of a part of a page, and which stand side by side."""

    def __init__(self, name: str, text: str) -> None:
        self.name = str(_PARTS[name])
        exact = tokens(text)
        folded = fold_tokens(exact)
        self.exact, self.folded = frozenset(exact), frozenset(folded)
        self.pairs = frozenset(pairwise(folded))

    def says(self, words: Sequence[str]) -> bool:
        """Whether the words stand here side by side, accents aside."""
        folded = fold_tokens(words)
        return self.pairs.issuperset(pairwise(folded)) and self.folded.issuperset(folded)


def reasons(
    document: SearchDocument,
    asked: Sequence[Word],
    request: Request,
    meanings: Sequence[Meaning],
    *,
    pinned: bool = False,
) -> Iterator[str]:
    """Why a page is among the results of a question (`asked`, as corrected), the weightiest first."""
    parts = _parts(document)
    if pinned:
        yield _("Editors pinned it to this question.")
    for preference in request.preferences:
        yield from _named(document, preference)
    for part in parts:
        yield from _words(asked, part)
    for alternative in request.alternatives:
        yield from _meant(alternative, parts, meanings)
    if lacking := _lacking(asked, parts, meanings):
        yield _("It does not have: %(words)s.") % {"words": _quoted(lacking)}
    if request.sort is Sort.RELEVANCE:
        yield from _recent(document, request.preferences)


def _parts(document: SearchDocument) -> list[_Part]:
    end = document.attachments[0].starts[0] if document.attachments else len(document.body)
    texts: Mapping[str, str] = {
        "title": document.title,
        "text": document.body[:end],
        "files": document.body[end:],
    }
    return [_Part(name, text) for name, text in texts.items()]


def _named(document: SearchDocument, preference: Preference) -> Iterator[str]:
    """A number or a year that the question names."""
    value = preference.value
    values = {item.value for item in document.facets.get(preference.name, ())}
    if preference.name == "number" and document.number == value:
        yield _("It is the document %(number)s.") % {"number": value.upper()}
    elif preference.name == "cited" and value in values:
        yield _("It cites the document %(number)s.") % {"number": value.upper()}
    elif preference.name == "year" and value in values:
        yield _("It is of the year %(year)s, which the question names.") % {"year": value}


def _words(asked: Sequence[Word], part: _Part) -> Iterator[str]:
    """The question's words in a part, those with just their accents first, and which of them stand side by side."""
    exact = [word.shown for word in asked if word.token in part.exact]
    loose = [word.shown for word in asked if word.token not in part.exact and fold(word.token) in part.folded]
    if exact:
        yield _("Stands in %(part)s as typed: %(words)s.") % {"part": part.name, "words": _quoted(exact)}
    if loose:
        yield _("Stands in %(part)s with other accents: %(words)s.") % {"part": part.name, "words": _quoted(loose)}
    if runs := [" ".join(word.shown for word in run) for run in _runs(asked, part) if len(run) > 1]:
        yield _("Side by side in %(part)s: %(words)s.") % {"part": part.name, "words": _quoted(runs)}


def _runs(asked: Sequence[Word], part: _Part) -> list[list[Word]]:
    """The question cut wherever two words do not stand side by side in a part."""
    runs = [[word] for word in asked[:1]]
    for left, right in pairwise(asked):
        if (fold(left.token), fold(right.token)) in part.pairs:
            runs[-1].append(right)
        else:
            runs.append([right])
    return runs


def _meant(alternative: Alternative, parts: Sequence[_Part], meanings: Sequence[Meaning]) -> Iterator[str]:
    """Other words that are looked for as well: a rule's, or what may have been meant by a slip."""
    where = [part.name for part in parts if part.says(alternative.words)]
    rule = next((meaning for meaning in meanings if tuple(tokens(meaning.text)) == alternative.words), None)
    if where and rule:
        yield _("Stands in %(parts)s: “%(words)s”. %(rule)s") % {
            "parts": ", ".join(where),
            "words": rule.text,
            "rule": rule.explained,
        }
    elif where:
        yield _("Stands in %(parts)s: “%(words)s”, which may have been meant.") % {
            "parts": ", ".join(where),
            "words": " ".join(alternative.words),
        }


def _lacking(asked: Sequence[Word], parts: Sequence[_Part], meanings: Sequence[Meaning]) -> list[str]:
    """The words that stand nowhere, and for which nothing that stands for them does."""
    met = [meaning for meaning in meanings if any(part.says(tokens(meaning.text)) for part in parts)]
    covered = {token for meaning in met for token in tokens(meaning.words)}
    found = covered.union(*(part.folded for part in parts))
    return [word.shown for word in asked if word.token not in found and fold(word.token) not in found]


def _recent(document: SearchDocument, preferences: Sequence[Preference]) -> Iterator[str]:
    reached = [each.since for each in preferences if each.since and (document.timestamp or 0) >= each.since]
    if reached:
        days = (timezone.now() - datetime.fromtimestamp(max(reached), UTC)).days
        yield _("Less than %(days)d days old: before older pages that answer about as well.") % {"days": days}


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in dict.fromkeys(words))
