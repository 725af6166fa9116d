"""What every page of the site shows around its own content."""

import re
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page as Slice
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page, Site

from home.accent import ACCENT
from home.feeds import links
from home.structured_data import of_page
from home.surroundings import menu_of, name_of, settings_of
from search import memory

register = template.Library()

WORD = re.compile(r"[^\W_]+")


@register.simple_tag(takes_context=True)
def surroundings(context: dict[str, Any]) -> dict[str, Any]:
    """`{"key", "name", "settings", "crest", "accent", "menu"}` of the site asked for; an address that belongs to no
    site has but a name. `accent` are the digits of a colour, none for that of the stylesheets.
    """
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return {"key": None, "name": "Trang", "settings": None, "menu": []}
    settings = settings_of(site)
    return {
        "key": site.pk,
        "name": name_of(site),
        "settings": settings,
        "crest": settings.crest,
        "accent": settings.accent.lower().lstrip("#") if settings.accent != ACCENT else "",
        "menu": menu_of(site),
    }


@register.simple_tag(takes_context=True)
def site_menu(context: dict[str, Any], site: dict[str, Any]) -> str:
    """The menu as HTML; the same for all pages at which the same of its links are marked."""
    if not site["menu"]:
        return ""
    page, request = context.get("page"), context["request"]
    linked = [link.page for entry in site["menu"] for link in (entry, *entry.children) if link.page]
    marked = tuple((above.pk, above.pk == getattr(page, "pk", None)) for above in linked if contains(above, page))
    shown = {"menu": site["menu"], "page": page, "request": request}
    name = ("menu as HTML", Site.find_for_request(request).pk, get_script_prefix(), get_language(), marked)
    return memory.recall(name, lambda: render_to_string("site/menu.html", shown))


class Remembered(template.Node):
    """A part of the template that looks the same on all pages for which its variables have the same values."""

    def __init__(self, name: str, variables: list[template.base.FilterExpression], part: template.NodeList) -> None:
        self._name, self._variables, self._part = name, variables, part

    def render(self, context: template.Context) -> SafeString:
        values = tuple(variable.resolve(context) for variable in self._variables)
        name = ("part", self._name, get_script_prefix(), get_language(), *values)
        return memory.recall(name, lambda: self._part.render(context))


@register.tag
def remember(parser: template.base.Parser, token: template.base.Token) -> Remembered:
    """`{% remember "name" variable … %} … {% endremember %}`: rendered once, until something changes on the site.

    All that differs between pages inside must be among the variables, but for the language.
    """
    name, *variables = token.split_contents()[1:]
    part = parser.parse(("endremember",))
    parser.delete_first_token()
    return Remembered(name.strip('"'), [parser.compile_filter(variable) for variable in variables], part)


@register.simple_tag(takes_context=True)
def breadcrumbs(context: dict[str, Any], page: Page) -> list[Page]:
    """The pages above `page`, from the site's home page down."""
    site = Site.find_for_request(context["request"])
    if site is None:
        return []
    if hasattr(page, "way_down"):  # the request came that way
        return page.way_down
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
