"""Calendars to subscribe to (iCalendar): of all events, and of those of a school."""

from datetime import timedelta

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from wagtail.models import Site

from cms.core.visibility import open_to_all
from cms.events import calendars
from cms.events.models import EventPage, EventQuerySet
from cms.schools.models import SchoolPage
from home.surroundings import name_of

PAST = timedelta(days=366)  # how long an event stays after its end


def all_events(request: HttpRequest) -> HttpResponse:
    """Every event of the portal."""
    site = _site(request)
    return _answer(request, _events(site), name_of(site))


def events_of_school(request: HttpRequest, school_id: int) -> HttpResponse:
    """The events below a school's page, those at which it is the host, and those in which it takes part."""
    site = _site(request)
    school = get_object_or_404(open_to_all(SchoolPage.objects.descendant_of(site.root_page)), pk=school_id)
    own = Q(path__startswith=school.path) | Q(host=school)
    taking_part = Q(pk__in=EventPage.objects.filter(participants__school=school).values("pk"))
    return _answer(request, _events(site).filter(own | taking_part), school.title)


def _site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def _events(site: Site) -> EventQuerySet:
    events = open_to_all(EventPage.objects.descendant_of(site.root_page)).defer("body")
    return events.filter(ends_at__gte=timezone.now() - PAST).order_by("starts_at", "pk")


def _answer(request: HttpRequest, events: EventQuerySet, name: str) -> HttpResponse:
    pages = [(event, event.get_full_url(request)) for event in events]
    return HttpResponse(calendars.of_events(pages, name), content_type=calendars.CONTENT_TYPE)
