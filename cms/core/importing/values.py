"""What a reader understood of an old page: values only, before anything is written."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Unreadable(ValueError):
    """A page that cannot be imported; the text says why, for the report."""


class NoArticle(Unreadable):
    """A page that has not what makes an article; it may be a list or something else of the portal's."""


class Incomplete(NoArticle):
    """A page that lacks its title or date, and nothing else; `article` is what it has.

    Once an editor has said what is missing it can be imported: see `corrections`.
    """

    def __init__(self, reason: str, article: "ImportedArticle") -> None:
        super().__init__(reason)
        self.article = article


class Undated(Incomplete):
    """One in which nothing even looks like a date."""


class Part(StrEnum):
    """The parts of a page that can be understood wrongly, each by itself."""

    TITLE = "title"
    DATE = "date"
    BYLINE = "byline"
    CAPTION = "caption"
    SECTION = "section"
    TEXT = "text"


class Doubt(str):
    """What somebody should look at: a text that knows its part of the page, of a caption also which block's it is."""

    part: Part
    block: int | None

    def __new__(cls, text: str, part: Part = Part.TEXT, block: int | None = None) -> "Doubt":
        doubt = super().__new__(cls, text)
        doubt.part, doubt.block = part, block
        return doubt


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
    `pictures` stood before the line, `files` are the (title, address) of what it links to, `level` is a heading's.
    """

    kind: BlockKind | None = None
    html: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    pictures: tuple[Picture, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    pictures_behind: tuple[Picture, ...] = ()
    level: int = 0


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

    `address` is the page's full address on the old portal and `other_addresses` those that gave the same page,
    `section` what the old portal called the part that it stood in, `source` where the old portal had the article
    from, `doubts` what somebody should look at after the import. Only what Incomplete carries has no title (empty)
    or no date (None).
    """

    title: str
    published_at: datetime | None
    blocks: tuple[ImportedBlock, ...]
    authors: tuple[ImportedAuthor, ...] = ()
    reads: int | None = None
    address: str = ""
    source: str = ""
    doubts: tuple[Doubt, ...] = ()
    summary: str = ""
    tags: tuple[str, ...] = ()
    section: str = ""
    other_addresses: tuple[str, ...] = ()
