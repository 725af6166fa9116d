"""The embedded default's worker of background tasks: a thread of the serving process that has a process do them.

A process of its own, as long as there is something to do: an import of thousands of pages reckons for minutes, and in
the serving process it would take every second turn of Python's from those who answer readers. Its niceness leaves them
the processor, too.
"""

import logging
import os
import subprocess
import sys
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

BACKEND = "background"
POLL = 1.0  # seconds between looks for tasks
# Little: who waits for the processor with the database's write lock in hand has editors wait, too.
NICENESS = 5
LAST_TASK = 10  # seconds that a task has after the order to stop, to come to a place where it can go on
_COMMAND = ("db_worker", "--backend", BACKEND, "--batch", "--no-startup-delay", "--no-reload", "--verbosity", "0")


def work(stop: Event) -> None:
    """Have tasks done until `stop` is set."""
    while not stop.wait(POLL):
        try:
            if DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists():
                _have_done(stop)
        except (DatabaseError, OSError):
            logger.exception("The background tasks could not be done; it will be tried again")
        finally:
            close_old_connections()


def _have_done(stop: Event) -> None:
    """All tasks that wait, by a process that ends with the last of them, or soon after the order to stop."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *_COMMAND]
    # Ctrl-C is for us to pass on. In the session of the server: Linux weighs niceness within a session only.
    process = subprocess.Popen(command, process_group=0, stdin=subprocess.DEVNULL)  # noqa: S603
    os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
    while process.poll() is None:
        if stop.wait(POLL / 4):
            process.terminate()
            _wait_for(process)


def _wait_for(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(LAST_TASK)
    except subprocess.TimeoutExpired:
        process.kill()  # its page is rolled back, and the import goes on with that one
        process.wait()


class Worker:
    """`work` as a thread: `with Worker(stop): …`, where leaving waits for the page in hand."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._thread = Thread(target=work, args=(stop,), name="work", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join(timeout=LAST_TASK + 1)
