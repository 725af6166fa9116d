"""HTML as office programs put it into the clipboard, made into HTML that means what it shows.

Fonts, sizes and colours go later, with everything that is not on the importer's allow-list. Here is done what would
be lost with them: fonts from before Unicode that only a style sheet names, emphasis by style, cells that are merged.
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from cms.core.pasting.lists import join_lists
from search.vietnamese.encodings import read_font

_FRAGMENT = re.compile(r"<!--StartFragment-->(.*)<!--EndFragment-->", re.DOTALL)
_CONDITION = re.compile(r"<!\[(?:if|endif)[^>]*>", re.IGNORECASE)  # as old Word writes it: no comment, and no HTML
_STYLES = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{[^{}]*?font-family\s*:\s*([^;}]+)", re.IGNORECASE)
_CLASS = re.compile(r"(?:\b[a-z][a-z0-9]*)?\.([\w-]+)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(normal|[1-4]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
# Deleted with changes tracked, hidden, or a comment.
_UNSEEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*comment", re.IGNORECASE)
_COMMENTS = ("MsoCommentReference", "MsoCommentText")
_PARTS = {"MsoTitle": "h1", "MsoCaption": "figcaption"}  # what styles of Word mean
_MAX_SPAN = 50  # columns or rows; pages claim any number


def tidy(html: str) -> str:
    """The HTML of the clipboard with its meaning in its tags."""
    fonts = dict(_fonts(html))
    found = _FRAGMENT.search(html)
    soup = BeautifulSoup(_CONDITION.sub("", found[1] if found else html), "html.parser")
    _drop_unseen(soup)
    for tag in soup.find_all(True):
        _name_font(tag, fonts)
        _emphasise(tag)
    for name, part in _PARTS.items():
        for tag in soup.find_all("p", class_=name):
            tag.name = part
    join_lists(soup)
    for table in soup.find_all("table"):
        _spread(table)
    return str(soup)


def _fonts(html: str) -> Iterator[tuple[str, str]]:
    """The classes that a style sheet shows in a font from before Unicode, with its name."""
    for sheet in _STYLES.findall(html):
        for selectors, family in _RULE.findall(sheet):
            if read_font(family):
                yield from ((name, family.replace('"', "").strip()) for name in _CLASS.findall(selectors))


def _drop_unseen(soup: BeautifulSoup) -> None:
    hidden = soup.find_all(style=_UNSEEN)
    for tag in [*soup.find_all(["del", "style", "script", "head"]), *hidden, *soup.find_all(class_=_COMMENTS)]:
        if not tag.decomposed:
            tag.decompose()


def _name_font(tag: Tag, fonts: dict[str, str]) -> None:
    """Say in the tag itself which old font it is in, where only its class does."""
    style = str(tag.get("style") or "")
    for name in tag.get("class") or ():
        if name in fonts and "font-family" not in style.lower():
            tag["style"] = f"{style};font-family:{fonts[name]}".lstrip(";")


def _emphasise(tag: Tag) -> None:
    """`<span style="font-weight:bold">` is `<b>`; the `<b style="font-weight:normal">` around everything is not."""
    style = str(tag.get("style") or "")
    if tag.name in {"b", "strong"} and _NOT_BOLD.search(style):
        tag.name = "span"
    elif tag.name in {"span", "font"}:
        for name, sign in (("b", _BOLD), ("i", _ITALIC)):
            if sign.search(style) and tag.get_text(strip=True):
                tag.wrap(BeautifulSoup("", "html.parser").new_tag(name))


def _spread(table: Tag) -> None:
    """Give every cell its own column and row: a cell that is merged gets empty neighbours."""
    below: dict[int, int] = {}  # how many rows each column is covered for
    for row in table.find_all("tr"):
        if row.find_parent("table") is not table:
            continue
        column = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            column = _cover(cell, column, below)
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for place in range(column, column + width):
                if height > 1:
                    below[place] = height - 1
            for _extra in range(width - 1):
                cell.insert_after(BeautifulSoup("", "html.parser").new_tag("td"))
            column += width


def _cover(cell: Tag, column: int, below: dict[int, int]) -> int:
    """Put empty cells before this one for those that reach down from the rows above; the column after them."""
    while below.get(column):
        below[column] -= 1
        cell.insert_before(BeautifulSoup("", "html.parser").new_tag("td"))
        column += 1
    return column


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() else 1
