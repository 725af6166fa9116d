"""The form of a receiver."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from api.content.kinds import models
from api.webhooks import addresses
from api.webhooks.models import Receiver
from search.models import PageChange


def type_choices() -> list[tuple[str, str]]:
    """The page types as the API and as editors call them."""
    named = ((name, str(model._meta.verbose_name).capitalize()) for name, model in models().items())
    return sorted(named, key=lambda choice: choice[1])


class ReceiverForm(WagtailAdminModelForm):
    """Addresses inside the network are refused at once, and looked at once more with every delivery."""

    url = forms.URLField(
        label=_("Address"),
        max_length=2000,
        assume_scheme="https",
        help_text=_("Where changes are sent to; it begins https://."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Events"),
        choices=PageChange.Kind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all."),
    )
    types = forms.MultipleChoiceField(
        label=_("Kinds of pages"),
        choices=type_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all."),
    )

    class Meta:
        model = Receiver
        fields = ["name", "url", "kinds", "types"]

    def save(self, commit: bool = True) -> Receiver:
        """Of a receiver that exists only what stands in the form: the courier writes the rest meanwhile."""
        if not commit or self.instance.pk is None:
            return super().save(commit)
        self.instance.save(update_fields=self.Meta.fields)
        return self.instance

    def clean_url(self) -> str:
        url: Any = self.cleaned_data["url"]
        try:
            target = addresses.target(url)
            addresses.resolve(target.host, target.port)
        except addresses.Refused as error:
            raise forms.ValidationError(str(error)) from None
        except (OSError, UnicodeError):
            pass  # a name that leads nowhere today may do so tomorrow; the log will tell
        return url
