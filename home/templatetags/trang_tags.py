"""What every page of the site shows around its own content."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from wagtail.models import Page, Site

from home.feeds import links
from home.models import Navigation, SiteSettings
from home.structured_data import of_page

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


@register.simple_tag(takes_context=True)
def structured_data(context: dict[str, Any]) -> str:
    """The page shown, for other people's search engines; "" for what is no page of the tree."""
    page, request = context.get("page"), context.get("request")
    if not getattr(page, "pk", None) or request is None or Site.find_for_request(request) is None:
        return ""
    return mark_safe(of_page(page, breadcrumbs(context, page), request))  # noqa: S308 (escaped there)


@register.simple_tag
def page_feeds(page: Page | None) -> list[dict[str, str]]:
    """The feeds that a page leads to, beside those of the whole site."""
    return links(page) if isinstance(page, Page) and page.pk else []


@register.filter
def contains(entry_page: Page | None, page: Page | None) -> bool:
    """Whether `page` is `entry_page` or stands below it (a home page holds only itself)."""
    if entry_page is None or not getattr(page, "path", ""):
        return False
    return page.pk == entry_page.pk or (entry_page.depth > 2 and page.path.startswith(entry_page.path))
