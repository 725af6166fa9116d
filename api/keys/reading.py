"""The key that a request bears, in `Authorization: Bearer …` or `X-API-Key`; never in the address, which logs keep."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from api.keys.models import Key

HEADERS = ("Authorization", "X-API-Key")


class KeyRefused(Exception):
    """The request bears what is no key, or no longer one; the message says which header and why."""


def presented(request: HttpRequest) -> Key | None:
    """The key of the request; None for one without."""
    header, text = _text(request)
    if header is None:
        return None
    key = Key.objects.find(text)
    if key is None:
        raise KeyRefused(_("The header %(header)s holds no key that is known here.") % {"header": header})
    if key.revoked_at:
        raise KeyRefused(_("The key in the header %(header)s has been revoked.") % {"header": header})
    if key.expires_at and key.has_expired():
        day = timezone.localtime(key.expires_at).date().isoformat()
        raise KeyRefused(_("The key in the header %(header)s was good until %(day)s.") % {"header": header, "day": day})
    return key


def _text(request: HttpRequest) -> tuple[str | None, str]:
    """Which header bears a key, and its text."""
    authorization, own = request.headers.get("Authorization"), request.headers.get("X-API-Key")
    if authorization is not None and own is not None:
        raise KeyRefused(_("Send the key in one header: Authorization or X-API-Key."))
    if own is not None:
        return "X-API-Key", own.strip()
    if authorization is None:
        return None, ""
    scheme, _space, text = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not text:
        raise KeyRefused(_("The header Authorization must be “Bearer” and a key."))
    return "Authorization", text.strip()
