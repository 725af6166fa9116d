"""A process of the installation that calls functions for a test: editors and readers that can be many at once.

Run as a program (`python -m tests.faults.harness.actors <file descriptor>`) it is the process itself.
"""

import os
import pickle
import sys
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from tests.faults.harness.processes import Process


class ActorFailed(AssertionError):
    """The function raised in the actor's process; its traceback is the message."""


class Actor:
    """Django, set up in another process; functions and what they take and give travel pickled."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._channel, theirs = Pipe()
        arguments = [sys.executable, "-m", __name__, str(theirs.fileno())]
        self.process = Process(arguments, environment, log, pass_fds=[theirs.fileno()])
        theirs.close()

    def call(self, function: Callable[..., Any], *args: Any, timeout: float = 120, **kwargs: Any) -> Any:
        """What `function`, one of a module's own, gives there."""
        self.begin(function, *args, **kwargs)
        return self.result(timeout)

    def begin(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Let it run while the test goes on; `result` fetches what it gives."""
        self._channel.send((function, args, kwargs))

    def result(self, timeout: float = 120) -> Any:
        assert self._channel.poll(timeout), f"no answer within {timeout:g} s: {self.process.output()}"
        value, failure = self._channel.recv()
        if failure:
            raise ActorFailed(failure)
        return value


def main(descriptor: int) -> None:
    """Answer calls until the test lets go of the other end."""
    import django

    django.setup()
    channel = Connection(descriptor)
    while True:
        try:
            request = channel.recv_bytes()
        except EOFError:
            return
        channel.send(_answer(request))


def _answer(request: bytes) -> tuple[Any, str]:
    try:
        function, args, kwargs = pickle.loads(request)
        return function(*args, **kwargs), ""
    except Exception:
        return None, traceback.format_exc()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    main(int(sys.argv[1]))
