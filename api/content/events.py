"""/api/v1/events/"""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from rest_framework import serializers

from api.content import examples, filters, orders, reading
from api.content.bodies.shapes import BodySerializer
from api.content.common import LEFT_OUT, CitedDocuments, PageSerializer
from api.content.described import described
from api.content.serializers import LinkSerializer, RowOnPage, Rows, SiteURLField, Sparse
from api.content.views import PageViewSet
from cms.events.models import AgendaItem, EventDocument, EventPage, EventParticipant
from search import parameters


class ParticipantSerializer(RowOnPage):
    """Who takes part: a school of this portal, or another body by its name."""

    page_key = "school_id"

    school = LinkSerializer(source="school_id", allow_null=True)
    name = serializers.CharField(help_text="Of another body; empty for a school of this portal.")
    part = serializers.CharField(help_text="Its part in the event; may be empty.")

    def is_shown(self, row: Any) -> bool:
        return bool(row.name) or super().is_shown(row)


class AgendaItemSerializer(Sparse):
    starts_at = serializers.DateTimeField(allow_null=True)
    what = serializers.CharField()
    who = serializers.CharField(help_text="May be empty.")


class CalendarURLField(SiteURLField):
    """Where an event's calendar file is, from the event's `url_path`."""

    def to_representation(self, value: Any) -> str:
        return f"{super().to_representation(value)}ics/"


class EventSerializer(PageSerializer):
    """An event."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(help_text="For whole days: some time on the last of them.")
    is_all_day = serializers.BooleanField(help_text="Whole days: show no times.")
    venue = serializers.CharField(help_text="May be empty.")
    host = LinkSerializer(source="host_id", allow_null=True, help_text="The school whose event it is.")
    participants = Rows(ParticipantSerializer(), of=(EventParticipant, "page_id"))
    agenda = Rows(AgendaItemSerializer(), of=(AgendaItem, "page_id"))
    documents = Rows(
        LinkSerializer(), of=(EventDocument, "page_id"), show="document_id", help_text="Its official documents."
    )
    calendar_url = CalendarURLField(source="url_path", help_text="The event for calendar programs (iCalendar).")
    cited_documents = CitedDocuments()
    body = BodySerializer()


def _hosted_or_joined(schools: list[int]) -> Q:
    return Q(host__in=schools) | _joined(schools)


def _joined(schools: list[int]) -> Q:
    return Q(pk__in=EventParticipant.objects.filter(school__in=schools).values("page"))


def _on(found: filters.Found, day: Any, _visible: Any) -> filters.Found:
    """An event for whole days lasts until the end of its last day."""
    start, end = reading.start_of(day), reading.start_of(day, following=True)
    return found.filter(Q(ends_at__gt=start) | Q(starts_at__gte=start), starts_at__lt=end)


def _coming(found: filters.Found, value: bool, _visible: Any) -> filters.Found:
    now = timezone.now()
    events = EventPage.objects.coming(now) if value else EventPage.objects.past(now)
    return found.filter(pk__in=events.order_by().values("pk"))


@described("event", "events", "The latest first, unless sorted otherwise.", examples.EVENT)
class EventViewSet(PageViewSet):
    kind = "event"
    model = EventPage
    body = "body"
    serializer = EventSerializer
    left_out_of_lists = LEFT_OUT | {"agenda"}
    filters = (
        *filters.OF_PAGES,
        filters.Filter(
            "on",
            "Only events that take place on this day, such as `2023-11-08`, be it their first or a later one.",
            {"type": "string", "format": "date"},
            parameters.day,
            _on,
        ),
        filters.Filter(
            "coming",
            "With `true` only events that have not ended yet, with `false` only those that have.",
            {"type": "boolean"},
            parameters.flag,
            _coming,
        ),
        *filters.moments("starts_at", "starts_at", "begins"),
        *filters.moments("ends_at", "ends_at", "ends"),
        filters.years("starts_at", "begins", facet="year"),
        filters.flag("is_all_day", Q(is_all_day=True), "Only events for whole days, or only others."),
        filters.linked("host", lambda keys: Q(host__in=keys), "Only events of the school with this id."),
        filters.linked("participant", _joined, "Only events in which the school with this id takes part."),
        filters.of_school(_hosted_or_joined),
        filters.texts("venue", "venue", "Only events at this venue, exactly as it is given."),
    )
    orders = (
        *orders.both("starts_at", "starts_at")[::-1],
        *orders.both("ends_at", "ends_at"),
        *orders.OF_PAGES,
    )
