"""Repairs the texts of HTML and leaves everything else as it is, byte by byte.

What an element's font tells is taken into account: `<font face=".VnTime">`, `style="font-family: VNI-Times"`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape

from search.vietnamese.encodings import Part, Repaired, read_font, repair_parts

# A `<` within a tag ends the attempt to read it as one: hostile pages are read in one go, too.
_ATTRIBUTES = r"""(?:"[^"<]*"|'[^'<]*'|[^"'<>])*+"""
_TAG = re.compile(rf"(<!--|-->|<(?:/?[a-z]|[!?]){_ATTRIBUTES}>)", re.IGNORECASE)
_NAME = re.compile(r"<(/?)([a-z][a-z0-9:-]*)", re.IGNORECASE)
_FACE = re.compile(r"""\bface\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_FAMILY = re.compile(r"""font(?:-family\s*:|\s*:[^;<>]*?\d(?:[\w%./]*))\s*([^;"<>]+|[^;'<>]+)""", re.IGNORECASE)
_CHARSET = re.compile(r"""<meta\b[^<>]*\bcharset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_SHOWN = re.compile(r"""(\b(?:alt|title|content)\s*=\s*)("[^"<]*"|'[^'<]*')""", re.IGNORECASE)
_INLINE = frozenset({"a", "b", "i", "u", "em", "strong", "font", "span", "sub", "sup", "small", "big", "mark"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_HIDDEN = {"<!--": "-->", "<script": "</script", "<style": "</style"}  # what begins and ends what is no text
_HEAD = 4096  # characters, among which a page declares its character set
_DEPTH = 100  # elements; end tags close no further up


def repaired_html(html: str) -> Repaired:
    """The HTML with its texts in Unicode, those that readers are shown of attributes as well."""
    return repaired_pieces([html])[0]


def repaired_pieces(htmls: Sequence[str]) -> list[Repaired]:
    """The same for pieces of one page, whose words tell of each other."""
    pages = [_Page(html) for html in htmls]
    found = iter(repair_parts(part for page in pages for parts in page.parts for part in parts))
    return [page.rebuilt(found) for page in pages]


class _Page:
    """HTML cut into texts and tags, with the parts of each that are text."""

    def __init__(self, html: str) -> None:
        self._html, self._pieces = html, _TAG.split(html)
        self._fonts, self._hidden_until = _Fonts(_declared(html)), ""
        self.parts = [self._tag(piece) if place % 2 else self._text(piece) for place, piece in enumerate(self._pieces)]

    def _text(self, text: str) -> list[Part]:
        return [] if self._hidden_until or not text else [Part(unescape(text), self._fonts.current)]

    def _tag(self, tag: str) -> list[Part]:
        """The texts of its attributes, and a line's end where it begins or ends a block."""
        start = tag[: len("</script")].lower()
        if self._hidden_until:
            self._hidden_until = "" if start.startswith(self._hidden_until) else self._hidden_until
            return []
        self._hidden_until = next((end for begin, end in _HIDDEN.items() if start.startswith(begin)), "")
        shown = [Part(unescape(value[1:-1])) for _name, value in _SHOWN.findall(tag)]
        return [*shown, Part("\n")] if self._fonts.take(tag) else shown

    def rebuilt(self, found: Iterator[Repaired]) -> Repaired:
        """The HTML with what became of its parts, in order."""
        made, changed = list(self._pieces), []
        for place, parts in enumerate(self.parts):
            repaired = [next(found) for _part in parts]
            if any(part.encoding for part in repaired):
                changed += [part for part in repaired if part.encoding]
                made[place] = _shown(made[place], repaired) if place % 2 else escape(repaired[0].text, quote=False)
        return together("".join(made), changed) if changed else Repaired(self._html)


def _declared(html: str) -> str | None:
    """The character set that a page declares, if it is one of the old ones."""
    found = _CHARSET.search(html, 0, _HEAD)
    return found[1] if found and read_font(found[1]) else None


class _Fonts:
    """The fonts of the elements that are open."""

    def __init__(self, font: str | None) -> None:
        self._open: list[tuple[str, str | None]] = [("", font)]

    @property
    def current(self) -> str | None:
        return self._open[-1][1]

    def take(self, tag: str) -> bool:
        """Open or close what the tag says. Whether it begins or ends a block."""
        found = _NAME.match(tag)
        if found is None:
            return False
        is_end, name = bool(found[1]), found[2].lower()
        if is_end:
            self._close(name)
        elif name not in _VOID and not tag.endswith("/>"):
            self._open.append((name, _font(tag) or self.current))
        return name not in _INLINE

    def _close(self, name: str) -> None:
        """An end tag closes what was left open inside its element; without a start tag it closes nothing."""
        for place in range(len(self._open) - 1, max(0, len(self._open) - _DEPTH), -1):
            if self._open[place][0] == name:
                del self._open[place:]
                return


def _font(tag: str) -> str | None:
    """The name of the font that the tag sets, whichever it is: another font ends an old one."""
    if found := _FACE.search(tag):
        return next(filter(None, found.groups()), None)
    found = _FAMILY.search(unescape(tag))
    return found[1] if found else None


def _shown(tag: str, repaired: Iterable[Repaired]) -> str:
    """The tag with those texts of its attributes that were changed."""
    texts = iter(repaired)

    def put(found: re.Match[str]) -> str:
        text = next(texts)
        return f'{found[1]}"{escape(text.text)}"' if text.encoding else found[0]

    return _SHOWN.sub(put, tag)


def together(text: str, changed: Sequence[Repaired]) -> Repaired:
    """A whole that was put together of repaired pieces: the encoding of the longest, and the lowest confidence."""
    most = max(changed, key=lambda repaired: len(repaired.text))
    return Repaired(text, most.encoding, min(repaired.confidence for repaired in changed))
