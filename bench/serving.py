"""A served installation and somebody who asks it: `manage.py serve` in its own process, one kept connection."""

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

from standalone import ROOT

_ADDRESS = re.compile(r"http://[\w.]+:(\d+)/")
_PATIENCE = 60  # seconds


class NotServing(Exception):
    """The server did not come up, or answered with an error."""


class Client:
    """One reader's connection, kept from request to request."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)

    def get(self, path: str) -> bytes:
        """The body of the answer. Raises NotServing when that is no 200."""
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise NotServing(f"{path} was answered with {response.status}: {body[:500]!r}")
        return body

    def close(self) -> None:
        self._connection.close()


@contextmanager
def served(**settings: str) -> Iterator[Client]:
    """Serve this installation on a free port until the end of the block, with these settings beside its own."""
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--host", "127.0.0.1", "--port", "0"]
    environment = os.environ | settings
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 (ours)
        try:
            with closing(Client(_port(process))) as client:
                yield client
        finally:
            process.terminate()
            process.communicate()


def _port(process: subprocess.Popen[str]) -> int:
    """The port that the server says it took."""
    assert process.stdout is not None
    for line in process.stdout:
        if address := _ADDRESS.search(line):
            return int(address[1])
    raise NotServing(f"the server ended with status {process.wait()}")
