"""Which changes of the database concern answers of the API, beside those of pages."""

from typing import Any

from taggit.models import Tag
from wagtail.contrib.redirects import signal_handlers
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site
from wagtail.signals import page_slug_changed, post_page_move

from cms.core.models import Document, Image
from home.models import Navigation, SiteSettings
from search import stamps
from search.models import Pin, Synonym


def connect() -> None:
    """Connect everything; called once, when the apps are ready."""
    stamps.watch(Document, Image, Navigation, Pin, Redirect, Site, SiteSettings, Synonym, Tag)
    for signal, make_redirects in (
        (page_slug_changed, signal_handlers.autocreate_redirects_on_slug_change),
        (post_page_move, signal_handlers.autocreate_redirects_on_page_move),
    ):
        signal.connect(make_redirects)  # again, so that it comes before ours
        signal.connect(_redirects_made, dispatch_uid="api.redirects_made")


def _redirects_made(**kwargs: Any) -> None:
    """Wagtail makes redirects from a page's old addresses in bulk, without signals of their own."""
    stamps.bump([Redirect])
