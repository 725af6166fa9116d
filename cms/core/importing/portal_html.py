"""An old portal's page as a browser saves it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _

from cms.core.importing import legacy
from cms.core.importing.addresses import makes_sense
from cms.core.importing.dates import parse_date, parse_iso
from cms.core.importing.html import check_tags, lines_of_html
from cms.core.importing.lines import Line, lines_of
from cms.core.importing.portal_text import lost, understand
from cms.core.importing.values import Doubt, ImportedArticle, Unreadable

_DATE_META = ("article:published_time", "datePublished", "pubdate", "date", "dc.date", "dc.date.issued")
_ADDRESS_META = ("og:url",)
_SECTION_META = ("article:section", "articleSection")
_TRAIL = re.compile(r"bread-?_?crumb|duong-?_?dan|site-?map-?path|path-?way", re.IGNORECASE)
_STEPS = re.compile(r"[»›>→|]| / ")
_SIGNS = " »›>→/|:"
_HOME = frozenset({"trang chủ", "trang nhất", "home", "trang chu"})
_MAX_SECTION = 200  # characters
_MAX_BODY_LINE = 300  # characters; a date in a longer line is a part of a text


@dataclass(frozen=True)
class Page:
    """A page of HTML in Unicode, as a tree and as it is written, with the doubts that came with it."""

    soup: BeautifulSoup
    html: str
    doubts: tuple[Doubt, ...]


def parse(html: str, address: str = "") -> ImportedArticle:
    """Understand a page. `address` is its old one, where the caller knows it.

    What the page says of itself (its heading, its time of publication, its canonical address) comes before what can
    be guessed from its text. Raises Incomplete for a page without title or date, Unreadable for one that cannot be
    used at all.
    """
    return understand_page(page_of(html), address)


def understand_page(page: Page, address: str = "", chrome: Collection[str] = ()) -> ImportedArticle:
    """The same for a page that has been taken apart; `chrome` are lines that are known to be the site's own."""
    soup = page.soup
    title = _title(soup, chrome)
    lines = [line for line in lines_of_html(_content(page)) if line.text not in chrome]
    return understand(headed(lines, title, _date(soup)), address or _address(soup), _section(soup, title), page.doubts)


def page_of(html: str) -> Page:
    """The page in Unicode, taken apart. Raises Unreadable for what would take too much memory, or is no HTML."""
    check_tags(html)
    html, doubts = legacy.repaired_page(html)
    try:
        return Page(BeautifulSoup(html, "html.parser"), html, (*lost(html), *doubts))
    except Exception as error:  # the parser of the standard library gives up on some garbage
        raise Unreadable(_("no HTML that can be read")) from error


def _content(page: Page) -> str:
    """The part with the article, where the page marks it."""
    soup = page.soup
    for found in (soup.find(attrs={"itemprop": "articleBody"}), soup.find("article"), soup.find("main")):
        if found is not None and len(found.get_text(strip=True)) > 200:
            return str(found)
    return page.html


def headed(lines: list[Line], title: str, date: datetime | None) -> list[Line]:
    """The lines with the page's own title and date at their head; those that stand there already go."""
    if not title:
        return lines
    rest = [line for line in lines if line.text.casefold() != title.casefold()]
    if date is None and (at := _printed_date(rest)) is not None:
        return [Line(title), Line(""), rest[at], Line(""), *rest[at + 1 :]]
    head = [Line(title), Line("")]
    if date is not None:
        head += [Line(f"Ngày xuất bản: {date:%d/%m/%Y %H:%M:%S}"), Line("")]
        rest = [line for line in rest if not is_date(line)]
    return [*head, *rest]


def _printed_date(lines: list[Line]) -> int | None:
    """The number of the first line that is a date, if it stands before the text."""
    for number, line in enumerate(lines):
        if len(line.text) > _MAX_BODY_LINE:
            return None
        if is_date(line):
            return number
    return None


def is_date(line: Line) -> bool:
    """Whether the line is nothing but a date, with a label before it perhaps."""
    try:
        return any(text and parse_date(text) is not None for text in (line.text, line.text.partition(":")[2]))
    except Unreadable:
        return False


def _title(soup: BeautifulSoup, chrome: Collection[str]) -> str:
    """The only heading of the first level, or what the page calls itself when it is shared."""
    headings = [_line(heading.get_text(" ", strip=True)) for heading in soup.find_all("h1")]
    filled = [text for text in headings if text and text not in chrome]
    text = filled[0] if len(filled) == 1 else _line(_meta(soup, ("og:title",)))
    return "" if text in chrome else text


def _line(text: str) -> str:
    return next((line.text for line in lines_of(text) if line), "")


def _section(soup: BeautifulSoup, title: str) -> str:
    """What the portal calls the part that the page stands in: as it says, or the last step of the way that it shows."""
    if named := _meta(soup, _SECTION_META):
        return _line(named)[:_MAX_SECTION]
    for found in soup.find_all(_is_trail):
        steps = [_line(step).strip(_SIGNS) for text in found.stripped_strings for step in _STEPS.split(text)]
        named = [step for step in steps if step and step.casefold() not in {*_HOME, title.casefold()}]
        if named:
            return named[-1][:_MAX_SECTION]
    return ""


def _is_trail(tag: Tag) -> bool:
    """Whether this is the way from the home page: `Trang chủ » Tin tức`."""
    values = [tag.get("id"), tag.get("aria-label"), tag.get("itemtype"), *(tag.get("class") or ())]
    return any(_TRAIL.search(str(value)) for value in values if value)


def _date(soup: BeautifulSoup) -> datetime | None:
    times = soup.find_all("time", attrs={"datetime": True})
    values = [_meta(soup, _DATE_META), *(str(time["datetime"]) for time in times[:1])]
    return next(filter(None, map(parse_iso, values)), None)


def _address(soup: BeautifulSoup) -> str:
    link = soup.find("link", rel="canonical")
    address = str(link.get("href") or "") if link is not None else ""
    address = address or _meta(soup, _ADDRESS_META)
    return address if address.startswith(("http://", "https://")) and makes_sense(address) else ""


def _meta(soup: BeautifulSoup, names: tuple[str, ...]) -> str:
    for name in names:
        for attribute in ("property", "name", "itemprop"):
            found = soup.find("meta", attrs={attribute: name})
            if found is not None and (content := str(found.get("content") or "").strip()):
                return content
    return ""
