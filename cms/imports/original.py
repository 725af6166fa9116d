"""The old page as it was uploaded, safe to be shown: nothing of it runs, nothing of it leads anywhere."""

from html import escape
from urllib.parse import quote

import nh3

from cms.core.importing import files
from cms.core.importing.html import ATTRIBUTES, TAGS, clean
from cms.core.importing.media import MAX_PICTURE, Media, check_picture
from cms.core.importing.readers import HtmlReader, TextReader
from cms.core.importing.values import BlockKind, ImportedArticle, Unreadable
from cms.imports.models import ImportPage
from cms.imports.stored import article_from_json, reading_of

# For the document in the frame. What is not on the allow-list is gone already; this holds if something was overlooked.
POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'none'; sandbox allow-same-origin"
_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;margin:1rem;overflow-wrap:break-word}img{max-width:100%;height:auto}"
    "pre{white-space:pre-wrap;font:inherit}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.25rem}"
)
_DOCUMENT = (
    '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>'
    "<body>{body}</body></html>"
)


def document(row: ImportPage, pictures: str) -> str:
    """The old page as a document; its pictures are asked for at `pictures`, an address with `?address=` behind it."""
    return _DOCUMENT.format(title=escape(row.title or row.origin), style=_STYLE, body=_body(row, pictures))


def _body(row: ImportPage, pictures: str) -> str:
    """As the file has it where a page is a file of text or HTML; of others what was taken out of them."""
    reading = reading_of(row)
    suffix = reading.page.suffix.lower() if reading.page else ""
    try:
        if suffix in HtmlReader.suffixes:
            return _shown(files.read_text(reading.page), pictures)
        if suffix in TextReader.suffixes:
            return f"<pre>{escape(files.read_text(reading.page))}</pre>"
    except Unreadable as problem:
        return f"<p>{escape(str(problem))}</p>"
    return _shown(_as_html(article_from_json(row.article)), pictures) if row.article else ""


def _shown(html: str, pictures: str) -> str:
    def changed(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "src":
            return f"{pictures}?address={quote(value, safe='')}"
        return value if attribute == "alt" else None

    return nh3.clean(clean(html), tags=TAGS, attributes=ATTRIBUTES, attribute_filter=changed, link_rel=None)


def _as_html(article: ImportedArticle) -> str:
    parts = [f"<h1>{escape(article.title)}</h1>"]
    for block in article.blocks:
        if block.kind is BlockKind.PICTURE:
            parts.append(f'<img src="{escape(block.source)}" alt="{escape(block.alt)}">')
        parts += [f"<p>{escape(' | '.join(line))}</p>" for line in block.rows]
        parts.append(block.html or f"<p>{escape(block.text)}</p>")
    parts += [f"<p>{escape(author.name)}, {escape(author.post)}</p>" for author in article.authors]
    return "".join(parts)


def picture(row: ImportPage, address: str) -> bytes:
    """A picture of the page's, found as the importer finds it. Raises Unreadable for anything else."""
    reading = reading_of(row)
    if reading.page is None:
        raise Unreadable
    data = Media(reading.folders).read(address, reading.page, MAX_PICTURE)
    check_picture(data, address)
    return data
