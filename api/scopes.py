"""What a key is good for, asked of every view: DRF's permission by default."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from api.keys.models import Scope


class MissingKey(APIException):
    """Nobody is let in without a key."""

    status_code = 401
    auth_header = "Bearer"


class MissingScope(APIException):
    """The key is not good for this."""

    status_code = 403


class HasScope(BasePermission):
    """Lets in whoever may do what the view's `scope` says; `Scope.READ` unless it says another, None for anybody.

    Without a key everything may be read, unless API_KEYS_REQUIRED: then nothing, but what is for anybody.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        scope, key = getattr(view, "scope", Scope.READ), getattr(request, "api_key", None)
        if scope is None:
            return True
        if key is None and settings.API_KEYS_REQUIRED:
            raise MissingKey(_("Send a key in the header Authorization or X-API-Key."))
        if key is not None and scope not in key.scopes:
            raise MissingScope(_("The key is not good for this: it lacks the scope “%(scope)s”.") % {"scope": scope})
        return True
