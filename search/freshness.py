"""Whether what the search answers now is all that the database says, and what tells it from other answers."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from search import lexicon, stamps
from search.engines import get_engine
from search.models import Pin, Synonym
from search.rows import rows
from search.stamps import State

_MARGIN = 1.0  # seconds, for clocks of several machines that differ
_PENDING = "SELECT 1 FROM {outbox} WHERE version > synced_version AND NOT dead LIMIT 1"


def state() -> State | None:
    """The state of everything that answers of the search come from; None while the index is behind it.

    Stamps follow the database. While a change is on its way into the index, or cannot be seen there yet, the same
    stamps would stand for the answers before and after; nobody may keep an answer of that time.
    """
    found = stamps.read([Page, Pin, Synonym, stamps.INDEX])
    if rows(_PENDING) or not _is_shown(found):
        return None
    today = timezone.localdate().toordinal()  # what is recent is preferred
    return replace(found, versions={**found.versions, "vocabulary": lexicon.edition() or 0, "day": today})


def _is_shown(found: State) -> bool:
    """Whether what was last written into the index can be found by now."""
    written, shows_after = found.moments.get(stamps.INDEX), get_engine().shows_after
    if written is None or shows_after == 0:
        return True
    waited = timezone.now() - written
    return shows_after is not None and waited > timedelta(seconds=shows_after + _MARGIN)
