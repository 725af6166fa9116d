"""Makes links of document numbers in a page's HTML, where the register has the document."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape, unescape

from cms.documents.models import OfficialDocumentPage, registered
from search.vietnamese import document_numbers

_TAG = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^"'>])*>)""")
_NAME = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_LEFT_ALONE = frozenset({"a", "script", "style", "button", "textarea", "title", "h1"})  # text inside stays as it is


def link_numbers(html: str, page_id: int | None = None, known: Iterable[OfficialDocumentPage] | None = None) -> str:
    """The HTML with links to the public documents whose numbers stand in its text; to `page_id` itself none.

    One query, and none where no number stands in it or the documents are `known`.
    """
    if known is not None and not (known := list(known)):
        return html
    keys = {number.key for text in _texts(html) for _start, _end, number in document_numbers.find(text)}
    if not keys:
        return html
    pages = registered(keys) if known is None else {page.number_key: page for page in known}
    return link_to(html, {key: page.url for key, page in pages.items() if page.pk != page_id and page.url})


def link_to(html: str, urls: Mapping[str, str]) -> str:
    """The HTML with links to these addresses, by number (key), where the numbers stand in its text."""
    return "".join(_rewritten(html, lambda text: _linked(text, urls))) if urls else html


def _texts(html: str) -> Iterator[str]:
    found: list[str] = []
    for _part in _rewritten(html, lambda text: found.append(text) or ""):
        pass
    yield from found


def _rewritten(html: str, rewrite: Callable[[str], str]) -> Iterator[str]:
    """The HTML with each text that may hold links, entities decoded, put through `rewrite`, which gives HTML."""
    inside = 0  # of how many elements whose text is left alone
    for number, part in enumerate(_TAG.split(html)):
        if number % 2:
            name = _NAME.match(part)
            if name and name[1].lower() in _LEFT_ALONE:
                inside += -1 if part.startswith("</") else 1
            yield part
        else:
            yield part if inside > 0 or not part.strip() else rewrite(unescape(part))


def _linked(text: str, urls: Mapping[str, str]) -> str:
    parts, at = [], 0
    for start, end, number in document_numbers.find(text):
        if number.key in urls:
            link = f'<a href="{escape(urls[number.key])}">{escape(text[start:end])}</a>'
            parts += [escape(text[at:start], quote=False), link]
            at = end
    return "".join([*parts, escape(text[at:], quote=False)])
