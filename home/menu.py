"""The navigation menu: entries that lead to a page or an address, with one level below them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from cms.core.visibility import open_to_all


@dataclass(frozen=True)
class MenuEntry:
    """A link for readers: `page` or `url` is set, or neither for an entry that only holds `children`."""

    label: str
    page: Page | None = None
    url: str = ""
    children: tuple["MenuEntry", ...] = ()


class LinkBlock(blocks.StructBlock):
    """A label and where it leads: a page of the site or an address elsewhere."""

    label = blocks.CharBlock(
        label=_("Label"), max_length=100, required=False, help_text=_("Left empty: the title of the page.")
    )
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(
        label=_("or an address elsewhere"), required=False, validators=[URLValidator(schemes=["http", "https"])]
    )

    def clean(self, value: Any) -> Any:
        """Refuse a link to two places, or without a label where no page gives it one."""
        cleaned = super().clean(value)
        errors: dict[str, ValidationError] = {}
        if cleaned["page"] and cleaned["url"]:
            errors["url"] = ValidationError(_("Choose a page or give an address, not both."))
        if not (cleaned["label"] or cleaned["page"] or self.is_deferred_validation):
            errors["label"] = ValidationError(_("Give a label, or choose a page."))
        errors |= self.own_errors(cleaned)
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def own_errors(self, value: Any) -> dict[str, ValidationError]:
        """What else is wrong with a link that leads nowhere."""
        if value["page"] or value["url"] or self.is_deferred_validation:
            return {}
        return {"page": ValidationError(_("Choose a page or give an address."))}


class MenuItemBlock(LinkBlock):
    """A link at the top level; with links below it, it need not lead anywhere itself."""

    children = blocks.ListBlock(LinkBlock(label=_("Link")), label=_("Links below it"), default=[])

    def own_errors(self, value: Any) -> dict[str, ValidationError]:
        return {} if value["children"] else super().own_errors(value)

    class Meta:
        icon = "link"
        label = _("Menu item")


class MenuBlock(blocks.StreamBlock):
    """The menu, in order."""

    item = MenuItemBlock()


def entries(menu: blocks.StreamValue) -> list[MenuEntry]:
    """The entries of a menu that readers may follow, or that hold such."""
    links = [item.value for item in menu]
    pages = _public_pages([*links, *(child for link in links for child in link["children"])])
    shown = (_entry(link, pages, [_entry(child, pages) for child in link["children"]]) for link in links)
    return [entry for entry in shown if entry]


def _public_pages(links: Iterable[Any]) -> dict[int, Page]:
    chosen = {link["page"].pk for link in links if link["page"]}
    return {page.pk: page for page in open_to_all(Page.objects.filter(pk__in=chosen))}


def _entry(link: Any, pages: dict[int, Page], children: Iterable[MenuEntry | None] = ()) -> MenuEntry | None:
    page = pages.get(link["page"].pk) if link["page"] else None
    below = tuple(child for child in children if child)
    if not (page or link["url"] or below):
        return None
    return MenuEntry(link["label"] or (page.title if page else ""), page, link["url"], below)
