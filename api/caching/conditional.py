"""Conditional requests (RFC 9110, section 13), by stamps that are read before the content is.

`Last-Modified` is for people and programs to read; 304 is the answer to `If-None-Match` alone. Of two changes in one
second, or of two transactions that overlap, a time cannot tell which a client has seen.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import blake2b
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_etags
from django.utils.translation import get_language
from rest_framework.request import Request

from api.caching.policies import CONTENT, PRIVATE
from home.serving import code
from search import freshness, stamps
from search.stamps import State

# From a view, its request and the arguments in the address to the state of what the answer is made of; None: nobody
# may keep the answer.
StateOf = Callable[[Any, Request, Mapping[str, Any]], State | None]
Answer = TypeVar("Answer", bound=HttpResponseBase)

_LARGEST_ID = 2**63 - 1


def of(*kinds: type[models.Model], page: str | None = None) -> StateOf:
    """The state of all content of these kinds, a change of any of which may change the answer.

    `page` names the argument in the address that is a page's id: the state of that page alone, which changes with
    all that it refers to, too. Name `Page` for pages of all types.
    """

    def state(view: Any, request: Request, arguments: Mapping[str, Any]) -> State | None:
        if page is None:
            return stamps.read(kinds)
        page_id = str(arguments[page])
        if not (page_id.isascii() and page_id.isdigit() and int(page_id) <= _LARGEST_ID):
            return None  # there is no such page, as the view will say
        return stamps.read(kinds, int(page_id))

    return state


def of_search(view: Any, request: Request, arguments: Mapping[str, Any]) -> State | None:
    """The state of what the readers' index answers, while it is known."""
    return freshness.state()


def of_code(view: Any, request: Request, arguments: Mapping[str, Any]) -> State:
    """The state of what changes with the code alone."""
    return State({}, {})


def cached(state: StateOf, policy: str = CONTENT) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """For the handler of a GET in a view or viewset: `@cached(of(ArticlePage, Image))`."""

    def decorate(handler: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(handler)
        def answer(self: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            current = state(self, request, kwargs)
            return conditional(request, current, lambda: handler(self, request, *args, **kwargs), policy)

        return answer

    return decorate


def conditional(
    request: HttpRequest | Request, state: State | None, make: Callable[[], HttpResponseBase], policy: str = CONTENT
) -> HttpResponseBase:
    """304 if the client has the answer of this state; else what `make` makes, with what to ask by next time.

    `state` must have been read already, and `make` must read all content.
    """
    if state is None:
        return unkept(make())
    headers = {"ETag": _etag(request, state), "Last-Modified": _last_modified(state), "Cache-Control": policy}
    if headers["ETag"] in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        return HttpResponse(status=304, headers=headers)
    response = make()
    if response.status_code == 200 and response.get("Cache-Control") != PRIVATE:
        for name, value in headers.items():
            response[name] = value
    return response


def unkept(response: Answer) -> Answer:
    """The answer, right at this moment and for nobody to keep."""
    response["Cache-Control"] = PRIVATE
    return response


def _etag(request: HttpRequest | Request, state: State) -> str:
    """Weak: the same content, perhaps in other bytes. Good for the address, language and media type it was made for."""
    media_type = getattr(getattr(request, "accepted_renderer", None), "media_type", "")
    variant = (code.running().digest, request.build_absolute_uri(), get_language(), media_type)
    content = (sorted(state.versions.items()), sorted(state.moments.items()))
    return f'W/"{blake2b(repr((variant, content)).encode("utf-8", "replace"), digest_size=12).hexdigest()}"'


def _last_modified(state: State) -> str:
    moments = filter(None, (state.changed_at, code.running().made_at))
    return http_date(int(max(moments).timestamp()))
