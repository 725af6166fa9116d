"""Imported pictures and files in the site's library: what is there already is used again."""

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from wagtail.models import Collection

from cms.core.importing.addresses import parts_of
from cms.core.importing.media import MAX_FILE, MAX_PICTURE, Media, check_file, check_picture, picture_name
from cms.core.importing.values import BlockKind, ImportedBlock, Unreadable
from cms.core.models import Document, Image
from cms.core.traces import without_traces
from cms.core.visibility import open_files

_MAX_TITLE = 255


@dataclass
class Stock:
    """What one article brought into the library: ids by address as written, why others were refused, and new items."""

    ids: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    made: list[models.Model] = field(default_factory=list)

    def remove_files(self) -> None:
        """Take away again the files whose rows a rolled-back transaction took."""
        for item in self.made:
            item.file.delete(save=False)


def bring_in(blocks: tuple[ImportedBlock, ...], media: Media, page: Path, stock: Stock, keep: bool) -> None:
    """Put the pictures and files of a page's body into the library; what is refused is left out of the page.

    Without `keep` everything is looked at and nothing written.
    """
    for block in blocks:
        if block.kind in {BlockKind.PICTURE, BlockKind.FILE} and block.source not in stock.ids:
            try:
                stock.ids[block.source] = _bring(block, media, page, stock if keep else None)
            except Unreadable as reason:
                stock.refused.append(_("%(file)s: %(reason)s") % {"file": block.source[:200], "reason": reason})


def _bring(block: ImportedBlock, media: Media, page: Path, stock: Stock | None) -> int:
    name = PurePosixPath(unquote(parts_of(block.source).path)).name
    if block.kind is BlockKind.PICTURE:
        data = media.read(block.source, page, MAX_PICTURE)
        name = picture_name(data, name)
        check_picture(data, name)
        return _picture(without_traces(data), name, block, stock) if stock else 0
    data = media.read(block.source, page, MAX_FILE)
    check_file(data, name)
    return _file(data, name, block, stock) if stock else 0


def _picture(data: bytes, name: str, block: ImportedBlock, stock: Stock) -> int:
    digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()  # as Wagtail hashes files
    if found := _known(Image, digest):
        return found
    text = (block.alt or block.text)[:_MAX_TITLE]
    with Pillow.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    image = Image(
        title=text or name[:_MAX_TITLE],
        description=text,
        file=ContentFile(data, name),
        width=width,
        height=height,
        file_hash=digest,
        file_size=len(data),
        collection=Collection.get_first_root_node(),
    )
    return _saved(image, stock)


def _file(data: bytes, name: str, block: ImportedBlock, stock: Stock) -> int:
    digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    if found := _known(Document, digest):
        return found
    title = (block.text or name)[:_MAX_TITLE]
    document = Document(title=title, file=ContentFile(data, name), file_hash=digest, file_size=len(data))
    return _saved(document, stock)


def _known(model: type[models.Model], digest: str) -> int | None:
    """What the library has already and anybody may see; a private copy would stay hidden in the page."""
    there = model._default_manager.filter(file_hash=digest).select_related("collection").order_by("pk")
    return next((item.pk for item in open_files(there)), None)


def _saved(item: models.Model, stock: Stock) -> int:
    item.save()
    stock.made.append(item)
    return item.pk
