"""How long a page that was made for readers is good: as long as the database says what it said, and the clock allows.

Everything that the site shows counts for every page: one change makes all kept pages old. So nobody has to know which
page shows what, and no page can be forgotten; making a page anew takes some milliseconds.
"""

from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.core.models import Document, Image
from cms.events.models import EventPage
from home.serving import code
from home.surroundings import Navigation, SiteSettings
from search import stamps

# What a page may show. `INDEX`: the related articles, which follow the database a little later.
SHOWN = (Document, Image, Navigation, Page, Redirect, Site, SiteSettings, Tag, stamps.INDEX)


def state() -> str:
    """A digest of what all pages are made of at this moment: content, code and the day; one query.

    Read it before making a page: then the page is never older than its state.
    """
    found = stamps.read(SHOWN)
    parts = (
        sorted(found.versions.items()),
        sorted(found.moments.items()),
        code.running().digest,
        timezone.localdate(),  # calendars begin with today
    )
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def state_for(request: HttpRequest) -> str:
    """The state that the answer to a request is made in, read once."""
    if not hasattr(request, "site_state"):
        request.site_state = state()
    return request.site_state


def good_until(now: datetime) -> datetime:
    """When a page made `now` is old without any change: at the latest when its numbers of reads are, earlier if an
    event begins or ends before.
    """
    latest = now + timedelta(seconds=settings.PAGES_KEPT_FOR)
    return min([latest, *EventPage.objects.turns(now, latest)])
