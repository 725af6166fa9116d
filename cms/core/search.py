"""Search documents of content pages, of many pages with a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import CollectionViewRestriction, Page, get_page_models

from cms.core.models.media import Document, Image
from cms.core.models.reads import total_reads
from cms.core.thumbnails import THUMBNAIL, thumbnail
from search.documents import Card, FacetValue, SearchDocument

if TYPE_CHECKING:
    from cms.core.models.page import ContentPage

Section = Mapping[str, Any]  # {"id", "title", "url"}


def covers() -> Prefetch:
    """The pages' covers with what a thumbnail needs."""
    return Prefetch("cover", Image.objects.select_related("collection").prefetch_renditions(THUMBNAIL))


def prefetch_covers(pages: Iterable[Page]) -> None:
    """Fetch the covers of pages of several types: as many queries as for one page of each type."""
    by_type: dict[type[Page], list[Page]] = {}
    for page in pages:
        by_type.setdefault(type(page), []).append(page)
    for model, alike in by_type.items():
        if hasattr(model, "cover"):
            prefetch_related_objects(alike, covers())


@dataclass(frozen=True)
class Batch:
    """What the documents of some pages share, each part fetched by one query for all of them."""

    tags: Mapping[int, Sequence[Tag]]  # by page
    lines: Mapping[int, Sequence[str]]  # by page
    reads: Mapping[int, int]  # by page
    sections: Mapping[str, Section]  # by path in the tree
    private_collections: tuple[str, ...]  # paths in the tree of collections
    sites: Any  # where Wagtail keeps the look-up of the sites' roots, for all of these pages

    @classmethod
    def of(cls, pages: Sequence["ContentPage"]) -> "Batch":
        """The parts for these pages."""
        tags = {page.pk: list(page.search_tags()) for page in pages}
        sites = SimpleNamespace()
        return cls(
            tags=tags,
            lines=_lines(pages, tags),
            reads=total_reads(page.pk for page in pages),
            sections=_sections(pages, sites),
            private_collections=_private_collections(),
            sites=sites,
        )

    def sections_above(self, page: Page) -> list[Section]:
        """The sections that a page lies in, the nearest last."""
        return [self.sections[path] for path in _ancestors(page.path) if path in self.sections]


def document(page: "ContentPage", batch: Batch) -> SearchDocument | None:
    """The page as the index should hold it; None for a page outside every site, which has no address."""
    url = _path_of(page, batch.sites)
    if url is None:
        return None
    sections = batch.sections_above(page)
    return SearchDocument(
        id=page.pk,
        type=page.search_type,
        language=page.locale.language_code,
        path=page.path,
        title=page.title,
        body="\n".join(batch.lines[page.pk]),
        card=Card(
            url=url,
            summary=page.summary,
            thumbnail=thumbnail(page.cover, batch.private_collections),
            section=sections[-1] if sections else None,
        ),
        date=page.search_date(),
        reads=batch.reads.get(page.pk, 0),
        facets=_facets(page, sections, batch.tags[page.pk]),
    )


def _facets(page: "ContentPage", sections: Iterable[Section], tags: Iterable[Tag]) -> dict[str, tuple[FacetValue, ...]]:
    facets = {
        "type": (FacetValue(page.search_type, str(page._meta.verbose_name)),),
        "section": tuple(FacetValue(str(section["id"]), section["title"]) for section in sections),
        "tag": tuple(FacetValue(tag.slug, tag.name) for tag in tags),
    }
    if (date := page.search_date()) is not None:
        year = str(timezone.localtime(date, timezone.get_default_timezone()).year)
        facets["year"] = (FacetValue(year, year),)
    return {name: values for name, values in facets.items() if values}


def _path_of(page: Page, sites: Any) -> str | None:
    """The page's path from its site's root, or None outside every site."""
    parts = page.get_url_parts(sites)
    return parts[2] if parts else None


def _ancestors(path: str) -> list[str]:
    """The paths of all ancestors, from the root down."""
    return [path[:end] for end in range(Page.steplen, len(path), Page.steplen)]


def _lines(pages: Iterable["ContentPage"], tags: Mapping[int, Sequence[Tag]]) -> dict[int, list[str]]:
    """The searchable lines of each page, the titles of attached files filled in."""
    unfilled = {page.pk: [*page.search_lines(), *(tag.name for tag in tags[page.pk])] for page in pages}
    wanted = {line for lines in unfilled.values() for line in lines if isinstance(line, int)}
    titles: dict[str | int, str] = dict(Document.objects.filter(pk__in=wanted).values_list("pk", "title"))
    return {
        page_id: [text for line in lines if (text := titles.get(line, "") if isinstance(line, int) else line)]
        for page_id, lines in unfilled.items()
    }


def _sections(pages: Iterable[Page], sites: Any) -> dict[str, Section]:
    """All sections above these pages, by path."""
    paths = {path for page in pages for path in _ancestors(page.path)}
    models = [model for model in get_page_models() if getattr(model, "is_section", False)]
    types = ContentType.objects.get_for_models(*models).values()
    found = Page.objects.filter(path__in=paths, content_type__in=types)
    return {page.path: {"id": page.pk, "title": page.title, "url": _path_of(page, sites)} for page in found}


def _private_collections() -> tuple[str, ...]:
    restricted = CollectionViewRestriction.objects.exclude(restriction_type=CollectionViewRestriction.NONE)
    return tuple(restricted.values_list("collection__path", flat=True))
