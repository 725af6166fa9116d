"""What an editor says of a page before it is imported, by the origin of its reading.

An import in two steps, of which the first writes nothing:

    for reading in read_all(paths, columns):       # cms.core.importing.sources; or importer.readings(paths)
        show(reading, doubts_of(reading))          # cms.core.importing.doubts: each doubt knows its part of the page
    …
    with importer.run():
        for reading in importer.readings(paths):
            entry = importer.take(reading, corrections.get(reading.origin))

`reading.origin` is the same in both steps, as long as the files lie where they lay. A reading that lacks title or date
has a problem *and* an article, and is imported once the corrections bring what is missing; one without an article
cannot be helped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from cms.core.importing.header import title_problem
from cms.core.importing.readers import Reading
from cms.core.importing.values import BlockKind, Doubt, ImportedArticle, ImportedAuthor, ImportedBlock, Part

WITH_CAPTION = frozenset({BlockKind.CAPTION, BlockKind.PICTURE})


@dataclass(frozen=True)
class Corrections:
    """None leaves what the reader understood.

    `captions` are by the place of their block in `article.blocks`; an empty one takes the caption away. `section` is
    the key of the section that the page goes into, whatever its old section is mapped to; who may publish there is
    for the caller to know. `skip` leaves the page out.
    """

    title: str | None = None
    published_at: datetime | None = None
    authors: tuple[ImportedAuthor, ...] | None = None
    captions: Mapping[int, str] = field(default_factory=dict)
    section: int | None = None
    skip: bool = False


NONE = Corrections()


def correct(reading: Reading, corrections: Corrections) -> Reading:
    """The reading as the editor wants it; doubts about what was corrected are gone."""
    if corrections.skip:
        return replace(reading, problem=_("left out by an editor"), is_skipped=True)
    if reading.article is None or corrections == NONE:
        return reading
    article = _corrected(reading.article, corrections)
    return replace(reading, article=article, problem=_problem(article))


def captions_of(article: ImportedArticle) -> dict[int, ImportedBlock]:
    """The blocks that have a caption or may have one, by their places."""
    return {place: block for place, block in enumerate(article.blocks) if block.kind in WITH_CAPTION}


def _corrected(article: ImportedArticle, corrections: Corrections) -> ImportedArticle:
    values = {
        name: value
        for name in ("title", "published_at", "authors")
        if (value := getattr(corrections, name)) is not None
    }
    if "title" in values:
        values["title"] = " ".join(values["title"].split())
    blocks = list(article.blocks)
    for place, text in corrections.captions.items():
        if place in captions_of(article):
            blocks[place] = replace(blocks[place], text=" ".join(text.split()))
    kept = tuple(block for block in blocks if block.text or block.kind is not BlockKind.CAPTION)
    doubts = tuple(doubt for doubt in article.doubts if not _is_settled(doubt, corrections))
    return replace(article, **values, blocks=kept, doubts=doubts)


def _is_settled(doubt: Doubt, corrections: Corrections) -> bool:
    given = {
        Part.TITLE: corrections.title,
        Part.DATE: corrections.published_at,
        Part.BYLINE: corrections.authors,
        Part.SECTION: corrections.section,
    }
    return given.get(doubt.part) is not None or (doubt.part is Part.CAPTION and doubt.block in corrections.captions)


def _problem(article: ImportedArticle) -> str:
    """What the article still lacks."""
    return title_problem(article.title) or (_("no date found") if article.published_at is None else "")
