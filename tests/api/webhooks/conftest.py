"""Receivers that run here, as other people's servers do elsewhere."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from api.webhooks import courier
from api.webhooks.models import Receiver
from search import sequencer


class Server(ThreadingHTTPServer):
    """Notes what it gets and answers with `status`; `answer`, if set, does it instead."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 204
        self.headers: dict[str, str] = {}
        self.answer: Callable[[BaseHTTPRequestHandler], None] | None = None
        self.got: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?from=trang"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        if self.server.answer:
            self.server.answer(self)
            return
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def make_server() -> Iterator[Callable[[], Server]]:
    servers = []

    def make() -> Server:
        server = Server()
        servers.append(server)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return server

    yield make
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def server(make_server: Callable[[], Server]) -> Server:
    return make_server()


@pytest.fixture
def inside_allowed(settings: Any) -> None:
    """The tests' servers are inside the network, and without https."""
    settings.WEBHOOKS_UNSAFE_RECEIVERS = True


@pytest.fixture
def make_receiver(home: Any, inside_allowed: None) -> Callable[..., Receiver]:
    """Makes a receiver that hears of what happens from now on."""

    def make(server: Server, **fields: Any) -> Receiver:
        sequencer.drain()
        return Receiver.objects.create(**({"name": "Ứng dụng", "url": server.url} | fields))

    return make


@pytest.fixture
def deliver() -> Callable[[], None]:
    """What the thread that follows the changes does, receiver by receiver: a test's transaction is its own thread's."""

    def deliver() -> None:
        sequencer.drain()
        courier.queue()
        for receiver in Receiver.objects.all():
            courier.deliver(receiver.pk)

    return deliver
