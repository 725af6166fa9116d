"""The forms of the two logins, and of the second factor."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms.auth import LoginForm


class _SaysWhenLocked:
    """Tells whoever tried too often so, and for how long; not that the password was wrong, which nobody looked at."""

    def get_invalid_login_error(self) -> forms.ValidationError:
        if getattr(self.request, "axes_locked_out", False):
            return forms.ValidationError(_locked(), code="locked")
        return super().get_invalid_login_error()


class DeskLoginForm(_SaysWhenLocked, LoginForm):
    """Of the admin. Wagtail leaves the password without a label, and Django would make an English one of its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = gettext_lazy("Password")


class SiteLoginForm(_SaysWhenLocked, AuthenticationForm):
    """Of pages that are for certain readers only."""


class CodeForm(forms.Form):
    """A code of the app on the phone, or one of those that were written down."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, verify: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._verify = verify

    def clean_code(self) -> str:
        """`verify` says what is wrong with the code, if anything is."""
        code = "".join(self.cleaned_data["code"].split()).lower()
        if problem := self._verify(code):
            raise forms.ValidationError(problem, code="invalid")
        return code


def _locked() -> str:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    text = ngettext(
        "Too many failed attempts. Try again in %(minutes)d minute, or ask a system administrator to unlock you.",
        "Too many failed attempts. Try again in %(minutes)d minutes, or ask a system administrator to unlock you.",
        minutes,
    )
    return text % {"minutes": minutes}


def wrong_code() -> str:
    return _("This code is not right, or was used already. Codes change every half a minute.")


def wait() -> str:
    return _("Too many wrong codes. Wait a moment before the next one.")
