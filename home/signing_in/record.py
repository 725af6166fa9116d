"""The record of who came in, who tried to, and whose rights changed: in Wagtail's history of the site."""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import m2m_changed, pre_save
from django.http import HttpRequest
from wagtail.log_actions import log

from home.serving.addresses import client_network

LOGGED_IN, FAILED, LOCKED, UNLOCKED = "signing_in.in", "signing_in.failed", "signing_in.locked", "signing_in.unlocked"
SET_UP, NEW_CODES, TURNED_OFF = "signing_in.set_up", "signing_in.new_codes", "signing_in.turned_off"
WRONG_CODE, RESET = "signing_in.wrong_code", "signing_in.reset"
ROLES_GIVEN, ROLES_TAKEN = "signing_in.roles_given", "signing_in.roles_taken"
MADE_ALL_POWERFUL, MADE_ORDINARY = "signing_in.all_powerful", "signing_in.ordinary"


def connect() -> None:
    """Connect everything; called once, when the apps are ready."""
    users = get_user_model()
    user_logged_in.connect(_logged_in, dispatch_uid="record.in")
    user_login_failed.connect(_failed, dispatch_uid="record.failed")
    user_locked_out.connect(_locked, dispatch_uid="record.locked")
    m2m_changed.connect(_roles_changed, sender=users.groups.through, dispatch_uid="record.roles")
    pre_save.connect(_about_to_be_saved, sender=users, dispatch_uid="record.saved")


def _logged_in(request: HttpRequest, user: AbstractUser, **kwargs: Any) -> None:
    log(user, LOGGED_IN, user=user, data=_from(request))


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Somebody's; names that nobody bears are nobody's history."""
    if not getattr(request, "axes_locked_out", False):  # while it is locked nobody looks at the password
        _of_name(credentials.get("username"), FAILED, request)


def _locked(request: HttpRequest, username: str, **kwargs: Any) -> None:
    if getattr(request, "axes_failures_since_start", None):  # the failure that locked it, not those after it
        _of_name(username, LOCKED, request)


def _of_name(name: str | None, action: str, request: HttpRequest | None) -> None:
    user = get_user_model().objects.filter(username=name).first()
    if user:
        log(user, action, data=_from(request))


def _from(request: HttpRequest | None) -> dict[str, str | None]:
    return {"address": client_network(request) if request else None}


def _roles_changed(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, model: type, **kwargs: Any
) -> None:
    """Seen from the user as from the group."""
    kind = {"post_add": ROLES_GIVEN, "post_remove": ROLES_TAKEN, "pre_clear": ROLES_TAKEN}.get(action)
    if kind is None:
        return
    if reverse:
        users = model.objects.filter(pk__in=pk_set) if pk_set is not None else instance.user_set.all()
        for user in users:
            log(user, kind, data={"roles": [instance.name]})
        return
    groups = Group.objects.filter(pk__in=pk_set) if pk_set is not None else instance.groups.all()
    if names := list(groups.order_by("name").values_list("name", flat=True)):
        log(instance, kind, data={"roles": names})


def _about_to_be_saved(instance: Any, update_fields: Any = None, raw: bool = False, **kwargs: Any) -> None:
    if raw or instance._state.adding or (update_fields is not None and "is_superuser" not in update_fields):
        return
    before = type(instance).objects.filter(pk=instance.pk).values_list("is_superuser", flat=True).first()
    if before is not None and before != instance.is_superuser:
        log(instance, MADE_ALL_POWERFUL if instance.is_superuser else MADE_ORDINARY)
