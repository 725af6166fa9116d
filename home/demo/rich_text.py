"""Rich text as the demo content writes it: paragraphs apart by empty lines, with a few tags of HTML."""

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

from home.demo.tables import Table

INLINE = {"b", "i", "sub", "sup", "a"}
LISTS = {"ul", "ol"}
_INSIDE = {"li": LISTS} | {tag: {"li", ""} for tag in LISTS}  # where a tag may stand; "" is the outermost level


def rich_text(table: Table, field: str, pages: Mapping[str, int | None], default: str | None = None) -> str:
    """The field as Wagtail stores it.

    `<a page="NAME">` becomes a link to the page of that name, or plain text where the page is gone (None).
    """
    chunks = re.split(r"\n\s*\n", table.text(field, default))
    return "".join(_Writer(table, field, pages).write(" ".join(chunk.split())) for chunk in chunks if chunk)


class _Writer(HTMLParser):
    """Writes a paragraph or list anew, tag by tag; what is not known is an error."""

    def __init__(self, table: Table, field: str, pages: Mapping[str, int | None]) -> None:
        super().__init__()
        self.table, self.field, self.pages = table, field, pages
        self.written: list[str] = []
        self.open: list[tuple[str, bool]] = []  # tag, and whether it was written

    def write(self, chunk: str) -> str:
        self.feed(chunk)
        self.close()
        if self.open:
            self._refuse(f"<{self.open[-1][0]}> is not closed")
        text = "".join(self.written)
        return text if chunk.startswith(("<ul>", "<ol>")) else f"<p>{text}</p>"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1][0] if self.open else ""
        if tag not in INLINE and parent not in _INSIDE.get(tag, ()):
            self._refuse(f"<{tag}> cannot stand here")
        if attributes and tag != "a":
            self._refuse(f"<{tag}> takes no attributes")
        start = self._link(dict(attributes)) if tag == "a" else f"<{tag}>"
        self.written.append(start)
        self.open.append((tag, bool(start)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self._refuse(f"</{tag}> closes nothing")
        if self.open.pop()[1]:
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.written.append(escape(data, quote=False))

    def handle_comment(self, data: str) -> None:
        self._refuse("comments are not known here")

    def _link(self, attributes: dict[str, str | None]) -> str:
        match attributes:
            case {"page": str(name)} if len(attributes) == 1:
                if name not in self.pages:
                    self._refuse(f"there is no page “{name}” before this one")
                return "" if self.pages[name] is None else f'<a linktype="page" id="{self.pages[name]}">'
            case {"href": str(url)} if len(attributes) == 1 and url.startswith(("https://", "http://", "mailto:")):
                return f'<a href="{escape(url)}">'
        self._refuse('a link is <a page="NAME"> or <a href="https://…">')
        return ""

    def _refuse(self, reason: str) -> None:
        raise self.table.bad(self.field, reason)
