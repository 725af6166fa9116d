"""Where pages stand and whom they are about: the sections above them, the schools above them and named by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, get_page_models

from cms.core.visibility import open_to_all

if TYPE_CHECKING:
    from cms.core.models.page import ContentPage

Place = Mapping[str, Any]  # {"id", "title", "url"}


@dataclass(frozen=True)
class Places:
    """The sections and schools of some pages: by path those that pages can stand below, by id schools named."""

    sections: Mapping[str, Place]
    schools: Mapping[str, Place]
    named: Mapping[int, Place]

    @classmethod
    def of(cls, pages: Sequence["ContentPage"], sites: Any) -> "Places":
        """In a constant number of queries. Of the schools named only public ones: no other's title gets about."""
        paths = {path for page in pages for path in lineage(page)}
        ids = {school_id for page in pages for school_id in page.search_schools()}
        named = open_to_all(_of_kind("is_school").filter(pk__in=ids)) if ids else ()
        return cls(
            sections={page.path: _place(page, sites) for page in _of_kind("is_section").filter(path__in=paths)},
            schools={page.path: _place(page, sites) for page in _of_kind("is_school").filter(path__in=paths)},
            named={page.pk: _place(page, sites) for page in named},
        )

    def sections_above(self, page: Page) -> list[Place]:
        """The sections that a page lies in, the nearest last."""
        return [self.sections[path] for path in lineage(page)[:-1] if path in self.sections]

    def schools_of(self, page: "ContentPage") -> list[Place]:
        """The school that the page belongs to or is, then those that it names."""
        found = [self.schools[path] for path in lineage(page) if path in self.schools]
        found += [self.named[key] for key in page.search_schools() if key in self.named]
        return list({place["id"]: place for place in found}.values())


def lineage(page: Page) -> list[str]:
    """The paths of all ancestors, from the root down, and the page's own."""
    return [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]


def path_of(page: Page, sites: Any) -> str | None:
    """The page's path from its site's root, or None outside every site; `sites` keeps Wagtail's look-up."""
    parts = page.get_url_parts(sites)
    return parts[2] if parts else None


def _of_kind(mark: str) -> Any:
    """Pages of the types that say of themselves `is_section` or `is_school`."""
    models = [model for model in get_page_models() if getattr(model, mark, False)]
    return Page.objects.filter(content_type__in=ContentType.objects.get_for_models(*models).values())


def _place(page: Page, sites: Any) -> Place:
    return {"id": page.pk, "title": page.title, "url": path_of(page, sites)}
