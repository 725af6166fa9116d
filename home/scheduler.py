"""What happens by the clock: scheduled publishing and expiry, and the index catching up. And what follows changes.

The embedded default runs it as a thread of the serving process (no cron to set up); in production
`manage.py scheduler` is a process of its own. Several of them at once do no harm.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from threading import Event, Thread

from django.apps import apps
from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from cms.core import pictures, reading
from cms.core.extraction.pending import read_new_files
from cms.imports import jobs as imports
from search import lexicon, query_log, sequencer, sync

logger = logging.getLogger(__name__)

INTERVAL = 20  # seconds between rounds
POLL = 0.5  # seconds between looks for other processes' changes; those of this one are followed at once
LAST_ROUND = 10  # seconds that a round under way has after the order to stop

Job = Callable[[], object]


def expire_due() -> None:
    """Takes down what is past its expiry date."""
    for model in _draftable_models():
        due = model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")
        _each(due, lambda item: item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled"))


def publish_due() -> None:
    """Publishes the revisions whose time has come."""
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    _each(due, lambda revision: revision.publish(log_action="wagtail.publish.scheduled"))


def follow_with_the_index() -> None:
    """Brings into the index what its own request could not: the index was busy, or away."""
    report = sync.drain() if sync.is_done_here() else sync.DrainReport()
    if report.problem:
        logger.warning("The search index could not follow: %s", report.problem)


def count_the_words() -> None:
    """Counts the words of the index anew when it has changed, in a process of its own: that takes half a minute for
    40,000 pages, and readers would feel it.
    """
    if lexicon.is_due():
        _beside("search_vocabulary", "--if-needed")


def number_the_changes() -> None:
    """Gives what has changed its place in the sequence of changes: as many as after an upgrade or an import, in a
    process of its own, since readers would feel the minutes that it takes.
    """
    if sequencer.is_backlog():
        _beside("number_changes")
    else:
        sequencer.drain()


def make_smaller_pictures() -> None:
    """Makes AVIF of the pictures that pages show."""
    pictures.make_avif()


def tell_the_index_of_reads() -> None:
    """Once a day lets the index learn how often pages have been read."""
    reading.tell_the_index()


def forget_old_questions() -> None:
    """Throws away what readers asked longer ago than is kept."""
    query_log.forget_old()


def go_on_with_imports() -> None:
    """Gives imports whose worker has ended to another, and throws away old uploads."""
    imports.go_on()


# Expiry first, as Wagtail's own command has it: what is due for both ends up published.
JOBS: list[Job] = [
    expire_due,
    publish_due,
    read_new_files,
    make_smaller_pictures,
    tell_the_index_of_reads,
    follow_with_the_index,
    count_the_words,
    forget_old_questions,
    go_on_with_imports,
]
# What changes lead to, in this order. Who delivers them to others adds itself (see `api.webhooks`).
FOLLOWERS: list[Job] = [number_the_changes]


def tick(jobs: Iterable[Job] = JOBS) -> None:
    """One round. A job that fails is logged and tried again in the next; the others run."""
    for job in jobs:
        try:
            job()
        except Exception:
            logger.exception("The scheduled job %s failed", job.__name__)
        finally:
            close_old_connections()


def run(stop: Event) -> None:
    """Rounds without end, the first at once, until `stop` is set."""
    while not stop.is_set():
        tick()
        stop.wait(INTERVAL)


def follow(stop: Event) -> None:
    """Follows the changes until `stop` is set: quicker than the clock, and not held up by what the clock starts."""
    tick([sequencer.adopt])
    while not stop.is_set():
        sequencer.news.clear()  # before looking: what is committed from now on is news again
        tick(FOLLOWERS)
        sequencer.news.wait(POLL)


class Timer:
    """`run` and `follow` as threads: `with Timer(stop): …`, where leaving waits for the rounds under way."""

    def __init__(self, stop: Event) -> None:
        self._threads = [
            Thread(target=target, args=(stop,), name=target.__name__, daemon=True) for target in (run, follow)
        ]
        self._stop = stop

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=LAST_ROUND)


def _beside(*command: str) -> None:
    """Runs one of our commands beside the readers of this process, who come first, and waits for its end."""
    full = [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
    subprocess.run(full, check=True, capture_output=True, preexec_fn=lambda: os.nice(10))  # noqa: S603


def _draftable_models() -> list[type[Page | DraftStateMixin]]:
    """Page for all page types together, and every snippet that can be a draft."""
    snippets = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    return [Page, *snippets]


def _each(due, act) -> None:
    """Does one after the other, each in a transaction with its outbox row; one that fails does not hold up the rest."""
    for item in list(due):
        try:
            with transaction.atomic():
                # Read once more under the write lock: another scheduler may have been quicker.
                for current in due.filter(pk=item.pk):
                    act(current)
        except Exception:
            logger.exception("%r could not be published or taken down on time", item)
