"""An imported article as the fields of an ArticlePage."""

import json
import re
from collections.abc import Iterator
from html import escape
from itertools import chain, count, groupby, islice
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.utils.text import slugify
from wagtail.models import Page

from cms.core.importing.values import BlockKind, ImportedArticle, ImportedBlock
from cms.core.slugs import is_reserved
from cms.news.importing.identity import import_key
from cms.news.models import ArticleAuthor, ArticlePage
from search.vietnamese import fold

MAX_SLUG = 80  # characters
_SLUGS_A_QUERY = 50


def fill(page: ArticlePage, article: ImportedArticle) -> None:
    """Give the page everything that the article has; what the article knows nothing of stays as it is."""
    page.title = page.draft_title = article.title
    page.published_at = page.first_published_at = article.published_at
    page.source = article.source
    page.legacy_url = article.address
    page.import_key = import_key(article)
    page.body = json.dumps(list(_stream(article.blocks)), ensure_ascii=False)
    page.authors = [ArticleAuthor(name=author.name, post=author.post) for author in article.authors]


def _stream(blocks: tuple[ImportedBlock, ...]) -> Iterator[dict[str, Any]]:
    """The body as StreamField stores it. Equal texts keep their ids, so that the history compares like with like."""
    ids: set[str] = set()
    for kind, run in groupby(blocks, lambda block: block.kind):
        texts = [block.text for block in run]
        for name, value in _values(kind, texts):
            number, stored = 0, json.dumps(value)
            while (block_id := str(uuid5(NAMESPACE_OID, f"{name} {number} {stored}"))) in ids:
                number += 1
            ids.add(block_id)
            yield {"type": name, "value": value, "id": block_id}


def _values(kind: BlockKind, texts: list[str]) -> Iterator[tuple[str, Any]]:
    """Paragraphs share a block. A caption has one of its own, in italics, until somebody brings its picture."""
    match kind:
        case BlockKind.TEXT:
            yield "text", "".join(f"<p>{escape(text, quote=False)}</p>" for text in texts)
        case BlockKind.HEADING:
            yield from (("heading", {"text": text, "level": "2"}) for text in texts)
        case BlockKind.CAPTION:
            yield from (("text", f"<p><i>{escape(text, quote=False)}</i></p>") for text in texts)


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
