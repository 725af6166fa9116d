"""Wagtail's API v3 at /api/manage/, for trusted tools: imported where API_MANAGE is on, and nowhere else.

As it is it answers anybody's reads, and shows its description. Here whoever comes without a token gets nothing at all.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.urls import api
from wagtail.utils.urlpatterns import decorate_urlpatterns

from api.caching import unkept
from api.errors import problem

View = Callable[..., HttpResponseBase]


def require_token(view: View) -> View:
    """Let in whoever bears a token that an administrator made, with the rights of its user; sessions count nothing."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if BearerTokenAuth()(request) is None:
            response = problem(
                401, _("Send a token of this portal in the header Authorization: “Bearer” and the token.")
            )
            response["WWW-Authenticate"] = "Bearer"
            return unkept(response)
        return unkept(view(request, *args, **kwargs))

    return answer


_patterns, _app_name, _namespace = api.urls
urls = (decorate_urlpatterns(_patterns, require_token), _app_name, _namespace)
