"""Second factors and the record of logins in the admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter

from home.signing_in import people, record
from home.signing_in.second_factor import views

PLAIN = {
    record.UNLOCKED: (_("Unlock login"), _("Login unlocked")),
    record.SET_UP: (_("Set up second factor"), _("Second factor set up")),
    record.NEW_CODES: (_("Make new backup codes"), _("New backup codes made")),
    record.TURNED_OFF: (_("Turn second factor off"), _("Second factor turned off")),
    record.WRONG_CODE: (_("Wrong code"), _("Wrong code of the second factor")),
    record.RESET: (_("Reset second factor"), _("Second factor reset by an administrator")),
    record.MADE_ALL_POWERFUL: (_("Make administrator"), _("May do everything now")),
    record.MADE_ORDINARY: (_("Make ordinary user"), _("May no longer do everything")),
}
WITH_ADDRESS = {
    record.LOGGED_IN: (_("Log in"), _("Logged in from %(address)s")),
    record.FAILED: (_("Failed login"), _("Login failed, from %(address)s")),
    record.LOCKED: (_("Lock login"), _("Too many failed logins: locked, from %(address)s")),
}
WITH_ROLES = {
    record.ROLES_GIVEN: (_("Give roles"), _("Roles given: %(roles)s")),
    record.ROLES_TAKEN: (_("Take roles away"), _("Roles taken away: %(roles)s")),
}


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("second-factor/", views.second_factor, name="second_factor"),
        path("second-factor/code/", views.code, name="second_factor_code"),
        path("signing-in/<int:pk>/", people.person, name="signing_in_person"),
    ]


@hooks.register("register_account_menu_item")
def account_item(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("second_factor"),
        "label": gettext("Second factor"),
        "help_text": gettext(
            "Log in with your password and a code of your phone: a stolen password is not enough then."
        ),
    }


@hooks.register("register_user_listing_buttons")
def listing_button(user: AbstractUser, request_user: AbstractUser) -> Iterator[Button]:
    if people.may_help(request_user, user):
        address = reverse("signing_in_person", args=[user.pk])
        yield Button(_("Signing in"), url=address, icon_name="key", priority=40)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    for action, (label, message) in PLAIN.items():
        actions.register_action(action, label, message)
    for action, (label, message) in (WITH_ADDRESS | WITH_ROLES).items():
        actions.register_action(action)(_formatter(label, message))


def _formatter(label: Any, message: Any) -> type[LogFormatter]:
    """One that puts what was noted into the message."""

    def format_message(self: LogFormatter, entry: Any) -> str:
        noted = entry.data
        return message % {
            "address": noted.get("address") or gettext("an unknown address"),
            "roles": ", ".join(noted.get("roles", ())),
        }

    return type("Formatter", (LogFormatter,), {"label": label, "format_message": format_message})
