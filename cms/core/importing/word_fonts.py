"""In which font each piece of a Word file is: the old fonts say what the letters mean."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from defusedxml import ElementTree
from mammoth.documents import Document, Element, Paragraph, Run, Text

from cms.core.importing import legacy

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Fonts:
    """The fonts of the styles by their ids; `default` is for what has no style that names one."""

    styles: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None

    def of(self, style: str | None, otherwise: str | None) -> str | None:
        """The font of this style, if it has one."""
        return self.styles.get(style or "", otherwise)


def read(path: Path) -> Fonts:
    """The fonts that the file's styles name, their own or those of what they are based on."""
    with zipfile.ZipFile(path) as archive:
        if "word/styles.xml" not in archive.namelist():
            return Fonts()
        root = ElementTree.fromstring(archive.read("word/styles.xml"))
    styles = {style.get(f"{_W}styleId", ""): style for style in root.iter(f"{_W}style")}
    fonts = {name: font for name in styles if (font := _font_of(name, styles))}
    usual = [name for name, style in styles.items() if _is_usual(style)]
    default = next((fonts[name] for name in usual if name in fonts), None) or _named(root.find(f"{_W}docDefaults"))
    return Fonts(fonts, default)


def in_unicode(document: Document, fonts: Fonts) -> Document:
    """The document with what is in an old font as Unicode."""
    before = list(_pieces(document, fonts, fonts.default))
    after = legacy.repaired(before)
    if after == [text for text, _font in before]:
        return document
    return _rebuilt(document, iter(after))


def _font_of(name: str, styles: Mapping[str, Any]) -> str | None:
    seen: set[str] = set()  # a hostile file's styles may be based on each other
    while name in styles and name not in seen:
        seen.add(name)
        if font := _named(styles[name]):
            return font
        base = styles[name].find(f"{_W}basedOn")
        name = base.get(f"{_W}val", "") if base is not None else ""
    return None


def _named(element: Any) -> str | None:
    found = None if element is None else element.find(f".//{_W}rFonts")
    return None if found is None else found.get(f"{_W}ascii")


def _is_usual(style: Any) -> bool:
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in {"1", "true"}


def _pieces(element: Element, fonts: Fonts, font: str | None) -> Iterator[tuple[str, str | None]]:
    """Every text with its font, in order."""
    if isinstance(element, Paragraph):
        font = fonts.of(element.style_id, fonts.default)
    elif isinstance(element, Run):
        font = element.font or fonts.of(element.style_id, font)
    elif isinstance(element, Text):
        yield element.value, font
    for child in getattr(element, "children", ()):
        yield from _pieces(child, fonts, font)


def _rebuilt(element: Element, texts: Iterator[str]) -> Element:
    if isinstance(element, Text):
        return element.copy(value=next(texts))
    if not hasattr(element, "children"):
        return element
    return element.copy(children=[_rebuilt(child, texts) for child in element.children])
