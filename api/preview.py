"""A draft for the app that shows it to its editor: by a token for this one page, for less than an hour."""

from collections.abc import Mapping
from typing import Any

from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.models import Page, get_page_models

from api.caching import unkept
from cms.core.previews import AppPreview
from search.parameters import BadParameters, given_once
from search.queries import BadQuery

LONGEST_TOKEN = 255  # characters
PARAMETERS = [
    OpenApiParameter("content_type", required=True, description="The type of the page, as the app was called with it."),
    OpenApiParameter("token", required=True, description="The token that the app was called with."),
]


class TokenRefused(APIException):
    """The token opens nothing."""

    status_code = 403


def serialize_page(page: Page, request: Request) -> Mapping[str, Any]:
    """The draft as the API shows a page of its type."""
    return {"id": page.pk, "type": getattr(page, "search_type", "page"), "title": page.title}


class PreviewView(APIView):
    """Needs no key: the token is one, and a better one."""

    scope = None

    @extend_schema(exclude=True, parameters=PARAMETERS)
    def get(self, request: Request) -> Response:
        page_type, token = _asked(request)
        response = unkept(Response(serialize_page(_draft(page_type, token), request)))
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"  # the address holds the token
        return response


def _asked(request: Request) -> tuple[type[AppPreview], str]:
    """The type and the token that are asked for. Raises BadParameters."""
    asked = given_once(request.query_params, ("content_type", "token"))
    page_type = _types().get(asked["content_type"].lower())
    if page_type is None:
        raise BadParameters(BadQuery("content_type", _("There are no pages of this type.")))
    if len(asked["token"]) > LONGEST_TOKEN:
        raise BadParameters(BadQuery("token", _("Use at most %(limit)d characters.") % {"limit": LONGEST_TOKEN}))
    return page_type, asked["token"]


def _types() -> dict[str, type[AppPreview]]:
    return {model._meta.label_lower: model for model in get_page_models() if issubclass(model, AppPreview)}


def _draft(page_type: type[AppPreview], token: str) -> Page:
    try:
        page = page_type.get_page_from_preview_token(token)
    except SignatureExpired:
        raise TokenRefused(_("The token has expired: look at the preview once more.")) from None
    except BadSignature:
        raise TokenRefused(_("The token opens nothing.")) from None
    if page is None:
        raise Http404
    return page
