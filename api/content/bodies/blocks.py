"""The stored blocks of a body as the API shows them, each type in a shape of its own (`api.content.bodies.shapes`)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from api.content.bodies import rich_text
from api.content.related import Related
from cms.core.text import list_items
from cms.core.videos import player_address

Block = dict[str, Any]


def shown(stored: list[Mapping[str, Any]], related: Related) -> list[Block]:
    """The blocks in order, without pictures and files that are not for everybody, and without what they leave empty."""
    return [block for item in stored if (block := _block(item, related))]


def _block(item: Mapping[str, Any], related: Related) -> Block | None:
    make = _MAKERS.get(item["type"])
    values = make(item["value"], related) if make else None
    return {"type": item["type"], "id": item.get("id")} | values if values else None


def _text(value: str, related: Related) -> Block:
    return {"html": rich_text.shown(value or "", related)}


def _heading(value: Mapping[str, Any], related: Related) -> Block:
    return {"level": int(value.get("level") or 2), "text": value.get("text") or ""}


def _picture(value: Mapping[str, Any], related: Related) -> Block | None:
    if not (image := related.image(value.get("image"))):
        return None
    return {
        "image": image,
        "alt": value.get("alt_text") or image["alt"],
        "caption": value.get("caption") or "",
        "credit": value.get("credit") or "",
    }


def _gallery(value: Mapping[str, Any], related: Related) -> Block | None:
    pictures = [made for item in list_items(value.get("pictures")) if (made := _picture(item, related))]
    return {"pictures": pictures} if pictures else None


def _quote(value: Mapping[str, Any], related: Related) -> Block:
    return {"text": value.get("text") or "", "who": value.get("who") or ""}


def _table(value: Mapping[str, Any] | None, related: Related) -> Block | None:
    if not (value and value.get("data")):
        return None
    return {
        "caption": value.get("table_caption") or "",
        "first_row_is_header": _is_header(value, "row", "first_row_is_table_header"),
        "first_column_is_header": _is_header(value, "column", "first_col_is_header"),
        "rows": [["" if cell is None else str(cell) for cell in row] for row in value["data"]],
        "merged": list(_merged(value)),
    }


def _is_header(table: Mapping[str, Any], side: str, older: str) -> bool:
    """As Wagtail says it now (`row`, `column`, `both`), and as it said it before."""
    choice = table.get("table_header_choice")
    return choice in {side, "both"} if choice else bool(table.get(older))


def _merged(table: Mapping[str, Any]) -> Iterator[Block]:
    for area in table.get("mergeCells") or ():
        yield {
            "row": area["row"],
            "column": area["col"],
            "rows": area.get("rowspan", 1),
            "columns": area.get("colspan", 1),
        }


def _files(value: Mapping[str, Any], related: Related) -> Block | None:
    files = [file for key in list_items(value.get("files")) if (file := related.file(key))]
    return {"title": value.get("title") or "", "files": files} if files else None


def _video(value: Mapping[str, Any], related: Related) -> Block:
    url = value.get("url") or ""
    return {
        "url": url if url.startswith(("https://", "http://")) else "",
        "title": value.get("title") or "",
        "player_url": player_address(url),
        "still": related.image(value.get("still")),
    }


def _highlight(value: Mapping[str, Any], related: Related) -> Block:
    return {"title": value.get("title") or "", "html": rich_text.shown(value.get("text") or "", related)}


_MAKERS: Mapping[str, Callable[[Any, Related], Block | None]] = {
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
