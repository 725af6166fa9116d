"""Events for calendar programs (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils import timezone
from icalendar import Calendar, Event

if TYPE_CHECKING:
    from cms.events.models import EventPage

CONTENT_TYPE = "text/calendar; charset=utf-8"
_PRODUCT = "-//Trang//vi"


def of_event(page: "EventPage", url: str) -> bytes:
    """A calendar with this event; `url` is the page's full address, which also makes its identity."""
    return of_events([(page, url)])


def of_events(pages: Iterable[tuple["EventPage", str]], name: str = "") -> bytes:
    """A calendar with these events and their full addresses; `name` is what those who subscribe see."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", name)
    for page, url in pages:
        calendar.add_component(_event(page, url))
    return calendar.to_ical()


def _event(page: "EventPage", url: str) -> Event:
    event = Event()
    event.add("uid", f"event-{page.pk}@{urlsplit(url).hostname or 'trang'}")
    event.add("dtstamp", (page.last_published_at or page.starts_at).astimezone(UTC))
    if page.is_all_day:  # days, the end being the first that is free again
        event.add("dtstart", timezone.localtime(page.starts_at).date())
        event.add("dtend", timezone.localtime(page.last_day_ends_at).date())
    else:
        event.add("dtstart", page.starts_at.astimezone(UTC))
        event.add("dtend", page.ends_at.astimezone(UTC))
    event.add("summary", page.title)
    for name, value in (("location", page.venue), ("description", page.summary), ("url", url)):
        if value:
            event.add(name, value)
    return event
