"""Smaller answers for slow lines: Brotli or gzip, whichever the browser takes.

BREACH guesses what stands in an answer by how well it compresses. Answers to nobody in particular hold nothing to
guess; those with a cookie, to a logged-in editor say, have gzip of a random length.
"""

import re
from collections.abc import Callable

import brotli
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

LEAST = 500  # bytes; below that nothing is gained
BROTLI_QUALITY = 4  # of 11: beyond it a page takes longer to make than it saves on the way
RANDOM_BYTES = 100  # as many as Django's own middleware adds at most

_TEXTS = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml|javascript)\b|image/svg")
_REFUSED = re.compile(r";\s*q=0(?:\.0*)?\s*$")


def accepted(request: HttpRequest) -> str:
    """`br`, `gzip` or nothing: the best that the browser takes of what this answer may have."""
    taken = [
        part for part in request.headers.get("Accept-Encoding", "").lower().split(",") if not _REFUSED.search(part)
    ]
    names = {part.partition(";")[0].strip() for part in taken}
    offered = ("gzip",) if has_cookie(request) else ("br", "gzip")
    return next((name for name in offered if name in names), "")


def has_cookie(request: HttpRequest) -> bool:
    """Whether the reader may be somebody in particular: he has one of our cookies."""
    ours = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
    return any(name in request.COOKIES for name in ours)


class Compression:
    """Compresses what is text, and whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.streaming or response.has_header("Content-Encoding"):
            return response
        if len(response.content) < LEAST or not _TEXTS.match(response.get("Content-Type", "")):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if encoding := "gzip" if response.cookies and accepted(request) else accepted(request):
            _compress(response, encoding, secretive=bool(response.cookies) or has_cookie(request))
        return response


def _compress(response: HttpResponseBase, encoding: str, secretive: bool) -> None:
    if encoding == "br":
        response.content = brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    else:
        response.content = compress_string(response.content, max_random_bytes=RANDOM_BYTES if secretive else None)
    response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(response.content))
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = f"W/{response['ETag']}"  # the same content in other bytes
