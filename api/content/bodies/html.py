"""Typed blocks as one piece of HTML, for apps that show a page as it is. Everything put in is escaped or sanitised."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

Block = Mapping[str, Any]


def rendered(blocks: Iterable[Block]) -> SafeString:
    """The blocks, one after the other."""
    return format_html_join("\n", "{}", ((_MAKERS[block["type"]](block),) for block in blocks))


def _clean(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 (rich text, which has been sanitised where the block was made)


def _text(block: Block) -> SafeString:
    return _clean(block["html"])


def _heading(block: Block) -> SafeString:
    name = f"h{block['level']}"
    return format_html("<{}>{}</{}>", name, block["text"], name)


def _picture(block: Block) -> SafeString:
    caption = format_html("<figcaption>{}</figcaption>", _caption(block)) if _caption(block) else ""
    return format_html("<figure>{}{}</figure>", _image(block["image"], block["alt"]), caption)


def _caption(block: Block) -> str:
    return " – ".join(filter(None, (block["caption"], block["credit"])))


def _image(image: Block, alt: str) -> SafeString:
    small, medium = image["renditions"]["small"], image["renditions"]["medium"]
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{} {}w, {} {}w">',
        ((kind, small[kind], small["width"], medium[kind], medium["width"]) for kind in ("avif", "webp")),
    )
    return format_html(
        '<picture>{}<img src="{}" alt="{}" width="{}" height="{}" loading="lazy"></picture>',
        sources,
        medium["fallback"],
        alt,
        medium["width"],
        medium["height"],
    )


def _gallery(block: Block) -> SafeString:
    return format_html("<div>{}</div>", format_html_join("", "{}", ((_picture(item),) for item in block["pictures"])))


def _quote(block: Block) -> SafeString:
    text = mark_safe(linebreaks(block["text"], autoescape=True))  # noqa: S308 (escaped by it)
    who = format_html("<figcaption>{}</figcaption>", block["who"]) if block["who"] else ""
    return format_html("<figure><blockquote>{}</blockquote>{}</figure>", text, who)


def _table(block: Block) -> SafeString:
    caption = format_html("<caption>{}</caption>", block["caption"]) if block["caption"] else ""
    rows = format_html_join("", "<tr>{}</tr>", ((_cells(block, number),) for number in range(len(block["rows"]))))
    return format_html("<table>{}<tbody>{}</tbody></table>", caption, rows)


def _cells(block: Block, row: int) -> SafeString:
    cells = []
    for column, text in enumerate(block["rows"][row]):
        if (spans := _spans(block["merged"], row, column)) is not None:
            is_header = (block["first_row_is_header"] and not row) or (block["first_column_is_header"] and not column)
            name = "th" if is_header else "td"
            cells.append((format_html("<{}{}>{}</{}>", name, spans, text, name),))
    return format_html_join("", "{}", cells)


def _spans(merged: Iterable[Block], row: int, column: int) -> SafeString | str | None:
    """The attributes of a cell that takes the place of others; None for one whose place is taken."""
    for area in merged:
        if (area["row"], area["column"]) == (row, column):
            return format_html(' rowspan="{}" colspan="{}"', area["rows"], area["columns"])
        is_inside = 0 <= row - area["row"] < area["rows"] and 0 <= column - area["column"] < area["columns"]
        if is_inside:
            return None
    return ""


def _files(block: Block) -> SafeString:
    title = format_html("<p>{}</p>", block["title"]) if block["title"] else ""
    items = format_html_join("", "<li>{}</li>", ((_file(file),) for file in block["files"]))
    return format_html("<section>{}<ul>{}</ul></section>", title, items)


def _file(file: Block) -> SafeString:
    size = f", {filesizeformat(file['size'])}" if file["size"] else ""
    return format_html('<a href="{}">{}</a> ({}{})', file["url"], file["title"], file["extension"].upper(), size)


def _video(block: Block) -> SafeString:
    still = _image(block["still"], "") if block["still"] else ""
    return format_html('<figure><a href="{}" rel="noopener">{}{}</a></figure>', block["url"], still, block["title"])


def _highlight(block: Block) -> SafeString:
    title = format_html("<p><strong>{}</strong></p>", block["title"]) if block["title"] else ""
    return format_html("<aside>{}{}</aside>", title, _clean(block["html"]))


_MAKERS: Mapping[str, Callable[[Block], SafeString]] = {
    "text": _text,
    "heading": _heading,
    "picture": _picture,
    "gallery": _gallery,
    "quote": _quote,
    "table": _table,
    "files": _files,
    "video": _video,
    "highlight": _highlight,
}
