"""How long an answer about content is good: until the stamps of what it is made of have changed."""

from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request
from taggit.models import Tag
from wagtail.models import Site

from api.caching import of
from api.content import selection
from cms.core.models import Document, Image
from cms.documents.models import OfficialDocumentPage
from cms.events.models import EventPage
from cms.people.models import PersonPage
from cms.schools.models import ClusterPage, SchoolPage
from search.stamps import State

# What pages name by title and address, found by more than a reference: a person's new name touches no other page, and
# a text cites a document that comes later.
NAMED = (PersonPage, SchoolPage, ClusterPage, EventPage, OfficialDocumentPage, Site)
SHOWN = (Image, Document, Tag)
# Fields that change without a stamp: answers with them are good at this moment only.
UNSTAMPED = frozenset({"reads"})
# Parameters that let an answer depend on the time of day, or on the readers' index.
_MOMENTARY = ("coming", "search")


def state_of_list(view: Any, request: Request, arguments: Mapping[str, Any]) -> State | None:
    """The state of all that a list may show."""
    if any(request.query_params.get(name) for name in _MOMENTARY) or _wants_unstamped(request):
        return None
    return of(*view.made_of, *NAMED, *SHOWN)(view, request, arguments)


def state_of_one(view: Any, request: Request, arguments: Mapping[str, Any]) -> State | None:
    """The state of one thing: for a page, of itself and of what it names; what it shows touches it."""
    if _wants_unstamped(request):
        return None
    own, page = ((), "id") if view.is_page else ((*view.made_of, *SHOWN), None)
    return of(*own, *NAMED, page=page)(view, request, arguments)


def _wants_unstamped(request: Request) -> bool:
    return any(name in text for text in request.query_params.getlist(selection.PARAMETER) for name in UNSTAMPED)
