"""An old portal's page as a browser saves it."""

from dataclasses import replace
from datetime import datetime

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from cms.core.importing import legacy
from cms.core.importing.addresses import makes_sense
from cms.core.importing.dates import parse_date, parse_iso
from cms.core.importing.html import lines_of_html
from cms.core.importing.lines import Line, lines_of
from cms.core.importing.portal_text import lost, understand
from cms.core.importing.values import ImportedArticle, Unreadable

_DATE_META = ("article:published_time", "datePublished", "pubdate", "date", "dc.date", "dc.date.issued")
_ADDRESS_META = ("og:url",)
_MAX_BODY_LINE = 300  # characters; a date in a longer line is a part of a text


def parse(html: str, address: str = "") -> ImportedArticle:
    """Understand a page. `address` is its old one, where the caller knows it. Raises Unreadable, and nothing else.

    What the page says of itself (its heading, its time of publication, its canonical address) comes before what can
    be guessed from its text.
    """
    html, doubts = legacy.repaired_page(html)
    try:
        soup = BeautifulSoup(html, "html.parser")
    except Exception as error:  # the parser of the standard library gives up on some garbage
        raise Unreadable(_("no HTML that can be read")) from error
    lines = _headed(lines_of_html(_content(soup, html)), _title(soup), _date(soup))
    article = understand(lines, address or _address(soup))
    return replace(article, doubts=(*article.doubts, *lost(html), *doubts))


def _content(soup: BeautifulSoup, html: str) -> str:
    """The part with the article, where the page marks it."""
    for found in (soup.find(attrs={"itemprop": "articleBody"}), soup.find("article"), soup.find("main")):
        if found is not None and len(found.get_text(strip=True)) > 200:
            return str(found)
    return html


def _headed(lines: list[Line], title: str, date: datetime | None) -> list[Line]:
    """The lines with the page's own title and date at their head; those that stand there already go."""
    if not title:
        return lines
    rest = [line for line in lines if line.text.casefold() != title.casefold()]
    if date is None and (at := _printed_date(rest)) is not None:
        return [Line(title), Line(""), rest[at], Line(""), *rest[at + 1 :]]
    head = [Line(title), Line("")]
    if date is not None:
        head += [Line(f"Ngày xuất bản: {date:%d/%m/%Y %H:%M:%S}"), Line("")]
        rest = [line for line in rest if not _is_date(line)]
    return [*head, *rest]


def _printed_date(lines: list[Line]) -> int | None:
    """The number of the first line that is a date, if it stands before the text."""
    for number, line in enumerate(lines):
        if len(line.text) > _MAX_BODY_LINE:
            return None
        if _is_date(line):
            return number
    return None


def _is_date(line: Line) -> bool:
    """Whether the line is nothing but a date, with a label before it perhaps."""
    try:
        return any(text and parse_date(text) is not None for text in (line.text, line.text.partition(":")[2]))
    except Unreadable:
        return False


def _title(soup: BeautifulSoup) -> str:
    """The only heading of the first level, or what the page calls itself when it is shared."""
    headings = [heading.get_text(" ", strip=True) for heading in soup.find_all("h1")]
    filled = [text for text in headings if text]
    text = filled[0] if len(filled) == 1 else _meta(soup, ("og:title",))
    return next((line.text for line in lines_of(text) if line), "")


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
