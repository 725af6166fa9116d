"""Editors' own search, brought up to date once for all new articles of a run.

For every page added to it, Wagtail's index takes the average over all titles it holds; for each of ten thousand
articles by itself that would take longer than everything else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast
from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from cms.news.models import ArticlePage

_PAGES_AT_ONCE = 500
_postponing = local()  # other threads' editors go on as ever


@contextmanager
def postponed() -> Iterator[None]:
    """New articles saved in this block are left out until `add_missing`."""
    if post_save.disconnect(post_save_signal_handler, sender=ArticlePage):
        post_save.connect(_index_now, sender=ArticlePage)
    _postponing.on = True
    try:
        yield
    finally:
        _postponing.on = False


def _index_now(instance: ArticlePage, **kwargs: Any) -> None:
    if not getattr(_postponing, "on", False):
        post_save_signal_handler(instance, **kwargs)


def add_missing() -> None:
    """Add every article that is not there, those of a run that was killed too."""
    entries = IndexEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(ArticlePage),
        object_id=Cast(OuterRef("pk"), TextField()),
    )
    missing = ArticlePage.objects.exclude(Exists(entries)).order_by("pk")
    last = 0
    while pages := list(missing.filter(pk__gt=last)[:_PAGES_AT_ONCE]):
        with transaction.atomic():
            get_search_backend().add_bulk(ArticlePage, pages)
        last = pages[-1].pk
