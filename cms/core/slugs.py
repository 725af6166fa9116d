"""First parts of addresses that belong to the site itself: no page directly below the home page may take one."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from search.vietnamese import fold

SLUG = re.compile(r"[\w-]+")


@cache
def unaccenting() -> list[tuple[str, str]]:
    """What takes the accents off an address, as pairs of a pattern and a letter."""
    letters: dict[str, str] = {}
    for letter in map(chr, (*range(0xC0, 0x250), *range(0x1EA0, 0x1F00))):
        if (plain := fold(letter)) != letter and plain.isascii():
            letters[plain] = letters.get(plain, "") + letter
    return [(f"[{accented}]", plain) for plain, accented in letters.items()]


@cache
def reserved_slugs() -> frozenset[str]:
    """Read from the URL configuration, so that a new route is reserved by being there."""
    folders = (urlsplit(url).path.strip("/") for url in (settings.STATIC_URL, settings.MEDIA_URL))
    return frozenset(_first_parts(get_resolver().url_patterns)) | {folder.split("/")[0] for folder in folders}


def _first_parts(patterns: list) -> Iterator[str]:
    for pattern in patterns:
        first = str(pattern.pattern).lstrip("^").split("/")[0].removesuffix("$")
        if SLUG.fullmatch(first):
            yield first
        elif not first and isinstance(pattern, URLResolver):
            yield from _first_parts(pattern.url_patterns)


def is_reserved(slug: str, parent: Page) -> bool:
    """Whether a page of this slug below `parent` would stand at an address of the site's own."""
    return slug in reserved_slugs() and Site.objects.filter(root_page_id=parent.pk).exists()


def check_not_reserved(slug: str, parent: Page) -> None:
    """Raise a ValidationError on `slug` where the address is the site's own."""
    if is_reserved(slug, parent):
        message = _("The address “%(slug)s” is used by the site itself; choose another.")
        raise ValidationError({"slug": ValidationError(message, code="reserved", params={"slug": slug})})
