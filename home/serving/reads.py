"""Counts who reads what: each page once an hour for a reader, whether it was made anew, kept, or still good.

Nothing of the reader is kept but, for that hour and in memory, a digest of address and browser with a salt that is
thrown away after a day: no cookie, nothing in the database. Without the cache nothing is counted.
"""

from collections.abc import Callable
from hashlib import blake2b
from secrets import token_hex

from django.core.cache import caches
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from cms.core import reading
from cms.core.models import ContentPage
from home.serving.addresses import client_address
from home.serving.compression import has_cookie
from search.people import is_person

HOUR = 60 * 60  # seconds
DAY = 24 * HOUR


class CountReads:
    """Stands before the kept pages, which say whose answer they give."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        page_id = shown_page(response)
        if page_id and response.status_code in (200, 304) and _is_counted(request, page_id):
            reading.add(page_id)
        return response


def shown_page(response: HttpResponseBase) -> int | None:
    """The content page that an answer shows to readers; one with a form for a password (and its cookie) shows none."""
    if hasattr(response, "page_id") or response.cookies:
        return getattr(response, "page_id", None)
    page = (getattr(response, "context_data", None) or {}).get("page")
    return page.pk if isinstance(page, ContentPage) else None


def _is_counted(request: HttpRequest, page_id: int) -> bool:
    """Editors, who look at what they write, do not count: they have a session."""
    return is_person(request) and not has_cookie(request) and _is_first_within_the_hour(request, page_id)


def _is_first_within_the_hour(request: HttpRequest, page_id: int) -> bool:
    if (salt := _salt()) is None:
        return False
    agent = request.headers.get("User-Agent", "") + request.headers.get("Accept-Language", "")
    reader = blake2b(f"{client_address(request)} {agent}".encode(), key=salt.encode(), digest_size=16)
    return bool(caches["readers"].add(f"{page_id}.{reader.hexdigest()}", 1, HOUR))


def _salt() -> str | None:
    """Today's salt, the same in all processes that share the cache; None while that is away."""
    cache, name = caches["readers"], f"salt.{timezone.localdate():%Y-%m-%d}"
    if salt := cache.get(name):
        return salt
    cache.add(name, token_hex(32), DAY)
    return cache.get(name)
