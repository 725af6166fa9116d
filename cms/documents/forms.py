"""The admin's form of an official document."""

from typing import Any

from django.urls import reverse_lazy

from cms.core.forms import AddressedPageForm


class OfficialDocumentForm(AddressedPageForm):
    """While the number is typed, `static/js/document-number.js` asks what it says and whether the register has it."""

    class Media:
        js = ("js/document-number.js",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "number" in self.fields:
            asked = {"data-number-address": reverse_lazy("document_number"), "data-page": self.instance.pk or ""}
            self.fields["number"].widget.attrs |= asked
