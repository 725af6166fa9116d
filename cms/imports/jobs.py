"""What goes on in the background: an import is read, run, or undone, until that is done or somebody stops it."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from cms.imports import files, mail, reading, running, undoing
from cms.imports.leases import Lease, leased
from cms.imports.models import Import

logger = logging.getLogger(__name__)

_WORK: dict[str, Callable[[Lease], None]] = {
    Import.State.READING: reading.read,
    Import.State.RUNNING: running.run,
    Import.State.UNDOING: undoing.undo,
}


def start(importing: Import, state: Import.State, user: object) -> bool:
    """Have an import read, run or undone on behalf of `user`; False if it is not at rest any more.

    Belongs into the transaction of the request: nothing begins before that has committed.
    """
    values = {"state": state, "started_by": user, "problem": "", "changed_at": timezone.now()}
    if not Import.objects.filter(pk=importing.pk, state=importing.state).update(**values):
        return False
    _enqueue(importing.pk)
    return True


def begin(importing: Import) -> None:
    """Have a new import read; belongs into the transaction that makes it."""
    _enqueue(importing.pk)


def stop(importing: Import) -> bool:
    """Stop an import that runs, after the page in hand; False if it does not run."""
    running_ = Import.objects.filter(pk=importing.pk, state=Import.State.RUNNING)
    return bool(running_.update(state=Import.State.STOPPED, changed_at=timezone.now()))


@task(backend="background")
def work(import_id: int) -> None:
    """Do what the import's state asks for."""
    with translation.override(settings.LANGUAGE_CODE), leased(import_id) as lease:
        if lease is None:
            return
        try:
            _WORK[lease.importing.state](lease)
        except Exception as error:
            logger.exception("The import %d broke off", import_id)
            lease.finish(_BROKEN_OFF[lease.importing.state], f"{type(error).__name__}: {error}")
        mail.tell_of_the_end(import_id)


# What somebody can go on from who has read the problem.
_BROKEN_OFF = {
    Import.State.READING: Import.State.FAILED,
    Import.State.RUNNING: Import.State.STOPPED,
    Import.State.UNDOING: Import.State.DONE,
}


def go_on() -> None:
    """A round of the scheduler's: imports whose worker has ended are given to another, old files are thrown away."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    for key, waiting in Import.objects.filter(free, state__in=Import.ACTIVE).values_list("pk", "task"):
        if not DBTaskResult.objects.ready().filter(pk=waiting or None).exists():
            with transaction.atomic():
                _enqueue(key)
    files.forget_old()


def _enqueue(key: int) -> None:
    result = work.enqueue(key)
    Import.objects.filter(pk=key).update(task=result.id)
