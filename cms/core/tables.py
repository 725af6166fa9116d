"""Tables of a body as HTML.

Not by a template: one that asks of every cell what it is takes longer than all else. Everything is escaped here.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

Table = Mapping[str, Any]  # as Wagtail's block stores it
Place = tuple[int, int]  # row and column
MAX_CAPTION = 255  # characters


def as_html(table: Table) -> SafeString:
    """The table in a region that the keyboard reaches, as it scrolls sideways on a phone."""
    caption = escape(table.get("table_caption") or "")
    rows = [f"<tr>{row}</tr>" for row in _rows(table)]
    heads = 1 if table.get("first_row_is_table_header") else 0
    title = f"<caption>{caption}</caption>" if caption else ""
    head = f"<thead>{rows[0]}</thead>" if heads and rows else ""
    body = "\n".join(rows[heads:])
    region = f'<div class="table" role="region" tabindex="0" aria-label="{caption or escape(gettext("Table"))}">'
    return mark_safe(f"{region}<table>{title}{head}<tbody>{body}</tbody></table></div>")  # noqa: S308 (escaped)


def as_block(rows: Iterable[Iterable[str]], caption: str) -> dict[str, Any]:
    """Rows of texts as Wagtail's block stores them; the first is the head."""
    return {
        "data": [list(row) for row in rows],
        "table_caption": caption[:MAX_CAPTION],
        "table_header_choice": "row",
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "cell": [],
        "mergeCells": [],
    }


def _rows(table: Table) -> Iterator[str]:
    known, merged = (_by_place(table.get(name)) for name in ("cell", "mergeCells"))
    for row, values in enumerate(table.get("data") or ()):
        yield "".join(
            _cell(value, _scope(table, row, column), known.get((row, column), {}), merged.get((row, column)))
            for column, value in enumerate(values)
        )


def _by_place(cells: Any) -> dict[Place, Mapping[str, Any]]:
    return {(cell["row"], cell["col"]): cell for cell in cells or ()}


def _cell(value: Any, scope: str, known: Mapping[str, Any], wide: Mapping[str, Any] | None) -> str:
    """A cell; nothing for one that another covers."""
    if known.get("hidden"):
        return ""
    name = "th" if scope else "td"
    attributes = f' scope="{scope}"' if scope else ""
    if known.get("className"):
        attributes += f' class="{escape(known["className"])}"'
    if wide:
        attributes += f' rowspan="{int(wide["rowspan"])}" colspan="{int(wide["colspan"])}"'
    text = escape("" if value is None else str(value)).strip().replace("\r\n", "\n").replace("\n", "<br>")
    return f"<{name}{attributes}>{text}</{name}>"


def _scope(table: Table, row: int, column: int) -> str:
    """What a header heads; "" for a cell that is none."""
    if row == 0 and table.get("first_row_is_table_header"):
        return "col"
    return "row" if column == 0 and table.get("first_col_is_header") else ""
