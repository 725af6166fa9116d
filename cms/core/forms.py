from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import SlugInput

from cms.core.slugs import check_not_reserved, unaccenting

UNDESCRIBED = _("Nobody has described this picture yet. Say in the library what it shows, or choose another.")


class AddressedPageForm(WagtailAdminPageForm):
    """The admin's page form. It knows the parent of a page that is not in the tree yet; the page itself does not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # The admin's script makes an address of the title while it is typed, and knows no Vietnamese: `djem-hi`.
            self.fields["slug"].widget = SlugInput(formatters=unaccenting())

    def clean(self) -> dict[str, Any]:
        """Refuse an address that belongs to the site itself; a page in the tree does so by its own `clean()`.

        And a cover that says nothing to those who cannot see it, before readers get it.
        """
        cleaned = super().clean()
        cover = cleaned.get("cover")
        if cover and not cover.description and not self.is_deferred_validation:
            self.add_error("cover", UNDESCRIBED)
        if "slug" in cleaned and self.parent_page and not self.instance.path:
            try:
                check_not_reserved(cleaned["slug"], self.parent_page)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned


class AddressedCopyForm(CopyForm):
    """The admin's form for copying a page."""

    def clean(self) -> dict[str, Any]:
        """Refuse an address that belongs to the site itself."""
        cleaned = super().clean()
        try:
            check_not_reserved(cleaned.get("new_slug", ""), cleaned.get("new_parent_page") or self.page.get_parent())
        except ValidationError as error:
            self.add_error("new_slug", error.error_dict["slug"])
        return cleaned
