"""Setting up a second factor, and giving its code at the login."""

from typing import Any

import django_otp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.models import Device
from wagtail.log_actions import log

from home.signing_in import record
from home.signing_in.forms import CodeForm
from home.signing_in.second_factor import devices, need


@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """The second step of a login: a code of the app, or one of those on paper."""
    user = request.user
    if user.is_verified() or not devices.app_of(user):
        return HttpResponseRedirect(_target(request))
    used: list[Device | None] = []

    def verify(given: str) -> str:
        used.append(devices.device_for(user, given))
        return devices.problem_with(used[-1], given)

    form = CodeForm(request.POST or None, verify=verify)
    if request.method == "POST" and form.is_valid():
        _let_in(request, used[-1])
        return HttpResponseRedirect(_target(request))
    if request.method == "POST":
        log(user, record.WRONG_CODE, user=user)
    return _shown(request, "code", form=form)


def second_factor(request: HttpRequest) -> HttpResponse:
    """What the user has, if anything; if not, how to set it up."""
    if need.is_missing(request.user) and devices.app_of(request.user):
        return HttpResponseRedirect(reverse("second_factor_code"))  # a password alone exchanges no app for another
    return _state(request) if devices.app_of(request.user) else _set_up(request)


def _state(request: HttpRequest) -> HttpResponse:
    user = request.user
    required = need.is_required_of(user)
    if request.method == "POST" and "new_codes" in request.POST:
        log(user, record.NEW_CODES)
        return _shown(request, "codes", codes=devices.make_backup_codes(user), is_new=False)
    if request.method == "POST" and "turn_off" in request.POST and not required:
        devices.forget(user)
        log(user, record.TURNED_OFF)
        messages.success(request, _("The second factor is off: your password alone lets you in."))
        return HttpResponseRedirect(reverse("wagtailadmin_account"))
    return _shown(request, "state", left=devices.backup_codes_left(user), required=required)


@sensitive_post_parameters("code")
def _set_up(request: HttpRequest) -> HttpResponse:
    user = request.user
    app = devices.new_app(user)
    form = CodeForm(request.POST or None, verify=lambda given: devices.problem_with(app, given))
    if request.method == "POST" and form.is_valid():
        type(app).objects.filter(pk=app.pk).update(confirmed=True)
        log(user, record.SET_UP)
        _let_in(request, devices.app_of(user))
        return _shown(request, "codes", codes=devices.make_backup_codes(user), is_new=True, next=_target(request))
    return _shown(
        request,
        "set_up",
        form=form,
        picture=devices.picture_of(app),
        secret=devices.secret_of(app),
        required=need.is_required_of(user),
    )


def _let_in(request: HttpRequest, device: Device) -> None:
    django_otp.login(request, device)
    request.session.cycle_key()  # who knew the session before the code is out


def _target(request: HttpRequest) -> str:
    """Where the user was going, if that is here."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return reverse("wagtailadmin_home")


def _shown(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    return render(request, f"signing_in/{name}.html", {"next": _target(request)} | context)
