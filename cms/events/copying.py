"""The same event another time: a new draft, all of its dates shifted."""

from datetime import datetime
from typing import Any

from django.utils.text import slugify
from wagtail.actions.copy_page import CopyPageAction
from wagtail.coreutils import find_available_slug

from cms.events.models import EventPage
from search.vietnamese import compose, fold


def copy_with_dates(event: EventPage, title: str, starts_at: datetime, user: Any = None) -> EventPage:
    """Make a draft beside the event that begins at `starts_at`; its end and its agenda keep their distance to that.

    Raises CopyPagePermissionError where the user may not.
    """
    parent = event.get_parent()
    shifted = _shifted(event, starts_at)
    action = CopyPageAction(
        shifted,
        to=parent,
        update_attrs={
            "title": title,
            "slug": find_available_slug(parent, slugify(fold(compose(title)))[:200] or event.slug),
        },
        copy_revisions=False,  # they tell of the old event
        keep_live=False,
        user=user,
    )
    return action.execute()


def _shifted(event: EventPage, starts_at: datetime) -> EventPage:
    """The event at another time; not saved. Wagtail can shift children while it copies, but not those of a draft."""
    shifted = event.with_content_json(event.serializable_data())
    by = starts_at - event.starts_at
    shifted.starts_at += by
    shifted.ends_at += by
    for item in shifted.agenda.all():
        if item.starts_at:
            item.starts_at += by
    return shifted
