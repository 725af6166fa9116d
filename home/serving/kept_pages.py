"""Whole pages, kept for readers who are nobody in particular.

A page is given out again only while everything that the site shows is as it was when the page was made, which one
query says (see `validity`). The key is the address with what of its query pages understand, which also says the
language, and the compression. Without a cache every page is made anew, and served.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import parse_etags

from home.serving import compression, validity
from home.serving.reads import shown_page

# Answers for somebody in particular, files, and the search, which counts what is asked.
ELSEWHERE = ("/admin/", "/api/", "/documents/", "/media/", "/search/", "/_util/")
# What pages understand in a query. An address with anything else is answered all the same, without the cache.
UNDERSTOOD = frozenset({"page", "kind", "year", "month", "by"})
# What other sites hang on to addresses to follow their readers: no page is to see it, or to repeat it in its links.
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|zarsrc|mc_[ce]id|_gl)$")
_CONDITIONAL = ("Cache-Control", "Content-Security-Policy", "ETag", "Vary")


@dataclass(frozen=True)
class Kept:
    """An answer, and until when it is good."""

    state: str
    good_until: datetime
    headers: dict[str, str]
    body: bytes
    page_id: int | None

    def response(self) -> HttpResponse:
        """The answer once more."""
        response = HttpResponse(self.body, headers=self.headers)
        response.page_id = self.page_id
        return response


class KeptPages:
    """Answers from the cache what anybody may be told, and lets browsers ask whether what they have is good still."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_for_anybody(request):
            return self.get_response(request)
        state, key, cache = validity.state_for(request), _key(request), caches["pages"]
        kept: Kept | None = cache.get(key)
        if kept is None or kept.state != state or kept.good_until <= timezone.now():
            now = timezone.now()
            response = self.get_response(request)
            if not _may_be_kept(request, response):
                return response
            kept = _kept(response, state, validity.good_until(now))
            if request.method == "GET":
                cache.set(key, kept, settings.PAGES_KEPT_FOR)
        return _answer(request, kept)


def _is_for_anybody(request: HttpRequest) -> bool:
    """Whether the answer is the same for all who ask this; takes out of the address what only follows readers."""
    if not settings.PAGES_KEPT_FOR or request.method not in ("GET", "HEAD") or compression.has_cookie(request):
        return False
    if request.path_info.startswith(ELSEWHERE):
        return False
    names = {name for name in request.GET if not _TRACKING.match(name)}
    if not names <= UNDERSTOOD:
        return False
    if len(names) < len(request.GET):
        _forget_others(request, names)
    return True


def _forget_others(request: HttpRequest, names: set[str]) -> None:
    left = QueryDict(mutable=True)
    for name in request.GET:
        if name in names:
            left.setlist(name, request.GET.getlist(name))
    left._mutable = False
    request.GET, request.META["QUERY_STRING"] = left, left.urlencode()


def _key(request: HttpRequest) -> str:
    query = sorted((name, values) for name, values in request.GET.lists())
    address = request.build_absolute_uri(request.path)
    return blake2b(repr((address, query, compression.accepted(request))).encode(), digest_size=16).hexdigest()


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this is a page for everybody: no error, no form with a token of the reader's, no draft in a preview."""
    own = {part.strip() for part in response.get("Cache-Control", "").split(",")} & {"private", "no-store"}
    whole = response.status_code == 200 and not response.streaming
    return whole and not own and not response.cookies and not getattr(request, "is_preview", False)


def _kept(response: HttpResponse, state: str, good_until: datetime) -> Kept:
    etag = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
    # A page taken down must be gone from the next look on: keep a copy, but ask before every use.
    headers = {"Cache-Control": "no-cache", **response.headers, "ETag": etag}
    return Kept(state, good_until, headers, response.content, shown_page(response))


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    if kept.headers["ETag"] not in parse_etags(request.headers.get("If-None-Match", "")):
        return kept.response()
    response = HttpResponseNotModified()
    for name in _CONDITIONAL:
        if name in kept.headers:
            response[name] = kept.headers[name]
    response.page_id = kept.page_id
    return response
