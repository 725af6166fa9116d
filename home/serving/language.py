"""The language of the interface: English below /en/, Vietnamese everywhere else, whatever the browser or a cookie says.

So that everybody to whom an address is given sees the same, and pages can be kept for all. What readers read, the
content, is Vietnamese at both addresses. The admin and the API choose by the browser's wish, as Django does.
"""

from copy import copy

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.models import Page

from search import memory

ENGLISH = "en"
PREFIX = "/en/"
NEGOTIATED = ("/admin/", "/api/")


class SiteLanguage(LocaleMiddleware):
    """Takes the prefix off the address before it is looked up; addresses made for the answer get it back."""

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        request.plain_prefix = get_script_prefix()
        if request.path_info.startswith(NEGOTIATED):
            return super().process_request(request)
        english = request.path_info.startswith(PREFIX)
        if english or request.path_info == PREFIX.rstrip("/"):
            rest = request.path_info.removeprefix(PREFIX.rstrip("/"))
            if not rest or rest.startswith(NEGOTIATED):
                return HttpResponsePermanentRedirect(_address(request, rest or PREFIX))
            request.path_info = rest
            set_script_prefix(request.plain_prefix.rstrip("/") + PREFIX)
        translation.activate(ENGLISH if english else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        set_script_prefix(request.plain_prefix)
        if request.path_info.startswith(NEGOTIATED):
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class Redirects(RedirectMiddleware):
    """Wagtail's, which knows old addresses without the prefix."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        plain = copy(request)
        plain.path = request.path_info
        return super().process_response(plain, response)


def language_of(page: Page) -> str:
    """The language of what is written on a page."""
    return memory.recall(("language", page.locale_id), lambda: page.locale.language_code)


def _address(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return request.plain_prefix.rstrip("/") + path + (f"?{query}" if query else "")
