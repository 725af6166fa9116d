"""Bodies of pages: from the demo content's tables to what a StreamField stores."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from cms.news.importing.recognition import Register
from home.demo.rich_text import rich_text
from home.demo.tables import Table


@dataclass(frozen=True)
class Names:
    """What a page may refer to, by name: ids of pictures, files and pages. A page that was deleted since has None.

    `register` gives what the site knows by then of people, schools and events.
    """

    pictures: Mapping[str, int]
    files: Any
    pages: Mapping[str, int | None]
    register: Callable[[], Register] = Register


def stored(blocks: Iterable[Table], names: Names) -> list[dict[str, Any]]:
    """The blocks as the database holds them; each table has one field, named after the kind of block."""
    return [_stored(block, names) for block in blocks]


def _stored(block: Table, names: Names) -> dict[str, Any]:
    if len(block.values) != 1:
        raise block.bad("", "must have exactly one field, named after the kind of block")
    (kind,) = block.only(*KINDS).values
    return {"type": kind, "value": KINDS[kind](block, names)}


def look_up(table: Table, field: str, name: str, known: Mapping[str, Any]) -> Any:
    """What is called `name`, or a message that names the field."""
    if name not in known:
        raise table.bad(field, f"nothing is called “{name}”")
    return known[name]


def _heading(block: Table, names: Names) -> dict[str, Any]:
    return {"text": block.text("heading"), "level": "2"}


def _text(block: Table, names: Names) -> str:
    return rich_text(block, "text", names.pages)


def _picture(picture: Table, names: Names) -> dict[str, Any]:
    picture.only("image", "alt", "caption", "credit")
    return {
        "image": look_up(picture, "image", picture.text("image"), names.pictures),
        "alt_text": picture.text("alt", ""),
        "caption": picture.text("caption", ""),
        "credit": picture.text("credit", ""),
    }


def _gallery(block: Table, names: Names) -> dict[str, Any]:
    return {"pictures": [list_item(_picture(picture, names)) for picture in block.tables("gallery")]}


def _quote(block: Table, names: Names) -> dict[str, Any]:
    quote = block.table("quote").only("text", "who")
    return {"text": quote.text("text"), "who": quote.text("who", "")}


def _table(block: Table, names: Names) -> dict[str, Any]:
    """A table whose first row is its head."""
    table = block.table("table").only("caption", "rows")
    rows = table.values.get("rows")
    if not rows or not all(isinstance(row, list) and len(row) == len(rows[0]) for row in rows):
        raise table.bad("rows", "must be a list of rows of the same length")
    return {
        "data": [[str(cell) for cell in row] for row in rows],
        "table_caption": table.text("caption", ""),
        "table_header_choice": "row",
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "cell": [],
        "mergeCells": [],
    }


def _files(block: Table, names: Names) -> dict[str, Any]:
    return {
        "title": "",
        "files": [list_item(look_up(block, "files", name, names.files)) for name in block.texts("files")],
    }


def _video(block: Table, names: Names) -> dict[str, Any]:
    video = block.table("video").only("url", "title", "still")
    still = look_up(video, "still", video.text("still"), names.pictures)
    return {"url": video.text("url"), "title": video.text("title"), "still": still}


def _highlight(block: Table, names: Names) -> dict[str, Any]:
    box = block.table("highlight").only("title", "text")
    return {"title": box.text("title", ""), "text": rich_text(box, "text", names.pages)}


def list_item(value: Any) -> dict[str, Any]:
    """An item of a ListBlock, which knows its items by their ids."""
    return {"type": "item", "value": value, "id": str(uuid4())}


KINDS: dict[str, Callable[[Table, Names], Any]] = {
    "text": _text,
    "heading": _heading,
    "picture": lambda block, names: _picture(block.table("picture"), names),
    "gallery": _gallery,
    "quote": _quote,
    "table": _table,
    "files": _files,
    "video": _video,
    "highlight": _highlight,
}
