"""Readers of two web processes, sent where the web server in front would send them: to one that says it is ready."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Event, Lock, Thread
from time import monotonic
from typing import Self

LOOK_EVERY = 1.0  # seconds; as deploy/Caddyfile has it
TRYING = 10.0  # seconds for finding one that takes a request
HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https"}


@dataclass
class Seen:
    """What readers got: requests by the status of their answers, seconds, and what went wrong."""

    statuses: dict[int, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def note(self, status: int, seconds: float) -> None:
        with self._lock:
            self.statuses[status] = self.statuses.get(status, 0) + 1
            self.seconds.append(seconds)


class Balancer:
    """`with Balancer(ports, paths, readers) as seen:` keeps that many readers asking for one path after the other."""

    def __init__(self, ports: Sequence[int], paths: Sequence[str], readers: int) -> None:
        self._ports, self._paths = ports, paths
        self._ready = dict.fromkeys(ports, True)
        self._turn = count()
        self._stop = Event()
        self.seen = Seen()
        self._threads = [Thread(target=self._read) for _ in range(readers)]
        self._threads += [Thread(target=self._watch, args=[port]) for port in ports]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _watch(self, port: int) -> None:
        while not self._stop.wait(LOOK_EVERY):
            try:
                self._ready[port] = self._ask(port, "/readyz") == 200
            except (OSError, HTTPException):
                self._ready[port] = False

    def _read(self) -> None:
        while not self._stop.is_set():
            path, started = self._paths[next(self._turn) % len(self._paths)], monotonic()
            try:
                self.seen.note(self._send(path), monotonic() - started)
            except (OSError, HTTPException) as error:
                self.seen.broken.append(f"{path}: {error!r}")

    def _send(self, path: str) -> int:
        """To one that is ready, and to another when that takes no connection: it has not seen the request then."""
        deadline = monotonic() + TRYING
        while True:
            ready = [port for port in self._ports if self._ready[port]] or list(self._ports)
            try:
                return self._ask(ready[next(self._turn) % len(ready)], path)
            except ConnectionRefusedError:
                if monotonic() > deadline:
                    raise

    def _ask(self, port: int, path: str) -> int:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", path, headers=HEADERS)
            response = connection.getresponse()
            response.read()
            return response.status
        finally:
            connection.close()
