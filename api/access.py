"""Who asks, and how often: looked at before any view below /api/, whatever it is made with."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from api.caching import PRIVATE
from api.errors import PREFIX, problem
from api.keys.models import Key
from api.keys.reading import HEADERS, KeyRefused, presented
from api.throttling import Rate, count
from home.serving.addresses import client_address

MANAGE = "/api/manage/"  # lets in by tokens of its own


class Access:
    """Reads the key of a request and counts it: `request.api_key` is who asks, None for anybody.

    It stands after the middleware that knows the language, and before the one that gives answers a length.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response, rate = self._answer(request)
        for name, value in rate.headers().items():
            response[name] = value
        patch_vary_headers(response, ("Accept", *HEADERS))
        if response.status_code == 304:
            del response["Content-Length"]  # it would be the length of the answer that the client has
        return response

    def _answer(self, request: HttpRequest) -> tuple[HttpResponseBase, Rate]:
        try:
            key = None if request.path_info.startswith(MANAGE) else presented(request)
        except KeyRefused as refusal:
            rate = _rate(request, None)
            return (_too_many(rate) if rate.exceeded else _unknown(str(refusal))), rate
        rate = _rate(request, key)
        if rate.exceeded:
            return _too_many(rate), rate
        request.api_key = key  # type: ignore[attr-defined]
        response = self.get_response(request)
        if key:
            key.note_use()
            _make_private(response)
        return response, rate


def _rate(request: HttpRequest, key: Key | None) -> Rate:
    if key:
        return count("key", str(key.pk), key.limit())
    return count("anonymous", client_address(request), settings.API_ANONYMOUS_RATE)


def _too_many(rate: Rate) -> HttpResponseBase:
    text = _("More than %(limit)d requests in a minute. Try again in %(seconds)d seconds.")
    return _refusal(429, text % {"limit": rate.limit, "seconds": rate.reset})


def _unknown(reason: str) -> HttpResponseBase:
    response = _refusal(401, reason)
    response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return response


def _refusal(status: int, detail: str) -> HttpResponseBase:
    response = problem(status, detail)
    response["Cache-Control"] = PRIVATE
    return response


def _make_private(response: HttpResponseBase) -> None:
    """What one key was told is kept by its owner, and by no cache on the way."""
    kept = [part.strip() for part in response.get("Cache-Control", "no-cache").split(",")]
    if PRIVATE not in kept:
        response["Cache-Control"] = ", ".join(
            ["private", *(part for part in kept if part not in {"public", "private"})]
        )
