"""Webhooks as in production: the scheduler's process sends them, and killed ones lose none."""

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from threading import Thread
from typing import Any

import pytest

from tests.faults.harness import publishing
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation
from tests.faults.harness.sizes import size
from tests.faults.harness.waiting import wait_until

ARTICLES = size(10, 50)
SLOWNESS = 3.0  # seconds
UNSAFE = {"WEBHOOKS_UNSAFE_RECEIVERS": "yes"}  # the receivers run here


class Receiver(ThreadingHTTPServer):
    """Notes which pages it is told of, and when; `pause` seconds before it answers."""

    daemon_threads = True

    def __init__(self, pause: float = 0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pause = pause
        self.told: dict[int, float] = {}
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["data"]
        self.server.told.setdefault(data["id"], time.time())
        time.sleep(self.server.pause)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def make_receiver() -> Iterator[Callable[..., Receiver]]:
    made = []

    def make(pause: float = 0) -> Receiver:
        made.append(Receiver(pause))
        return made[-1]

    yield make
    for receiver in made:
        receiver.shutdown()
        receiver.server_close()


def test_receivers_do_not_wait_for_each_other(
    without_engine: Installation, make_receiver: Callable[..., Receiver], figures: Figures
) -> None:
    quick, slow = make_receiver(), make_receiver(SLOWNESS)
    editor = without_engine.actor()
    section = editor.call(publishing.receivers, ["http://127.0.0.1:1/", slow.url, quick.url])
    for _ in range(2):
        without_engine.start("scheduler", **UNSAFE)
    editor.call(publishing.publish, section, 1, 0)
    wait_until(lambda: bool(quick.told), 60, "a scheduler runs")
    committed = editor.call(publishing.publish, section, ARTICLES, 0.2)
    wait_until(lambda: quick.told.keys() >= committed.keys(), 60, "the quick receiver has heard of everything")
    waited = median(quick.told[page_id] - when for page_id, when in committed.items())
    figures("from the commit to the receiver, median", waited, "s", at_most=2)
    assert len(slow.told) < len(committed)


def test_a_killed_scheduler_loses_no_message(
    without_engine: Installation, make_receiver: Callable[..., Receiver]
) -> None:
    receiver = make_receiver(0.2)
    editor = without_engine.actor()
    section = editor.call(publishing.receivers, [receiver.url])
    first = without_engine.start("scheduler", **UNSAFE)
    editor.begin(publishing.publish, section, ARTICLES, 0.1)
    wait_until(lambda: len(receiver.told) > 1, 60, "messages are being sent")
    first.kill_9()
    committed = editor.result()
    # As if two minutes had passed: so long is what it was sending left to it.
    without_engine.sql("UPDATE webhooks_receiver SET leased_until = NULL")
    without_engine.start("scheduler", **UNSAFE)
    wait_until(lambda: receiver.told.keys() >= committed.keys(), 60, "the receiver has heard of everything")
