"""Search documents of content pages, of many pages with a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Page

from cms.core.attachments import File, Line, body_of, fetch_files
from cms.core.models.media import Image
from cms.core.models.reads import total_reads
from cms.core.places import Place, Places, path_of
from cms.core.thumbnails import THUMBNAIL, thumbnail
from cms.core.visibility import in_open_collections, private_collections
from search.documents import Card, FacetValue, SearchDocument
from search.vietnamese import compose, document_numbers

if TYPE_CHECKING:
    from cms.core.models.page import ContentPage

Facets = dict[str, tuple[FacetValue, ...]]


def covers(size: str = THUMBNAIL) -> Prefetch:
    """The public covers of pages, with what a thumbnail, or a picture of another `size`, needs."""
    seen = in_open_collections(Image.objects.select_related("collection"))
    return Prefetch("cover", seen.prefetch_renditions(size))


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
    lines: Mapping[int, Sequence[Line]]  # by page
    files: Mapping[int, File]  # by document
    reads: Mapping[int, int]  # by page
    places: Places
    private_collections: tuple[str, ...]  # paths in the tree of collections
    sites: Any  # where Wagtail keeps the look-up of the sites' roots, for all of these pages

    @classmethod
    def of(cls, pages: Sequence["ContentPage"]) -> "Batch":
        """The parts for these pages."""
        tags = {page.pk: list(page.search_tags()) for page in pages}
        lines = {page.pk: [*page.search_lines(), *(tag.name for tag in tags[page.pk])] for page in pages}
        private, sites = private_collections(), SimpleNamespace()
        return cls(
            tags=tags,
            lines=lines,
            files=fetch_files((line for some in lines.values() for line in some), private),
            reads=total_reads(page.pk for page in pages),
            places=Places.of(pages, sites),
            private_collections=private,
            sites=sites,
        )


def document(page: "ContentPage", batch: Batch) -> SearchDocument | None:
    """The page as the index should hold it; None for a page outside every site, which has no address."""
    url = path_of(page, batch.sites)
    if url is None:
        return None
    sections, schools = batch.places.sections_above(page), batch.places.schools_of(page)
    body, attachments = body_of(batch.lines[page.pk], batch.files)
    own_text = body[: attachments[0].starts[0]] if attachments else body
    return SearchDocument(
        id=page.pk,
        type=page.search_type,
        language=page.locale.language_code,
        path=page.path,
        title=page.title,
        body=body,
        card=Card(
            url=url,
            summary=page.summary,
            thumbnail=thumbnail(page.cover, batch.private_collections),
            section=sections[-1] if sections else None,
            schools=tuple(schools),
        ),
        date=page.search_date(),
        reads=batch.reads.get(page.pk, 0),
        facets=_facets(page, sections, schools, batch.tags[page.pk])
        | cited(f"{page.title}\n{own_text}", page.search_number),
        attachments=attachments,
        number=page.search_number,
        names=tuple(page.search_names()),
    )


def cited(text: str, own: str = "") -> Facets:
    """The facet of the documents whose numbers stand in a text, but for the page's own number (its key)."""
    found = {number.key: number.printed for _start, _end, number in document_numbers.find(compose(text))}
    values = tuple(FacetValue(key, printed) for key, printed in found.items() if key != own)
    return {"cited": values} if values else {}


def _facets(page: "ContentPage", sections: Iterable[Place], schools: Iterable[Place], tags: Iterable[Tag]) -> Facets:
    facets = {
        "type": (FacetValue(page.search_type, str(page._meta.verbose_name)),),
        "school": _values_of(schools),
        "section": _values_of(sections),
        "tag": tuple(FacetValue(tag.slug, tag.name) for tag in tags),
        **page.search_facets(),
    }
    if (date := page.search_date()) is not None:
        year = str(timezone.localtime(date, timezone.get_default_timezone()).year)
        facets["year"] = (FacetValue(year, year),)
    return {name: values for name, values in facets.items() if values}


def _values_of(places: Iterable[Place]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(str(place["id"]), place["title"]) for place in places)
