"""The embedded default's web server: waitress, with an ending in which nobody's answer is cut off."""

import socket
import time
from collections.abc import Callable, Iterable
from threading import Event
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

THREADS = 8
MAX_HEADER_SIZE = 64 * 1024  # bytes
IDLE_TIMEOUT = 60  # seconds that a silent connection is kept
LAST_ANSWERS = 10  # seconds that requests under way have after the order to stop


class PortTaken(Exception):
    """The address cannot be listened on."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that has the address to itself; raises PortTaken with what to do about it.

    It listens: readers who come before `run` wait for it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    # Otherwise a restart would have to wait until the last connections have timed out.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or error
        raise PortTaken(f"Cannot listen on {host}, port {port}: {reason}. Another one: PORT=8001 make demo") from None
    return listener


def run(
    application: Application, listener: socket.socket, stop: Event, *, max_body_size: int, trusted_proxy: str
) -> None:
    """Serves until `stop` is set, then lets the requests under way finish.

    `max_body_size` is in bytes. Of X-Forwarded-* only what `trusted_proxy` says is believed; empty, none is.
    """
    channels: dict[int, Any] = {}
    server = create_server(
        _without_body_for_head(application),
        map=channels,
        sockets=[listener],
        threads=THREADS,
        connection_limit=1000,
        channel_timeout=IDLE_TIMEOUT,
        max_request_header_size=MAX_HEADER_SIZE,
        max_request_body_size=max_body_size,
        asyncore_use_poll=True,
        ident=None,
        **_proxy(trusted_proxy),
    )

    def turn() -> None:
        wasyncore.loop(timeout=0.5, use_poll=True, map=channels, count=1)

    while not stop.is_set():
        turn()
    server.accepting = False
    deadline = time.monotonic() + LAST_ANSWERS
    while _busy(server) and time.monotonic() < deadline:
        turn()
    server.task_dispatcher.shutdown(timeout=1)
    wasyncore.close_all(channels)


def _busy(server: Any) -> bool:
    channels = list(server.active_channels.values())
    return any(channel.requests or channel.total_outbufs_len for channel in channels)


def _proxy(address: str) -> dict[str, Any]:
    if not address:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}
    return {"trusted_proxy": address, "trusted_proxy_headers": headers}


def _without_body_for_head(application: Application) -> Application:
    """Waitress sends whatever it is given, and Django gives HEAD the body of GET."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if hasattr(body, "close"):
            body.close()
        return []

    return answer
