from cms.events.models.event import AgendaItem, EventDocument, EventPage, EventParticipant, EventQuerySet
from cms.events.models.index import EventIndexPage

__all__ = [
    "AgendaItem",
    "EventDocument",
    "EventIndexPage",
    "EventPage",
    "EventParticipant",
    "EventQuerySet",
]
