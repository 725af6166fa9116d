"""What a reader understood of an old page: values only, before anything is written."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Unreadable(ValueError):
    """A page that cannot be imported; the text says why, for the report."""


class BlockKind(StrEnum):
    TEXT = "text"
    HEADING = "heading"
    CAPTION = "caption"  # of a picture that did not come along with the text


@dataclass(frozen=True)
class ImportedBlock:
    """A paragraph of the body as plain text."""

    kind: BlockKind
    text: str


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
