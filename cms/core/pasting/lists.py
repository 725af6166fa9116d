"""Word's lists, which are no lists: paragraphs of a style, each with its bullet or number as text.

Draftail numbers a list by itself, from 1. So only what comes out with the same numbers becomes a numbered list;
`a)`, `3.` behind a picture, or the single `1.` of a numbered heading stay as they are printed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString, Tag

_LIST = re.compile(r"mso-list\s*:\s*l(\d+)\s+level(\d+)", re.IGNORECASE)
_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3})[.)]")
_ANY_NUMBER = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]{1,2}|[ivxlc]{1,6})[.)]|\d{1,3}(?:\.\d{1,3})+", re.IGNORECASE
)
_NEW = BeautifulSoup("", "html.parser").new_tag


@dataclass
class _Item:
    """A paragraph that stands for an item: of which list, how deep, and what is printed before it."""

    tag: Tag
    of: str
    level: int
    marker: str

    @property
    def is_numbered(self) -> bool:
        return bool(_ANY_NUMBER.fullmatch(self.marker))


def join_lists(soup: BeautifulSoup) -> None:
    """Make lists of the paragraphs of each run, or put their numbers into their texts."""
    for run in _runs(soup):
        if _comes_out_right(run):
            _nest(run)
        else:
            for item in run:
                if item.is_numbered:
                    item.tag.insert(0, NavigableString(f"{item.marker} "))
                else:
                    item.tag.insert(0, NavigableString("– "))


def _runs(soup: BeautifulSoup) -> Iterator[list[_Item]]:
    """Items that follow each other without anything between them."""
    run: list[_Item] = []
    for tag in soup.find_all(["p", "h1", "h2", "h3", "h4", "h5", "h6"], style=_LIST):
        item = _item(tag)
        if tag.name != "p":  # a numbered heading stays one
            tag.insert(0, NavigableString(f"{item.marker} " if item.is_numbered else ""))
            continue
        if run and not (item.of == run[-1].of and _follows(run[-1].tag, tag)):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _item(tag: Tag) -> _Item:
    found = _LIST.search(str(tag.get("style")))
    markers = tag.find_all(style=_MARKER)
    text = "".join(marker.get_text() for marker in markers).replace("\xa0", " ").strip()
    for marker in markers:
        marker.decompose()
    return _Item(tag, found[1] if found else "", min(int(found[2]), 9) if found else 1, text)


def _follows(before: Tag, tag: Tag) -> bool:
    between = tag.previous_sibling
    while between is not None and between is not before:
        if isinstance(between, Tag) or (type(between) is NavigableString and between.strip()):
            return False
        between = between.previous_sibling
    return between is before


def _comes_out_right(run: list[_Item]) -> bool:
    """Whether the numbers that readers will see are those that Word printed."""
    counts: dict[int, int] = {}
    for item in run:
        counts = {level: count for level, count in counts.items() if level <= item.level}
        counts[item.level] = counts.get(item.level, 0) + 1
        number = _NUMBER.fullmatch(item.marker)
        if item.is_numbered and (number is None or int(number[1]) != counts[item.level]):
            return False
    return not (len(run) == 1 and run[0].is_numbered)


def _nest(run: list[_Item]) -> None:
    """Put the items into lists, deeper ones into the item before them."""
    open_lists: list[tuple[int, Tag]] = []
    for item in run:
        while open_lists and open_lists[-1][0] > item.level:
            open_lists.pop()
        kind = "ol" if item.is_numbered else "ul"
        if not open_lists or open_lists[-1][0] < item.level or open_lists[-1][1].name != kind:
            _open(open_lists, item, kind)
        target = open_lists[-1][1]
        item.tag.name = "li"
        target.append(item.tag.extract())


def _open(open_lists: list[tuple[int, Tag]], item: _Item, kind: str) -> None:
    made = _NEW(kind)
    if open_lists and open_lists[-1][0] == item.level:  # of another kind than the one before it
        open_lists.pop()
    if open_lists:
        last = open_lists[-1][1].find_all("li", recursive=False)
        last[-1].append(made)
    else:
        item.tag.insert_before(made)
    open_lists.append((item.level, made))
