"""An event can be copied with new dates, from the menus of its page."""

from collections.abc import Iterator
from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail.models import Page

from cms.core.page_actions import PageActionItem
from cms.events.desk import CopyEvent, CopyEventItem


@hooks.register("register_admin_urls")
def copy_address() -> list[Any]:
    return [path("events/<int:page_id>/copy/", CopyEvent.as_view(), name="copy_event")]


@hooks.register("register_page_listing_more_buttons")
def in_the_explorer(page: Page, user: Any, next_url: str | None = None) -> Iterator[PageActionItem]:
    yield from CopyEventItem.of(page, priority=21)  # after Wagtail's own copying


@hooks.register("register_page_header_buttons")
def on_the_page(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[PageActionItem]:
    yield from CopyEventItem.of(page, priority=31)
