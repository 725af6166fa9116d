"""What a reader understood of an old page: values only, before anything is written."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Unreadable(ValueError):
    """A page that cannot be imported; the text says why, for the report."""


class BlockKind(StrEnum):
    TEXT = "text"
    RICH = "rich"  # a list, as HTML
    HEADING = "heading"
    CAPTION = "caption"  # of a picture that did not come along with the text
    TABLE = "table"
    PICTURE = "picture"
    FILE = "file"


@dataclass(frozen=True)
class Picture:
    """A picture where it stood: its address as written, its text alternative, its caption."""

    source: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Rich:
    """What a line of HTML was: its kind where the HTML says it, the line with its emphasis, a table's cells.

    `html` has tags of `html.INLINE`, lists and links to other sites, and nothing else; of a table it is the caption.
    `pictures` stood before the line, `files` are the (title, address) of what it links to.
    """

    kind: BlockKind | None = None
    html: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    pictures: tuple[Picture, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    pictures_behind: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class ImportedBlock:
    """A part of the body. `text` is plain: of a paragraph, a caption, a table's caption, a file's title.

    `html` is a paragraph or list with emphasis and links, safe to show; `source` the address of a picture or file.
    """

    kind: BlockKind
    text: str
    html: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    source: str = ""
    alt: str = ""


@dataclass(frozen=True)
class ImportedAuthor:
    """A name as printed, academic title included, with the post held then."""

    name: str
    post: str = ""


@dataclass(frozen=True)
class ImportedArticle:
    """An old page, understood. `published_at` is aware; `reads` is None where the page names none.

    `address` is the page's full address on the old portal, `source` where the old portal had the
    article from, `doubts` what somebody should look at after the import.
    """

    title: str
    published_at: datetime
    blocks: tuple[ImportedBlock, ...]
    authors: tuple[ImportedAuthor, ...] = ()
    reads: int | None = None
    address: str = ""
    source: str = ""
    doubts: tuple[str, ...] = ()
    summary: str = ""
    tags: tuple[str, ...] = ()
