"""What every page of the site shows around its own content."""

import re
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page as Slice
from django.http import HttpRequest
from wagtail.models import Page, Site

from home.accent import ACCENT
from home.models import Navigation, SiteSettings
from home.serving import memory, validity

register = template.Library()

WORD = re.compile(r"[^\W_]+")


@register.simple_tag(takes_context=True)
def surroundings(context: dict[str, Any]) -> dict[str, Any]:
    """`{"name", "settings", "crest", "accent", "menu"}` of the site asked for; an address that belongs to no site has
    but a name. `accent` are the digits of a colour, none for that of the stylesheets.
    """
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return {"name": "Trang", "settings": None, "menu": []}
    return memory.recall(("surroundings", site.pk), validity.state_for(request), lambda: _surroundings(site))


def _surroundings(site: Site) -> dict[str, Any]:
    # Looked for and not made, as Wagtail would: a reader changes nothing.
    settings = SiteSettings.objects.filter(site=site).select_related("crest").first() or SiteSettings(site=site)
    navigation = Navigation.objects.filter(site=site).first() or Navigation(site=site)
    return {
        "name": settings.name or site.site_name or site.hostname,
        "settings": settings,
        "crest": settings.crest,
        "accent": settings.accent.lower().lstrip("#") if settings.accent != ACCENT else "",
        "menu": navigation.entries(),
    }


@register.simple_tag(takes_context=True)
def breadcrumbs(context: dict[str, Any], page: Page) -> list[Page]:
    """The pages above `page`, from the site's home page down."""
    site = Site.find_for_request(context["request"])
    if site is None:
        return []
    if hasattr(page, "way_down"):  # the request came that way
        return page.way_down
    return [above for above in page.get_ancestors() if above.path.startswith(site.root_page.path)]


@register.filter
def contains(entry_page: Page | None, page: Page | None) -> bool:
    """Whether `page` is `entry_page` or stands below it (a home page holds only itself)."""
    if entry_page is None or not getattr(page, "path", ""):
        return False
    return page.pk == entry_page.pk or (entry_page.depth > 2 and page.path.startswith(entry_page.path))


@register.simple_tag
def page_numbers(slice_: Slice) -> list[Any]:
    """The numbers of a list's pages around the one that is shown, and dots for those left out."""
    return list(slice_.paginator.get_elided_page_range(slice_.number, on_each_side=1, on_ends=1))


@register.simple_tag
def map_address(place: str) -> str:
    """Where a map shows a place; a link, as a map in the page would tell its provider of every reader."""
    return f"https://www.openstreetmap.org/search?{urlencode({'query': place})}"


@register.filter
def last_word(name: str) -> str:
    """The given name of a Vietnamese person, which stands last."""
    return name.split()[-1] if name.split() else ""


@register.filter
def address_words(address: str) -> str:
    """What an address that leads nowhere seems to ask for: the words of its last part."""
    parts = [part for part in address.split("/") if part]
    return " ".join(WORD.findall(parts[-1])) if parts else ""
