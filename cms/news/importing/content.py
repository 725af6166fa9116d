"""An imported article as the fields of an ArticlePage."""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import chain, count, groupby, islice
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.utils.text import slugify
from wagtail.models import Page

from cms.core.importing.values import BlockKind, ImportedArticle, ImportedBlock
from cms.core.slugs import is_reserved
from cms.core.tables import as_block
from cms.news.importing.identity import import_key
from cms.news.importing.recognition import Recognised
from cms.news.models import ArticleAuthor, ArticlePage, ArticleSchool
from search.vietnamese import fold

MAX_SLUG = 80  # characters
_SLUGS_A_QUERY = 50
_MAX_HEADING = 250  # characters, the block's limit


def fill(page: ArticlePage, article: ImportedArticle, recognised: Recognised, library: Mapping[str, int]) -> None:
    """Give the page everything that the article has; what the article knows nothing of stays as it is.

    `library` holds the ids of pictures and files by their addresses; those that it has not are left out.
    """
    page.title = page.draft_title = article.title
    page.published_at = page.first_published_at = article.published_at
    page.source = article.source
    page.legacy_url = article.address
    page.import_key = import_key(article)
    page.body = json.dumps(list(_stream(article.blocks, library)), ensure_ascii=False)
    page.authors = [
        ArticleAuthor(name=author.name, post=author.post, person_id=recognised.people.get(place))
        for place, author in enumerate(article.authors)
    ]
    page.schools = [ArticleSchool(school_id=school) for school in recognised.schools]
    page.event_id = recognised.event or page.event_id
    page.summary = article.summary or page.summary
    if article.tags:
        page.tags.set(article.tags)


def _stream(blocks: tuple[ImportedBlock, ...], library: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The body as StreamField stores it. Equal texts keep their ids, so that the history compares like with like."""
    ids: set[str] = set()
    for kind, run in groupby(blocks, lambda block: block.kind):
        for name, value in _values(kind, list(run), library):
            number, stored = 0, json.dumps(value)
            while (block_id := str(uuid5(NAMESPACE_OID, f"{name} {number} {stored}"))) in ids:
                number += 1
            ids.add(block_id)
            yield {"type": name, "value": value, "id": block_id}


def _values(kind: BlockKind, blocks: list[ImportedBlock], library: Mapping[str, int]) -> Iterator[tuple[str, Any]]:
    """Paragraphs share a block. A caption has one of its own, in italics, until somebody brings its picture."""
    match kind:
        case BlockKind.TEXT:
            yield "text", "".join(f"<p>{block.html or escape(block.text, quote=False)}</p>" for block in blocks)
        case BlockKind.RICH:
            yield "text", "".join(block.html for block in blocks)
        case BlockKind.HEADING:
            yield from (("heading", {"text": block.text[:_MAX_HEADING], "level": "2"}) for block in blocks)
        case BlockKind.CAPTION:
            yield from (("text", f"<p><i>{escape(block.text, quote=False)}</i></p>") for block in blocks)
        case BlockKind.TABLE:
            yield from (("table", as_block(block.rows, block.text)) for block in blocks)
        case BlockKind.PICTURE:
            yield from _pictures(blocks, library)
        case BlockKind.FILE:
            if files := dict.fromkeys(library[block.source] for block in blocks if block.source in library):
                yield "files", {"title": "", "files": [_item(file, f"file {file}") for file in files]}


def _pictures(blocks: list[ImportedBlock], library: Mapping[str, int]) -> Iterator[tuple[str, Any]]:
    """Those that came along; the caption of another is kept as a text."""
    for block in blocks:
        if block.source in library:
            alt, caption = block.alt[:255] or block.text[:255], block.text[:500]
            yield "picture", {"image": library[block.source], "alt_text": alt, "caption": caption, "credit": ""}
        elif block.text:
            yield "text", f"<p><i>{escape(block.text, quote=False)}</i></p>"


def _item(value: Any, name: str) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": str(uuid5(NAMESPACE_OID, name))}


def free_slug(title: str, section: Page) -> str:
    """An address for a new page below `section`: readable, without accents, cut between words, nobody else's."""
    base = _cut(slugify(fold(title))) or "bai-viet"
    numbered = chain([base], (f"{base}-{number}" for number in count(2)))
    while True:
        # By exact slugs, which the index of slugs answers however many children the section has.
        slugs = list(islice(numbered, _SLUGS_A_QUERY))
        siblings = Page.objects.filter(slug__in=slugs, depth=section.depth + 1).values_list("slug", "path")
        taken = {slug for slug, path in siblings if path.startswith(section.path)}
        for slug in slugs:
            if slug not in taken and not is_reserved(slug, section):
                return slug


def _cut(slug: str) -> str:
    """At most MAX_SLUG characters; a single word longer than that is cut in its middle."""
    return slug if len(slug) <= MAX_SLUG else re.sub(r"-[^-]*$", "", slug[: MAX_SLUG + 1])[:MAX_SLUG]
