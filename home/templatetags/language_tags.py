"""The two languages of the interface in templates; see `home.serving.language`."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.html import format_html
from django.utils.translation import get_language
from wagtail.models import Page

from home.serving.language import ENGLISH, PREFIX, language_of

register = template.Library()

NAMES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True)
class Version:
    """The same page with the interface in a language."""

    code: str
    name: str
    address: str  # with the host, as hreflang wants it
    current: bool


@register.simple_tag(takes_context=True)
def language_versions(context: dict[str, Any]) -> list[Version]:
    """This page in every language of the interface; nothing where there is no request."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    query = request.META.get("QUERY_STRING", "")
    rest = request.path_info.lstrip("/") + (f"?{query}" if query else "")
    root = getattr(request, "plain_prefix", "/")
    prefixes = {settings.LANGUAGE_CODE: root, ENGLISH: root.rstrip("/") + PREFIX}
    return [
        Version(code, NAMES[code], request.build_absolute_uri(prefix + rest), code == get_language())
        for code, prefix in prefixes.items()
    ]


@register.filter
def in_this_language(address: str) -> str:
    """An address of the site, from the search index say, as it is with the interface in the reader's language."""
    prefix = get_script_prefix()
    inside = address.startswith("/") and not address.startswith(("//", prefix))
    return prefix + address.lstrip("/") if inside and prefix.endswith(PREFIX) else address


@register.filter
def without_language(address: str) -> str:
    """An address that `url` gave, of what has no English version: the API, that is."""
    prefix = get_script_prefix()
    return "/" + address.removeprefix(prefix) if prefix.endswith(PREFIX) else address


@register.simple_tag
def content_lang(page: Page | None = None) -> str:
    """The attribute `lang` for what editors wrote, where the interface around it speaks another language."""
    code = language_of(page) if page else settings.LANGUAGE_CODE
    return format_html(' lang="{}"', code) if code != get_language() else ""
