"""The index's vocabulary, counted once in a while, kept in the database, and held in memory by each process.

A process looks for a newer one in a thread of its own, and takes it over piece by piece: no question waits for it.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock, Thread
from time import monotonic

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Sum
from django.utils import timezone

from search.engines import get_engine
from search.models import OutboxEntry, VocabularyEdition, VocabularyPart
from search.understanding.spelling import Speller
from search.understanding.vocabulary import EMPTY, TABLES, Table, Vocabulary, count_words

logger = logging.getLogger(__name__)

_PART = 256 * 1024  # bytes of one row: as much as is read without letting another thread wait for a millisecond
_AT_MOST_EVERY = timedelta(minutes=10)
_LOOK_EVERY = 60.0  # seconds


@dataclass
class _Held:
    """What this process corrects by, which edition that is, and when to look for a newer one."""

    speller: Speller
    edition: int | None = None
    look_at: float = 0.0


_held = _Held(Speller(EMPTY))
_looking = Lock()


def speller() -> Speller:
    """What to correct by; at once, and empty until the first look at the database is done."""
    if settings.SEARCH_VOCABULARY_REFRESH and monotonic() >= _held.look_at and _looking.acquire(blocking=False):
        _held.look_at = monotonic() + _LOOK_EVERY
        Thread(target=_look, name="vocabulary", daemon=True).start()
    return _held.speller


def edition() -> int | None:
    """Which edition this process corrects by; others may be ahead or behind for a minute."""
    return _held.edition


def refresh() -> None:
    """Hold the newest edition from now on."""
    newest = VocabularyEdition.objects.order_by("-pk").first()
    if newest and newest.pk != _held.edition:
        vocabulary = read(newest)
        if vocabulary is not None:
            _held.speller, _held.edition = Speller(vocabulary), newest.pk


def forget() -> None:
    """Hold nothing, as in a new process."""
    _held.speller, _held.edition, _held.look_at = Speller(EMPTY), None, 0.0


def make() -> VocabularyEdition:
    """Count the words of the index, keep them for all processes, and let the editions before go."""
    state = _state_of_the_index()
    vocabulary = count_words(get_engine().texts())
    with transaction.atomic():
        edition = VocabularyEdition.objects.create(
            words=vocabulary.folded.size, documents=vocabulary.documents, index_state=state
        )
        for name, table in vocabulary.tables.items():
            data = table.to_bytes()
            for start in range(0, len(data), _PART):
                VocabularyPart.objects.create(edition=edition, table=name, data=data[start : start + _PART])
        VocabularyEdition.objects.filter(pk__lt=edition.pk).delete()
    return edition


def is_due() -> bool:
    """Whether the index has changed since its words were counted, and that was a while ago."""
    edition = VocabularyEdition.objects.order_by("-pk").first()
    if edition is None:
        return True
    rested = timezone.now() - edition.made_at > _AT_MOST_EVERY
    return rested and edition.index_state != _state_of_the_index()


def _state_of_the_index() -> str:
    """Differs whenever a page was written into the index, or taken out of it."""
    counted = OutboxEntry.objects.aggregate(pages=Count("pk"), versions=Sum("synced_version"))
    return f"{counted['pages']}.{counted['versions'] or 0}"


def _look() -> None:
    try:
        refresh()
    except Exception:
        logger.exception("The vocabulary could not be read; the one before stays in use")
    finally:
        connection.close()
        _looking.release()


def read(edition: VocabularyEdition) -> Vocabulary | None:
    """The vocabulary of an edition; None if it has been replaced meanwhile."""
    data = {name: bytearray() for name in TABLES}
    for pk, name in list(edition.parts.order_by("pk").values_list("pk", "table")):
        for (piece,) in VocabularyPart.objects.filter(pk=pk).values_list("data"):
            data[name] += piece
    if not VocabularyEdition.objects.filter(pk=edition.pk).exists():
        return None
    tables = {name: Table.from_bytes(bytes(some)) for name, some in data.items()}
    return Vocabulary.of(tables, edition.words, edition.documents)
