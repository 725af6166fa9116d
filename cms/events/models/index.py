"""A calendar that lists events."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.lists import address_without_page, slice_of
from cms.core.models import ContentPage, page_tabs
from cms.core.search import covers
from cms.core.visibility import open_to_all
from cms.events.models.event import EventPage, EventQuerySet
from cms.events.months import Month

EVENTS_PER_PAGE = 20


class EventIndexPage(ContentPage):
    """A calendar: what comes, then what has been."""

    search_type = "event_list"
    is_section = True
    page_description = _("A calendar that lists events.")
    parent_page_types = ["home.HomePage", "schools.SchoolPage"]
    subpage_types = ["events.EventPage"]
    template = "events/event_index_page.html"

    edit_handler = page_tabs(ContentPage.content_panels)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `coming` events, all of them, `past`, a slice, and the leaf of the calendar that is asked for."""
        events = open_to_all(EventPage.objects.descendant_of(self)).defer("body").prefetch_related(covers())
        now = timezone.now()
        return {
            **super().get_context(request, *args, **kwargs),
            **_leaf(events, Month.asked(request.GET.get("month", ""), timezone.localdate(now))),
            "coming": events.coming(now),
            "past": slice_of(events.past(now), request, EVENTS_PER_PAGE),
            "today": timezone.localdate(now),
            "others": address_without_page(request),
        }


def _leaf(events: EventQuerySet, month: Month) -> dict[str, Any]:
    """The `month` with its `weeks`, and whether there is something `earlier` and `later` to turn to."""
    shown = list(events.within(month))
    return {
        "month": month,
        "month_events": shown,
        "weeks": month.weeks(shown),
        "earlier": events.filter(starts_at__lt=month.begins).exists(),
        "later": events.filter(ends_at__gte=month.next.begins).exists(),
    }
