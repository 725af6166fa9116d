"""Which pages of a crawl are the same story: its print version, in two sections, with and without `www`."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from zlib import crc32

from cms.core.importing.values import ImportedArticle
from search.vietnamese import tokens

_WORDS = 3  # in a row, that are compared as one
_KEPT = 64  # of these, the same choice for every page: as many as tell apart what is alike from what is not
_ALIKE, _VERY_ALIKE = 0.5, 0.8  # share of them that two pages have in common; print versions lack captions
_NEAR = 0.9  # titles that differ in a letter or a word
_PRINT = re.compile(r"print|/in[/-]|[?&]in=|in-bai|ban-in|tmpl=component", re.IGNORECASE)


@dataclass(frozen=True)
class Story:
    """A page of a crawl, as much of it as is needed to compare it; `place` is where the rest is kept."""

    path: Path
    host: Path
    addresses: tuple[str, ...]
    canonical: str
    title: str
    day: str
    words: frozenset[int]
    place: int

    @property
    def rank(self) -> tuple[bool, bool, int, str]:
        """The page that stands for all of its kind comes first: the one that calls itself so, and no print version."""
        address = self.addresses[0]
        return self.canonical not in self.addresses, bool(_PRINT.search(address)), len(address), address


def story_of(article: ImportedArticle, path: Path, host: Path, addresses: list[str], place: int) -> Story:
    """What there is to compare of an article."""
    text = " ".join(block.text for block in article.blocks)
    assert article.published_at is not None
    return Story(
        path,
        host,
        tuple(addresses),
        article.address,
        " ".join(tokens(article.title)),
        article.published_at.date().isoformat(),
        _sketch(tokens(text)),
        place,
    )


def groups(stories: list[Story]) -> list[list[Story]]:
    """The stories, those that are the same together, the one that stands for them first."""
    found: list[list[Story]] = []
    by_mark: dict[str, list[list[Story]]] = defaultdict(list)
    for story in stories:
        group = next((group for group in _candidates(story, by_mark) if _is_same(group[0], story)), None)
        if group is None:
            found.append(group := [])
        group.append(story)
        for mark in filter(None, (story.day, story.canonical)):
            if group not in by_mark[mark]:
                by_mark[mark].append(group)
    return [sorted(group, key=lambda story: story.rank) for group in found]


def _candidates(story: Story, by_mark: dict[str, list[list[Story]]]) -> Iterator[list[Story]]:
    for mark in filter(None, (story.canonical, story.day)):
        yield from by_mark[mark]


def _is_same(one: Story, other: Story) -> bool:
    has_same_title = one.title == other.title
    if not (has_same_title or SequenceMatcher(None, one.title, other.title).ratio() >= _NEAR):
        return False
    if one.canonical and one.canonical == other.canonical:
        return True
    return one.day == other.day and _likeness(one.words, other.words) >= (_ALIKE if has_same_title else _VERY_ALIKE)


def _sketch(words: list[str]) -> frozenset[int]:
    """The lowest checksums of all runs of words: of two texts as alike as the texts are."""
    runs = {crc32(" ".join(words[at : at + _WORDS]).encode()) for at in range(max(1, len(words) - _WORDS + 1))}
    return frozenset(sorted(runs)[:_KEPT])


def _likeness(one: frozenset[int], other: frozenset[int]) -> float:
    lowest = set(sorted(one | other)[:_KEPT])
    return len(lowest & one & other) / max(1, len(lowest))
