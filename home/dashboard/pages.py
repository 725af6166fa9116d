"""The pages of the panels: only such as the user sees in the explorer, in two queries at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, IntegerField, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Revision, get_page_models
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from cms.core.models import ContentPage, most_read

SHOWN = 8  # lines of a panel
READ_DAYS = 7
_VISIBLE = "_dashboard_visible_pages"


@dataclass(frozen=True)
class Scheduled:
    """A page that will be published, or that a newer version of it will."""

    page: Page
    due: datetime


def visible(user: Any) -> PageQuerySet:
    """The pages that the user sees in the explorer, without the root of all.

    Kept on the user for the request, as Wagtail keeps permissions: to find where they begin takes a query.
    """
    if not hasattr(user, _VISIBLE):
        setattr(user, _VISIBLE, policy_registry.get_by_type(Page).explorable_instances(user).filter(depth__gt=1))
    return getattr(user, _VISIBLE).all()


def drafts(user: Any) -> Sequence[Page]:
    """What the user wrote last and has not been published, the newest first."""
    own = visible(user).filter(has_unpublished_changes=True, latest_revision__user=user)
    return list(own.order_by("-latest_revision_created_at", "-pk")[:SHOWN])


def scheduled(user: Any) -> Sequence[Scheduled]:
    """What will be published by itself, the next first."""
    page = visible(user).filter(pk=Cast(OuterRef("object_id"), IntegerField()))
    waiting = Revision.page_revisions.filter(Exists(page), approved_go_live_at__isnull=False)
    due = dict(waiting.order_by("-approved_go_live_at").values_list("object_id", "approved_go_live_at"))
    first = sorted(due, key=lambda key: (due[key], key))[:SHOWN]
    pages = Page.objects.in_bulk(map(int, first))
    return [Scheduled(pages[int(key)], due[key]) for key in first]


def published(user: Any) -> Sequence[Page]:
    """What was published last."""
    live = visible(user).live().filter(last_published_at__isnull=False)
    return list(live.order_by("-last_published_at", "-pk")[:SHOWN])


def read(user: Any) -> Sequence[Page]:
    """What readers opened most within a week, each with `recent_reads`."""
    return most_read(visible(user), READ_DAYS, SHOWN)


def to_review(user: Any) -> Sequence[Page]:
    """What says how things are, and has not been published anew for REVIEW_AFTER_YEARS; the oldest first.

    Articles, events and official documents are none of it: they bear a date, and stay as they were on that day.
    """
    if not settings.REVIEW_AFTER_YEARS:
        return []
    before = timezone.now() - timedelta(days=365) * settings.REVIEW_AFTER_YEARS
    old = visible(user).live().type(*_standing()).filter(last_published_at__lt=before)
    return list(old.order_by("last_published_at", "pk")[:SHOWN])


def _standing() -> list[type[Page]]:
    """The types of content that show no date."""
    types = [model for model in get_page_models() if issubclass(model, ContentPage)]
    return [model for model in types if model.search_date is ContentPage.search_date]
