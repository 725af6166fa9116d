"""What a system administrator does for somebody who cannot come in."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.signing_in import attempts, record
from home.signing_in.second_factor import devices, need


def may_help(helper: AbstractUser, user: AbstractUser) -> bool:
    """Whoever may change users; and only who may do everything, those who may do everything."""
    return helper.has_perm("core.change_user") and (helper.is_superuser or not user.is_superuser)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether somebody's logins are refused, and whether there is a second factor; and the ways out."""
    user = get_object_or_404(get_user_model(), pk=pk)
    if not may_help(request.user, user):
        raise PermissionDenied
    if request.method == "POST":
        _help(request, user)
        return HttpResponseRedirect(request.path)
    context = {
        "person": user,
        "locked": attempts.is_locked(user),
        "has_app": devices.app_of(user) is not None,
        "required": need.is_required_of(user),
        "page_title": _("Signing in"),
        "page_subtitle": user.get_full_name() or user.get_username(),
        "header_icon": "key",
    }
    return render(request, "signing_in/person.html", context)


def _help(request: HttpRequest, user: AbstractUser) -> None:
    if "unlock" in request.POST:
        attempts.unlock(user)
        log(user, record.UNLOCKED)
        messages.success(request, _("%(person)s may try to log in again.") % {"person": user})
    if "reset" in request.POST and devices.forget(user):
        log(user, record.RESET)
        messages.success(request, _("%(person)s logs in without a second factor now.") % {"person": user})
