"""Whoever is not wholly signed in is nobody, on every address but those where the rest is done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import LazyObject, SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from home.signing_in import sessions
from home.signing_in.second_factor import devices, need

ADMIN = "/admin/"
# Here one is known by the password alone.
HALF_WAY = ("second_factor_code", "second_factor", "wagtailadmin_logout")
LOGINS = ("wagtailadmin_login", "wagtailcore_login")
PINGS = "/admin/editing-sessions/"  # what an open editor sends by itself is no work


class WhollySignedIn:
    """`request.user` is who has given all that is asked for, in a session that has not ended.

    Looked up only when asked for: pages for readers are kept and must not have seen a session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        by_password = SimpleLazyObject(lambda user=request.user: _in_a_session_that_lasts(request, user))
        request.user_by_password = by_password
        request.user = SimpleLazyObject(lambda: _wholly(request, by_password))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """Send on from the logins whoever has given the password: there is something else to give."""
        if _is_work(request) and request.user.is_authenticated:
            sessions.note_work(request.session)
        if request.method != "GET" or request.resolver_match.url_name not in LOGINS:
            return None
        user = request.user_by_password
        if need.is_missing(user) and user.has_perm("wagtailadmin.access_admin"):
            return _to_the_rest(user, request.GET.get("next", ""))
        return None


def _is_work(request: HttpRequest) -> bool:
    return request.path_info.startswith(ADMIN) and not request.path_info.startswith(PINGS)


def _in_a_session_that_lasts(request: HttpRequest, user: AbstractUser | AnonymousUser) -> AbstractUser | AnonymousUser:
    if not user.is_authenticated or not sessions.is_over(request.session):
        return _itself(user)
    request.session.flush()
    if request.path_info.startswith(ADMIN):
        messages.info(request, _("You have not worked here for a while, or for very long: please log in again."))
    return AnonymousUser()


def _wholly(request: HttpRequest, user: AbstractUser | AnonymousUser) -> AbstractUser | AnonymousUser:
    if request.path_info in {reverse(name) for name in HALF_WAY} or not need.is_missing(user):
        return _itself(user)
    return AnonymousUser()


def _itself(user: Any) -> AbstractUser | AnonymousUser:
    """The user without the wrappings of the middlewares: Wagtail's log looks into one only."""
    while isinstance(user, LazyObject):
        bool(user)
        user = user._wrapped
    return user


def _to_the_rest(user: AbstractUser, target: str) -> HttpResponseRedirect:
    address = reverse("second_factor_code" if devices.app_of(user) else "second_factor")
    return HttpResponseRedirect(f"{address}?{urlencode({'next': target})}" if target else address)
