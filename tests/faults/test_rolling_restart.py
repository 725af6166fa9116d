"""13: the processes of docker-compose.yml without Docker; those of the web are replaced, and no reader notices."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

import pytest

from tests.faults.harness.balancer import Balancer
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation
from tests.faults.harness.processes import ROOT
from tests.faults.harness.sizes import size

ROUNDS = size(1, 5)
READERS = 4
PATHS = ["/", "/search/?q=truong+chinh+tri", "/api/v1/search/?q=hoi+nghi&facets=type", "/robots.txt"]

Stack = Callable[..., str]


@pytest.fixture
def port() -> int:
    """The first of five that nobody uses; all are asked for at once, so that they stay free a moment longer."""
    for first in range(18_440, 19_440, 10):
        try:
            for number in range(first, first + 5):
                socket.create_server(("127.0.0.1", number)).close()
        except OSError:
            continue
        return first
    raise AssertionError("no five free ports in a row")


@pytest.fixture
def stack(installation: Installation, port: int, tmp_path: Path) -> Iterator[Stack]:
    """scripts/stack on servers and ports of our own; what it started ends with the test."""
    redis = os.environ.get("TEST_REDIS_URL") or pytest.skip("no Redis is running: make servers")
    environment = installation.environment | {
        "REDIS_URL": redis,
        "STACK_DATA": str(tmp_path / "stack"),
        "STACK_PORT": str(port),
        "METRICS_TOKEN": "ma-cho-phep-doc-so-lieu",
        "API_ANONYMOUS_RATE": "1000000",  # all readers have one address here
    }
    del environment["DJANGO_SETTINGS_MODULE"]

    def stack(*arguments: str, well: bool = True) -> str:
        command = [sys.executable, "scripts/stack", *arguments]
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
        assert (run.returncode == 0) == well, run.stdout + run.stderr
        return run.stdout

    yield stack
    stack("stop")


def ask(port: int, path: str, **headers: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": "localhost", "X-Forwarded-Proto": "https", **headers})
    response = connection.getresponse()
    return response.status, response.read().decode()


def test_a_rolling_restart_under_load_fails_no_request(stack: Stack, port: int, figures: Figures) -> None:
    stack("start")
    webs = [port + 1, port + 2]
    with Balancer(webs, PATHS, READERS) as balancer:
        for _ in range(ROUNDS):
            stack("restart")
    seen = balancer.seen
    figures("requests", len(seen.seconds), at_least=100)
    figures("median answer", median(seen.seconds), "s")
    figures("slowest answer", max(seen.seconds), "s", at_most=15)
    figures("broken requests", len(seen.broken), at_most=0)
    figures("answers other than 200", len(seen.seconds) - seen.statuses[200], at_most=0)


def test_all_processes_run_as_compose_says_and_stop_when_told(stack: Stack, port: int) -> None:
    stack("status", well=False)
    stack("start")
    states = dict(line.rsplit(maxsplit=1) for line in stack("status").splitlines())
    assert {"web-1", "web-2", "search-worker", "tasks", "scheduler"} <= states.keys()
    assert set(states.values()) == {"well"}
    assert ask(port + 1, "/livez") == (200, "ok")
    assert ask(port + 2, "/readyz")[0] == 200
    assert ask(port + 1, "/metrics")[0] == 401
    status, metrics = ask(port + 1, "/metrics", Authorization="Bearer ma-cho-phep-doc-so-lieu")
    assert status == 200
    assert "trang_search_available 1.0" in metrics
    assert ask(port + 1, "/admin/login/")[0] == 200
    stack("stop")
    assert "well" not in stack("status", well=False)
