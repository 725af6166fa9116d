"""A page written with Word: as HTML, which keeps headings, lists, tables, links and pictures, and then as any page.

What Word knows of it (its title's style, the day it was last saved) stands in where the text does not say.
"""

import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import mammoth
from defusedxml import ElementTree
from django.utils.translation import gettext as _
from mammoth.documents import Document, Image

from cms.core.importing import office, word_fonts, word_titles
from cms.core.importing.body import blocks_of
from cms.core.importing.dates import parse_iso
from cms.core.importing.header import title_problem
from cms.core.importing.html import lines_of_html
from cms.core.importing.lines import paragraphs_of
from cms.core.importing.portal_html import headed
from cms.core.importing.portal_text import lost, understand
from cms.core.importing.values import Doubt, ImportedArticle, Incomplete, Part, Unreadable

_MAIN = "word/document.xml"
_MAX_ELEMENTS = 200_000  # a book of some hundred pages; each takes some kilobytes while it is read
_MAX_XML = 20 * 1024**2  # bytes
_STYLES = f"""
p[style-name='{word_titles.STYLE}'] => h1:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='caption'] => figcaption:fresh
"""
_NOTES = re.compile(r'<ol><li id="(?:foot|end)note-.*</ol>\Z', re.DOTALL)
_WAY_BACK = re.compile(r' ?<a href="#(?:foot|end)note-ref-[^"]*">[^<]*</a>')
_SAVED = ("{http://purl.org/dc/terms/}modified", "{http://purl.org/dc/terms/}created")


def parse(path: Path, folder: Path) -> ImportedArticle:
    """Understand a Word file; its pictures are put into `folder`.

    Raises Incomplete for one without title or date, Unreadable for one that cannot be used at all.
    """
    office.check(path, _MAIN, _MAX_ELEMENTS, _MAX_XML)
    html, title = _converted(path, folder)
    notes = _NOTES.search(html)
    lines = headed(lines_of_html(html[: notes.start()] if notes else html), title, None)
    try:
        article = understand(lines, doubts=lost(html))
    except Incomplete as incomplete:
        article = _dated(incomplete, _saved(path))
    return _with_notes(article, _WAY_BACK.sub("", notes[0])) if notes else article


def _converted(path: Path, folder: Path) -> tuple[str, str]:
    """The file as HTML, and the title where Word tells it."""
    titles: list[str] = []
    fonts = word_fonts.read(path)

    def transformed(document: Document) -> Document:
        document, title = word_titles.mark(word_fonts.in_unicode(document, fonts))
        titles.append(title)
        return document

    try:
        with path.open("rb") as file:
            result = mammoth.convert_to_html(
                file, style_map=_STYLES, include_embedded_style_map=False, external_file_access=False,
                transform_document=transformed, convert_image=mammoth.images.img_element(_saver(folder)),
            )  # fmt: skip
    except Exception as error:  # all sorts of things, for files that are damaged
        raise Unreadable(_("cannot be read: %(reason)s") % {"reason": error}) from error
    return result.value, titles[0]


def _saver(folder: Path) -> Callable[[Image], dict[str, str]]:
    """Puts pictures into the folder one after the other; one that is not in the file, or elsewhere, is named only."""

    def save(image: Image) -> dict[str, str]:
        kind = (image.content_type or "").rpartition("/")[2]
        name = f"word-{len(list(folder.iterdir())) + 1}.{kind.removeprefix('x-') or 'bin'}"
        try:
            with image.open() as source, (folder / name).open("wb") as copy:
                shutil.copyfileobj(source, copy)
        except (KeyError, ValueError):
            return {"src": "word-missing"}
        return {"src": name}

    return save


def _dated(incomplete: Incomplete, saved: datetime | None) -> ImportedArticle:
    """The article with the day on which the file was saved, if a date is all that it lacks."""
    article = incomplete.article
    if article.published_at is not None or saved is None:
        raise incomplete
    doubt = Doubt(_("the date is the day on which the file was last saved"), Part.DATE)
    article = replace(article, published_at=saved, doubts=(*article.doubts, doubt))
    if problem := title_problem(article.title):
        raise Incomplete(problem, article)
    return article


def _saved(path: Path) -> datetime | None:
    with zipfile.ZipFile(path) as archive:
        if "docProps/core.xml" not in archive.namelist():
            return None
        properties = ElementTree.fromstring(archive.read("docProps/core.xml"))
    texts = [found.text or "" for name in _SAVED if (found := properties.find(name)) is not None]
    return next(filter(None, map(parse_iso, texts)), None)


def _with_notes(article: ImportedArticle, notes: str) -> ImportedArticle:
    """The article with the notes that stood at the feet of its pages."""
    return replace(article, blocks=(*article.blocks, *blocks_of(paragraphs_of(lines_of_html(notes)))))
