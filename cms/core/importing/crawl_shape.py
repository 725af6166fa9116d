"""Whether a page of a crawl is an article, by its shape: lists have dates and titles too, many of them."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from cms.core.importing.addresses import parts_of
from cms.core.importing.byline import is_name
from cms.core.importing.fields import fields_of
from cms.core.importing.html import FILES
from cms.core.importing.lines import Line, lines_of
from cms.core.importing.portal_html import is_date
from cms.core.importing.values import BlockKind, ImportedArticle, ImportedBlock

_MAX_DATES = 2  # in lines of their own, of what an article speaks; a list has one for each of its articles
_MAX_LINKS = 0.5  # of the text; more of it leads to other pages in a list or a menu
_DATE = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}"
_DATED = re.compile(rf"[\[(]?{_DATE}\b|.*[\[(][^\[\]()]*{_DATE}[^\[\]()]*[\])]$")
_MAX_DATED = 250  # characters of a title with its date
_TAGS = re.compile(r"<[^>]*>")
_ITEMS = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_MIN_PAGES = 5  # to tell what they share
_SHARED = 0.6  # of the pages; the same story under several addresses is in fewer
_MAX_CHROME = 200  # characters


def why_no_article(soup: BeautifulSoup, article: ImportedArticle) -> str:
    """Why this page, though there are title, date and text, is a list or the like; empty for an article."""
    links = {text for link in soup.find_all("a", href=_leads_to_page) if (text := _plain(link.get_text(" ")))}
    if article.title.casefold() in links and not _stands_free(soup, article.title):
        return _("a list: its title leads to another page")
    pieces = list(chain.from_iterable(map(_pieces, article.blocks)))
    if sum(map(_is_dated, pieces)) > _MAX_DATES:
        return _("a list: several dates")
    linked = sum(len(piece) for piece in pieces if piece.casefold() in links)
    return _("a list: mostly links") if linked > _MAX_LINKS * sum(map(len, pieces)) else ""


def common_lines(pages: list[list[Line]]) -> frozenset[str]:
    """The lines that most of the pages have: the site's own, such as its clock, its menus and its footer.

    Names of people and labelled lines are kept, whoever writes most of the articles.
    """
    counts = Counter(text for lines in pages for text in {line.text for line in lines if line})
    enough = max(_MIN_PAGES, _SHARED * len(pages))
    shared = (text for text, count in counts.items() if count >= enough and len(text) <= _MAX_CHROME)
    return frozenset(text for text in shared if not _is_of_articles(text))


def _is_of_articles(text: str) -> bool:
    return is_name(text) or bool(fields_of(Line(text)))


def _leads_to_page(href: str | None) -> bool:
    """Whether a link leads to a page; attachments and marks within a page are a part of articles."""
    parts = parts_of(href or "")
    is_file = any(parts.path.lower().endswith(suffix) for suffix in FILES)
    return bool(parts.path or parts.query) and parts.scheme in {"", "http", "https"} and not is_file


def _stands_free(soup: BeautifulSoup, title: str) -> bool:
    """Whether the title stands on the page outside of links, too."""
    texts = (text for text in soup.find_all(string=True) if title[:20].casefold() in text.casefold())
    return any(
        text.find_parent("a") is None and text.find_parent(["head", "title", "script", "option"]) is None
        for text in texts
    )


def _pieces(block: ImportedBlock) -> Iterator[str]:
    """The text of a block, of a list item by item."""
    if block.kind is BlockKind.RICH:
        yield from (_plain(_TAGS.sub(" ", item)) for item in _ITEMS.findall(block.html))
    elif block.kind is not BlockKind.FILE:
        yield block.text


def _is_dated(text: str) -> bool:
    return len(text) <= _MAX_DATED and (is_date(Line(text)) or bool(_DATED.match(text)))


def _plain(text: str) -> str:
    return next((line.text.casefold() for line in lines_of(" ".join(text.split())) if line), "")
