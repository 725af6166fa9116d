"""What an answer shows of other things: pages linked, pictures, files. Named first, then fetched all at once.

Serializers say which they will show (`want_…`) before any is shown, so that an answer takes as many queries for a
hundred things as for one. What not everybody may open is not found here, and so is shown nowhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from api.content import kinds, pictures
from api.content.visibility import Visible
from cms.core.models import Document, Image
from cms.core.models.reads import total_reads
from cms.documents.models import OfficialDocumentPage
from search.documents import lineage

Link = Mapping[str, Any]  # what a serializer of links shows: {"id", "type", "title", "url", "api_url"}
Key = tuple[type[Model], str]


class Related:
    """The things around those that one answer shows. `base` is the address of the site that was asked."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.visible = Visible.now()
        self._pages: set[int] = set()
        self._paths: set[str] = set()
        self._images: set[int] = set()
        self._files: set[int] = set()
        self._numbers: set[str] = set()
        self._read: set[int] = set()
        self._above: dict[str, list[Link]] = {}

    # What will be shown. Nothing may be wanted any more once the first has been asked for.

    def want_pages(self, ids: Iterable[int]) -> None:
        self._pages.update(ids)

    def want_above(self, paths: Iterable[str]) -> None:
        """The pages above these places in the tree."""
        self._paths.update(place for path in paths for place in lineage(path)[:-1])

    def want_images(self, ids: Iterable[int]) -> None:
        self._images.update(ids)

    def want_files(self, ids: Iterable[int]) -> None:
        self._files.update(ids)

    def want_numbers(self, keys: Iterable[str]) -> None:
        """The official documents with these numbers."""
        self._numbers.update(keys)

    def want_reads(self, ids: Iterable[int]) -> None:
        self._read.update(ids)

    # What there is.

    def rows(
        self, model: Any, key: str, ids: Iterable[int], order: Iterable[Any], also: Iterable[str] = ()
    ) -> dict[int, list[Any]]:
        """Rows that belong to things, by the id under `key`; fetched at once, for what they name is wanted next."""
        found: dict[int, list[Any]] = defaultdict(list)
        rows = model.objects.filter(**{f"{key}__in": list(ids)}).order_by(*order)
        for row in rows.select_related(*also) if also else rows:
            found[getattr(row, key)].append(row)
        return found

    def link(self, page_id: int | None) -> Link | None:
        """The page with this id, if anybody may open it."""
        return self._links[0].get(page_id) if page_id else None

    def above(self, path: str) -> list[Link]:
        """The public pages above a place, from the home page down."""
        parent = path[: -Page.steplen]
        if parent not in self._above:  # which siblings share
            by_path = self._links[1]
            self._above[parent] = [by_path[place] for place in lineage(parent) if place in by_path]
        return self._above[parent]

    def image(self, image_id: int | None) -> Mapping[str, Any] | None:
        """The picture with this id, if anybody may see it."""
        return self._shown_images.get(image_id) if image_id else None

    def file(self, file_id: int | None) -> Mapping[str, Any] | None:
        """The file with this id, if anybody may download it."""
        return self._shown_files.get(file_id) if file_id else None

    def document(self, number_key: str) -> Link | None:
        """The public official document with this number."""
        return self.link(self._registered.get(number_key))

    def reads(self, page_id: int) -> int:
        return self._reads.get(page_id, 0)

    def url(self, url_path: str) -> str:
        """The whole address of a page on the site, from Wagtail's `url_path`."""
        return self.base + quote(self.html_path(url_path))

    def html_path(self, url_path: str) -> str:
        """The page's path on the site, such as `/tin-tuc/`."""
        root = next((root for root in self.roots if url_path.startswith(root)), "/")
        return url_path[len(root) - 1 :]

    def type_of(self, content_type_id: int) -> str:
        return self._types[content_type_id]

    def page_link(self, page_id: int, title: str, url_path: str, content_type_id: int) -> Link:
        name = self.type_of(content_type_id)
        return {
            "id": page_id,
            "type": name,
            "title": title,
            "url": self.url(url_path),
            "api_url": self.base + kinds.api_path(name, page_id),
        }

    def file_values(self, files: Iterable[Document]) -> dict[int, Mapping[str, Any]]:
        """What is shown of these files, by id."""
        return {file.pk: _file(file, self.base) for file in files}

    @cached_property
    def roots(self) -> list[str]:
        """The `url_path` of each site's home page."""
        return [root.root_path for root in Site.get_site_root_paths()]

    @cached_property
    def _types(self) -> Mapping[int, str]:
        return kinds.names()

    @cached_property
    def _links(self) -> tuple[dict[int, Link], dict[str, Link]]:
        """By id and by place."""
        ids, paths = self._pages | set(self._registered.values()), self._paths
        if not (ids or paths):
            return {}, {}
        found = self.visible.pages(Page.objects.filter(Q(pk__in=ids) | Q(path__in=paths)))
        columns = found.values_list("path", "id", "title", "url_path", "content_type_id")
        by_path = {path: self.page_link(*values) for path, *values in columns}
        return {link["id"]: link for link in by_path.values()}, by_path

    @cached_property
    def _registered(self) -> dict[str, int]:
        if not self._numbers:
            return {}
        found = self.visible.pages(OfficialDocumentPage.objects.filter(number_key__in=self._numbers))
        return dict(found.order_by("issued_on", "pk").values_list("number_key", "pk"))

    @cached_property
    def _shown_images(self) -> dict[int, Mapping[str, Any]]:
        if not self._images:
            return {}
        found = pictures.with_renditions(self.visible.media(Image.objects.filter(pk__in=self._images)))
        return {image.pk: _image(image, made, self.base) for image, made in found}

    @cached_property
    def _shown_files(self) -> dict[int, Mapping[str, Any]]:
        found = self.visible.media(Document.objects.filter(pk__in=self._files)) if self._files else ()
        return self.file_values(found)

    @cached_property
    def _reads(self) -> dict[int, int]:
        return total_reads(self._read) if self._read else {}


def _image(image: Image, made: pictures.Made, base: str) -> dict[str, Any]:
    return {
        "id": image.pk,
        "title": image.title,
        "alt": image.description,
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
        "focal_point": pictures.focal_point(image),
        "created_at": timezone.localtime(image.created_at).isoformat(),
        "api_url": f"{base}{kinds.PREFIX}images/{image.pk}/",
        "renditions": pictures.shown(image, made, base),
    }


def _file(file: Document, base: str) -> dict[str, Any]:
    return {
        "id": file.pk,
        "title": file.title,
        "url": base + reverse("wagtaildocs_serve", args=[file.pk, file.filename]),
        "api_url": f"{base}{kinds.PREFIX}documents/{file.pk}/",
        "filename": file.filename,
        "extension": file.file_extension.lower(),
        "content_type": file.content_type,
        "size": file.file_size,
        "created_at": timezone.localtime(file.created_at).isoformat(),
    }
