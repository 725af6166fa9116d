"""What every page of the site shows around its own content."""

from typing import Any

from django import template
from django.http import HttpRequest
from wagtail.models import Page, Site

from home.models import Navigation, SiteSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def surroundings(context: dict[str, Any]) -> dict[str, Any]:
    """`{"name", "settings", "menu"}` of the site asked for; an address that belongs to no site has neither."""
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return {"name": "Trang", "settings": None, "menu": []}
    settings = SiteSettings.for_request(request)
    return {
        "name": settings.name or site.site_name or site.hostname,
        "settings": settings,
        "menu": Navigation.for_request(request).entries(),
    }


@register.simple_tag(takes_context=True)
def breadcrumbs(context: dict[str, Any], page: Page) -> list[Page]:
    """The pages above `page`, from the site's home page down."""
    site = Site.find_for_request(context["request"])
    if site is None:
        return []
    return [above for above in page.get_ancestors() if above.path.startswith(site.root_page.path)]


@register.filter
def contains(entry_page: Page | None, page: Page | None) -> bool:
    """Whether `page` is `entry_page` or stands below it (a home page holds only itself)."""
    if entry_page is None or not getattr(page, "path", ""):
        return False
    return page.pk == entry_page.pk or (entry_page.depth > 2 and page.path.startswith(entry_page.path))
