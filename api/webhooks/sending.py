"""One request to a receiver: to the address that was checked, within bounds of time and size."""

import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer

from django.utils.translation import gettext as _

from api.webhooks import addresses
from api.webhooks.addresses import Refused, Target

CONNECT_TIMEOUT = 5.0  # seconds
DEADLINE = 15.0  # seconds for the whole exchange, however slowly the answer drips
MAX_ANSWER = 1_000  # bytes of it that are read


@dataclass(frozen=True)
class Answer:
    """What came of a request: the status of HTTP, if any, and a problem for people, if any."""

    status: int | None = None
    problem: str = ""

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Send `body`. Never raises for what a receiver does; redirects are not followed, for each could lead inside."""
    try:
        target = addresses.target(url)
        connection = _connect(target)
    except Refused as error:
        return Answer(problem=str(error))
    except (OSError, UnicodeError) as error:
        return Answer(problem=_reason(error))
    too_late = Event()
    watchdog = Timer(DEADLINE, _cut, [connection.sock, too_late])
    watchdog.daemon = True
    watchdog.start()
    try:
        answer = _exchange(connection, target, body, headers)
        return Answer(problem=_("The answer took too long.")) if too_late.is_set() else answer
    except (OSError, HTTPException, ValueError) as error:
        return Answer(problem=_reason(error))
    finally:
        watchdog.cancel()
        connection.close()


def _connect(target: Target) -> HTTPConnection:
    """Connected to the address that was looked up and checked; the name is not looked up again."""
    address = addresses.resolve(target.host, target.port)
    connection = HTTPConnection(target.host, target.port, timeout=DEADLINE)
    connection.sock = socket.create_connection((address, target.port), timeout=CONNECT_TIMEOUT)
    connection.sock.settimeout(DEADLINE)
    if target.scheme == "https":
        # The handshake comes later, under the watchdog's eyes.
        connection.sock = _tls().wrap_socket(
            connection.sock, server_hostname=target.host, do_handshake_on_connect=False
        )
    return connection


@cache
def _tls() -> ssl.SSLContext:
    """Made once: loading the certificates of all authorities takes longer than a request."""
    return ssl.create_default_context()


def _exchange(connection: HTTPConnection, target: Target, body: bytes, headers: dict[str, str]) -> Answer:
    if isinstance(connection.sock, ssl.SSLSocket):
        connection.sock.do_handshake()
    connection.request("POST", target.path, body, headers | {"Host": target.netloc, "Connection": "close"})
    response = connection.getresponse()
    text = response.read(MAX_ANSWER).decode("utf-8", "replace")
    answer = Answer(response.status)
    if answer.is_success:
        return answer
    if 300 <= response.status < 400:
        return Answer(response.status, _("The receiver sends on to another address; give that one."))
    return Answer(response.status, text.replace("\0", " ").strip())


def _cut(connected: socket.socket, too_late: Event) -> None:
    """End an exchange from another thread: whoever waits for the socket sees it closed, as if the answer ended."""
    too_late.set()
    with suppress(OSError):  # it has ended by itself
        socket.socket.shutdown(connected, socket.SHUT_RDWR)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
