"""Pictures and files that imported pages refer to: found in the folder or archive, checked, never trusted."""

import io
import os
import warnings
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from urllib3.exceptions import HTTPError

from cms.core.importing.addresses import makes_sense, parts_of
from cms.core.importing.files import read_bytes
from cms.core.importing.values import Unreadable

MAX_PICTURE, MAX_FILE = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE  # bytes
MAX_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
FORMATS = {"JPEG": {".jpg", ".jpeg", ".jfif"}, "PNG": {".png"}, "GIF": {".gif"}, "WEBP": {".webp"}}
PICTURES = frozenset().union(*FORMATS.values())
_FOREIGN = (b"<script", b"<?php", b"<html", b"<svg", b"%PDF-")  # in a picture's bytes: it is something else as well
_PROGRAMS = frozenset({"", ".ashx", ".aspx", ".asp", ".axd", ".php", ".jsp"})
_ZIPPED = frozenset({".docx", ".xlsx", ".pptx", ".odt", ".zip"})
_PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Media:
    """Where pictures and files are looked for: folders, then the old portal's address, if the operator gave it."""

    folders: tuple[Path, ...] = ()
    download_from: str = ""

    def read(self, address: str, page: Path, limit: int) -> bytes:
        """The bytes behind an address as it stands in a page. Raises Unreadable."""
        if path := self.find(address, page):
            return read_bytes(path, limit)
        if self.download_from and (url := self._url(address)):
            return _download(url, limit)
        raise Unreadable(_("is not in the folder or archive"))

    def find(self, address: str, page: Path) -> Path | None:
        """The file behind an address as it stands in a page, if it is in one of the folders."""
        # Unlike is_file(), isfile() takes names longer than names can be.
        return next((path for path in self._places(address, page) if os.path.isfile(path)), None)  # noqa: PTH113

    def _places(self, address: str, page: Path) -> list[Path]:
        """Beside the page, or below a folder as on the old portal; never outside the folders."""
        parts = parts_of(address)
        path = unquote(parts.path)
        if parts.scheme not in {"", "http", "https"} or "\0" in path + parts.query:
            return []
        # With its query where it has one: `picture.ashx?id=7` is the name of a file in a crawl.
        names = [f"{path}{sign}{parts.query}" for sign in "?@" if parts.query] + [path]
        parents = (page.parent, *self.folders)
        places = [parent / name.lstrip("/") for name in names for parent in parents]
        return [place for place in places if any(_is_inside(place, folder) for folder in self.folders)]

    def _url(self, address: str) -> str:
        """The address on the old portal; empty for another site's, which might be anything, a tracker too."""
        url = urljoin(self.download_from, address) if makes_sense(address) else ""
        is_same = parts_of(url)[:2] == parts_of(self.download_from)[:2]
        return url if is_same else ""


def check_picture(data: bytes, name: str) -> None:
    """Raise Unreadable unless it is a picture of a reasonable size, what its name says, and nothing else besides."""
    suffix = PurePosixPath(name.lower()).suffix
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(io.BytesIO(data), formats=list(FORMATS)) as picture:
                kind, (width, height) = str(picture.format), picture.size
                if width * height > MAX_PIXELS:
                    raise Unreadable(_("has more than %(limit)d million pixels") % {"limit": MAX_PIXELS // 10**6})
                picture.load()
    except (OSError, SyntaxError, ValueError, Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise error if isinstance(error, Unreadable) else Unreadable(_("no picture that can be read")) from error
    if suffix not in FORMATS[kind]:
        raise Unreadable(_("is a picture of another kind than its name says: %(kind)s") % {"kind": kind})
    if any(mark in data.lower() for mark in map(bytes.lower, _FOREIGN)) or zipfile.is_zipfile(io.BytesIO(data)):
        raise Unreadable(_("is a picture and something else at once"))


def picture_name(data: bytes, name: str) -> str:
    """The name of a picture; one that a program gave (`picture.ashx`) tells its kind nowhere but in its bytes."""
    path = PurePosixPath(name)
    if path.suffix.lower() not in _PROGRAMS:
        return name
    with suppress(OSError, SyntaxError, ValueError), Pillow.open(io.BytesIO(data), formats=list(FORMATS)) as picture:
        return f"{path.stem or 'picture'}.{str(picture.format).lower()}"
    return name


def check_file(data: bytes, name: str) -> None:
    """Raise Unreadable unless it is a file of a kind that the site takes, and begins like one."""
    suffix = PurePosixPath(name.lower()).suffix
    if suffix.lstrip(".") not in settings.WAGTAILDOCS_EXTENSIONS:
        raise Unreadable(_("files of this kind are not taken: %(kind)s") % {"kind": suffix or name})
    is_wrong = (suffix == ".pdf" and b"%PDF-" not in data[:1024]) or (suffix in _ZIPPED and data[:2] != b"PK")
    if not data or is_wrong:
        raise Unreadable(_("is not what its name says"))


def _is_inside(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _download(url: str, limit: int) -> bytes:
    try:
        with requests.get(url, timeout=_PATIENCE, stream=True, allow_redirects=False) as answer:
            answer.raise_for_status()
            if answer.is_redirect:
                raise Unreadable(_("leads elsewhere"))
            data = answer.raw.read(limit + 1, decode_content=True)
    except (requests.RequestException, HTTPError) as error:  # the latter while the body comes
        raise Unreadable(_("cannot be downloaded: %(reason)s") % {"reason": error}) from error
    if len(data) > limit:
        raise Unreadable(_("larger than %(limit)d MB") % {"limit": limit // 1024**2})
    return data
