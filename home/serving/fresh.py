"""Answers that may be kept, but are asked for anew before every use."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponseBase]


def revalidated(view: View) -> View:
    """Let `view` answer 304 when its content is what the client has, and tell caches to ask each time.

    Without Last-Modified: when the newest page is taken down it goes back, and who asks by it would hear of no change.
    """

    @wraps(view, updated=())
    def undated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            response.render()
        del response["Last-Modified"]
        return response

    return require_safe(cache_control(no_cache=True)(conditional_page(undated)))
