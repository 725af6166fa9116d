"""An answer to a reader is made in one state of the site, and shares with others of that state what it looks up."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Site

from home.serving import validity
from search import memory

# Editors change things, the API has states of its own, files need none.
ELSEWHERE = ("/admin/", "/api/", "/documents/", "/media/")


class OneState:
    """Lets what pages are made of be remembered until something changes; the site that they are of, to begin with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_of_readers(request):
            return self.get_response(request)
        with memory.within(lambda: validity.state_for(request)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Put the site where Wagtail looks for it before it asks the database."""
        if _is_of_readers(request):
            host = ("site", request.get_host(), request.get_port())
            request._wagtail_site = memory.recall(host, lambda: _site(request))


def _is_of_readers(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and not request.path_info.startswith(ELSEWHERE)


def _site(request: HttpRequest) -> Site | None:
    """The site asked for, with its home page read whole."""
    site = Site._find_for_request(request)
    if site is not None:
        site.root_page = site.root_page.specific
    return site
