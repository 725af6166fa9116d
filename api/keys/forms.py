"""The form of a key in the admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from api.keys.models import Key, Scope


class KeyForm(WagtailAdminModelForm):
    """Everything about a key but its text."""

    scopes = forms.MultipleChoiceField(
        label=_("Good for"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple, initial=Scope.values
    )

    class Meta:
        model = Key
        fields = ["name", "contact", "scopes", "rate", "expires_at"]

    def clean_expires_at(self) -> object:
        """A key that ends before it begins is a slip."""
        moment = self.cleaned_data["expires_at"]
        if moment and "expires_at" in self.changed_data and moment <= timezone.now():
            raise ValidationError(_("Choose a time to come."))
        return moment
