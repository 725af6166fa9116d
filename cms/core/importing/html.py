"""A page of HTML as the lines that the text reader understands, each with what it was: heading, list, table, picture.

What is not on the allow-list is gone before anything else looks: scripts, styles, frames, forms, navigation.
"""

from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser
from pathlib import PurePosixPath

import nh3
from django.utils.translation import gettext as _

from cms.core.importing.addresses import parts_of
from cms.core.importing.lines import Line, lines_of
from cms.core.importing.values import BlockKind, Picture, Rich, Unreadable

INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}  # what they become
HEADINGS = {f"h{level}" for level in range(1, 7)}
LISTS = {"ul", "ol"}
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "blockquote", "center", "pre", "hr", "br", "dl", "dt", "dd",
    "figure",
}  # fmt: skip
_CELLS = {"td", "th"}
TAGS = {*INLINE, *HEADINGS, *LISTS, *_BLOCKS, *_CELLS, "li", "a", "img", "table", "tr", "caption", "figcaption"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
GONE = {
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "form", "button", "select",
    "textarea", "nav", "footer", "aside", "head", "title", "video", "audio", "canvas", "map",
}  # fmt: skip
FILES = frozenset({".csv", ".docx", ".odt", ".pdf", ".pptx", ".rtf", ".txt", ".xlsx", ".zip", ".doc", ".xls", ".ppt"})


_MAX_TAGS = 100_000  # of a page; portals' have some thousands, and each takes about a kilobyte while it is read


def check_tags(html: str) -> None:
    """Raise Unreadable for a page that would take too much memory."""
    if html.count("<") > _MAX_TAGS:
        raise Unreadable(_("more than %(limit)d tags") % {"limit": _MAX_TAGS})


def clean(html: str) -> str:
    """The HTML with what is on the allow-list and nothing else."""
    return nh3.clean(
        html, tags=TAGS, clean_content_tags=GONE, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"},
        link_rel=None, strip_comments=True,
    )  # fmt: skip


def lines_of_html(html: str) -> list[Line]:
    """The lines of a page or a fragment, blank ones between them, in Unicode's composed form. Raises Unreadable."""
    check_tags(html)
    reader = _Reader()
    reader.feed(clean(html))
    reader.close()
    return reader.lines()


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    caption: str = ""


class _Reader(HTMLParser):
    """Takes clean HTML as a stream: however deep it is nested, the stack stays flat."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._html: list[str] = []  # of the paragraph, list or cell under way
        self._text: list[str] = []
        self._open: list[tuple[str, str]] = []  # inline elements: the name of the tag, and the tag itself
        self._kind = BlockKind.TEXT
        self._lists = 0  # how deep in lists
        self._list = "ul"
        self._table: _Table | None = None
        self._tables = 0
        self._pictures: list[Picture] = []  # that stand before the next line
        self._files: list[tuple[str, str]] = []
        self._href = ""
        self._is_caption = False

    def lines(self) -> list[Line]:
        """What was read; a picture behind the last line stays with it."""
        self._end_line()
        if self._pictures and self._lines:
            last = self._lines[-1]
            rich = last.rich or Rich()
            self._lines[-1] = replace(last, rich=replace(rich, pictures_behind=tuple(self._pictures)))
        return [item for line in self._lines for item in (line, Line(""))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "img":
            self._pictures.append(Picture(attributes.get("src") or "", (attributes.get("alt") or "").strip()))
        elif tag == "a":
            self._begin_link(attributes.get("href") or "")
        elif tag in INLINE:
            self._begin_inline(INLINE[tag], f"<{INLINE[tag]}>")
        elif tag == "table":
            self._begin_table()
        elif self._table is not None:
            self._in_table(tag)
        elif tag in LISTS or tag == "li":
            self._begin_item(tag)
        else:
            self._begin_block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
        elif tag in INLINE:
            self._end_inline(INLINE[tag])
        elif tag == "table":
            self._end_table()
        elif self._table is not None:
            if tag in _CELLS or tag == "caption":
                self._end_cell(tag)
        elif tag in LISTS:
            self._end_list(tag)
        elif tag == "li":
            self._html.append("</li>")
            self._text.append(" ")
        elif not self._lists and tag in HEADINGS:
            self._end_line(BlockKind.HEADING, level=int(tag[1]))
        elif not self._lists:
            self._end_line()

    def handle_data(self, data: str) -> None:
        self._text.append(data)
        self._html.append(escape(data, quote=False))

    def _begin_link(self, href: str) -> None:
        self._href = href
        if _is_elsewhere(href):
            self._begin_inline("a", f'<a href="{escape(href)}">')

    def _end_link(self) -> None:
        self._end_inline("a")
        if not _is_elsewhere(self._href) and PurePosixPath(parts_of(self._href).path.lower()).suffix in FILES:
            self._files.append((_flat("".join(self._text[-1:])), self._href))
        self._href = ""

    def _begin_inline(self, name: str, tag: str) -> None:
        self._open.append((name, tag))
        self._html.append(tag)

    def _end_inline(self, name: str) -> None:
        if self._open and self._open[-1][0] == name:
            self._open.pop()
            self._html.append(f"</{name}>")

    def _begin_item(self, tag: str) -> None:
        if tag == "li":
            self._html.append("<li>")
            return
        if self._lists:
            self._html.append(f"<{tag}>")
        else:
            self._end_line()
            self._list = tag
        self._lists += 1

    def _end_list(self, tag: str) -> None:
        self._lists = max(0, self._lists - 1)
        if self._lists:
            self._html.append(f"</{tag}>")
        else:
            self._end_line(BlockKind.RICH)

    def _begin_block(self, tag: str) -> None:
        if self._lists:
            self._text.append(" ")
            self._html.append(" ")
            return
        self._end_line()
        self._is_caption = tag == "figcaption"

    def _begin_table(self) -> None:
        self._tables += 1
        if self._tables == 1:
            self._end_line()
            self._table = _Table()

    def _in_table(self, tag: str) -> None:
        assert self._table is not None
        if tag == "tr":
            self._table.rows.append([])
        elif tag in _CELLS:
            self._text, self._html = [], []
        else:
            self._text.append(" ")

    def _end_cell(self, tag: str) -> None:
        assert self._table is not None
        text, self._text, self._html = _flat("".join(self._text)), [], []
        if tag == "caption":
            self._table.caption = text
        elif self._table.rows:
            self._table.rows[-1].append(text)

    def _end_table(self) -> None:
        self._tables = max(0, self._tables - 1)
        if self._tables or self._table is None:
            return
        table, self._table = self._table, None
        rows = [row for row in table.rows if any(row)]
        self._text, self._html = [], []
        if not rows:
            return
        width = max(map(len, rows))
        if width == 1:  # laid out with a table, as old pages are
            for row in rows:
                self._add(row[0], Rich(pictures=self._take_pictures(), files=self._take_files()))
            return
        full = tuple(tuple(row + [""] * (width - len(row))) for row in rows)
        text = _flat(" ".join([table.caption, *(cell for row in full for cell in row)]))
        self._add(text, Rich(BlockKind.TABLE, table.caption, full, self._take_pictures(), self._take_files()))

    def _end_line(self, kind: BlockKind | None = None, level: int = 0) -> None:
        """What was gathered becomes a line; a caption goes to the picture before it."""
        text, html = _flat("".join(self._text)), "".join(self._html)
        self._text, self._html = [], [tag for _name, tag in self._open]
        if not text:
            return
        if self._is_caption and self._pictures:
            self._is_caption = False
            self._pictures[-1] = replace(self._pictures[-1], caption=text)
            return
        if self._lists or kind is BlockKind.RICH:  # a table in a list ends it, too
            kind, html = BlockKind.RICH, f"<{self._list}>{html}</{self._list}>"
        # Once more, since lines end in the middle of elements.
        self._add(text, Rich(kind, clean(_flat(html)), (), self._take_pictures(), self._take_files(), level=level))

    def _add(self, text: str, rich: Rich) -> None:
        for line in lines_of(text):
            if line:
                self._lines.append(Line(line.text, rich=rich))

    def _take_pictures(self) -> tuple[Picture, ...]:
        taken, self._pictures = tuple(self._pictures), []
        return taken

    def _take_files(self) -> tuple[tuple[str, str], ...]:
        taken, self._files = tuple(self._files), []
        return taken


def _is_elsewhere(href: str) -> bool:
    """Whether a link leads to another site and may stay; files of the page's own site become attachments."""
    parts = parts_of(href)
    return parts.scheme in {"http", "https", "mailto"} and PurePosixPath(parts.path.lower()).suffix not in FILES


def _flat(text: str) -> str:
    return " ".join(text.split())
