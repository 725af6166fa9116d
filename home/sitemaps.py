"""What search engines of others may look at: robots.txt, and the sitemap with every public page and its picture."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.core.files.storage import default_storage
from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.models import Page, Site, get_page_models
from wagtail.query import PageQuerySet

from cms.core.models import Rendition
from cms.core.visibility import open_to_all, private_collections

LIMIT = 10_000  # pages in one file; 50,000 are allowed, but take seconds
CLOSED = ("/admin/", "/api/", "/search/")  # nothing there is of use in other people's indexes


def robots(request: HttpRequest) -> HttpResponse:
    """For crawlers: where not to go, and where the sitemap is."""
    address = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "", f"Sitemap: {address}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """The pages themselves while they fit into one file, else the list of the files."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    pages = PublicPages(site, request)
    if section is None and pages.paginator.num_pages > 1:
        return views.index(request, {"pages": pages}, "site/sitemap_index.xml", sitemap_url_name="sitemap_part")
    return views.sitemap(request, {"pages": pages}, section, "site/sitemap.xml")


class PublicPages(Sitemap):
    """Every page of a site that anybody may open."""

    limit = LIMIT

    def __init__(self, site: Site, request: HttpRequest) -> None:
        self._site = site
        self._request = request

    def items(self) -> PageQuerySet:
        return open_to_all(Page.objects.descendant_of(self._site.root_page, inclusive=True)).order_by("pk")

    def location(self, page: Page) -> str:
        return page.get_url_parts(self._request)[2]

    def lastmod(self, page: Page) -> datetime | None:
        return page.last_published_at

    def get_latest_lastmod(self) -> datetime | None:
        return self.items().aggregate(latest=Max("last_published_at"))["latest"]

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """As Django does, with the addresses of the pages' `images`."""
        urls = super().get_urls(page, site, protocol)
        images = _images([url["item"].pk for url in urls])
        for url in urls:
            image = images.get(url["item"].pk)
            url["images"] = [self._request.build_absolute_uri(image)] if image else []
        return urls


def _images(page_ids: Sequence[int]) -> dict[int, str]:
    """By page the address of its cover, as large as somebody has looked at it already; none is made for this."""
    covers: dict[int, int] = {}
    for model in get_page_models():
        if any(field.name == "cover" for field in model._meta.fields):
            covered = model.objects.filter(pk__in=page_ids).exclude(cover=None)
            covers |= dict(covered.values_list("pk", "cover_id"))
    files = _largest(set(covers.values()))
    return {page_id: default_storage.url(files[image]) for page_id, image in covers.items() if image in files}


def _largest(image_ids: set[int]) -> dict[int, str]:
    private = Q(pk__in=[])
    for path in private_collections():
        private |= Q(image__collection__path__startswith=path)
    made = Rendition.objects.filter(image_id__in=image_ids).exclude(private).order_by("width", "pk")
    return dict(made.values_list("image_id", "file"))
