"""Which paragraph of a Word file is the title: by its style, or by how it looks."""

from itertools import islice, takewhile

from mammoth.documents import Document, Element, Paragraph, Run, Text, run, text
from mammoth.transforms import get_descendants_of_type

from cms.core.importing.chrome import is_owner
from cms.core.importing.header import continues, is_placed_date
from cms.core.importing.lines import Line, lines_of

STYLE = "Trang: title"  # what the title's paragraph is marked with
_SPACE = run([text(" ")])
_LOOKED_AT = 15  # paragraphs; what looks like a title further below is a heading
# What stands above letters and reports, in capitals and bold as a title is.
_STATE = ("cộng hòa xã hội", "cộng hoà xã hội", "độc lập - tự do", "độc lập – tự do", "đảng cộng sản việt nam")


def mark(document: Document) -> tuple[Document, str]:
    """The document with its title marked and what stands above it taken away, and the title; empty if there is none."""
    children = list(document.children)
    found = _title(children)
    if not found:
        return document, ""
    first, last = children.index(found[0]), children.index(found[-1])
    title = " ".join(_text(paragraph) for paragraph in found)
    marked = found[0].copy(
        children=[child for paragraph in found for child in (*paragraph.children, _SPACE)],
        style_id=None, style_name=STYLE, numbering=None,
    )  # fmt: skip
    above = [kept for child in children[:first] for kept in _without_head(child)]
    return document.copy(children=[*above, marked, *children[last + 1 :]]), title


def _title(children: list[Element]) -> list[Paragraph]:
    filled = [child for child in children if isinstance(child, Paragraph) and _text(child)]
    styled = [paragraph for paragraph in filled if _style(paragraph) == "title"]
    if styled:
        return list(takewhile(lambda paragraph: _style(paragraph) == "title", filled[filled.index(styled[0]) :]))
    for number, paragraph in enumerate(islice(filled, _LOOKED_AT)):
        if _is_head(_text(paragraph)):
            continue
        if _style(paragraph).startswith("heading"):
            return [paragraph]
        if _is_prominent(paragraph):
            return _continued(filled[number:])
    return []


def _continued(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """A title that looks like one, over several paragraphs perhaps."""
    title = paragraphs[:1]
    for paragraph in takewhile(_is_prominent, paragraphs[1:]):
        if not continues(_text(title[-1]), _text(paragraph)):
            break
        title.append(paragraph)
    return title


def _is_prominent(paragraph: Paragraph) -> bool:
    """Bold and centred, all of it."""
    runs = [run for run in get_descendants_of_type(paragraph, Run) if _text(run)]
    return paragraph.alignment == "center" and bool(runs) and all(run.is_bold for run in runs)


def _without_head(element: Element) -> list[Element]:
    """The element if it is a part of the text; of a letter's head only the date."""
    paragraphs = [element] if isinstance(element, Paragraph) else get_descendants_of_type(element, Paragraph)
    if not any(_is_head(_text(paragraph)) for paragraph in paragraphs):
        return [element]
    return [paragraph for paragraph in paragraphs if is_placed_date(Line(_text(paragraph)))]


def _is_head(text: str) -> bool:
    return is_owner(Line(text)) or text.lower().startswith(_STATE)


def _style(paragraph: Paragraph) -> str:
    return (paragraph.style_name or "").lower()


def _text(element: Element) -> str:
    pieces = [piece.value for piece in get_descendants_of_type(element, Text)]
    return next((line.text for line in lines_of("".join(pieces)) if line), "")
