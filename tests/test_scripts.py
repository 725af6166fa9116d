"""The scripts that start real servers without Docker: each can be told twice, and leaves nothing behind."""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

ROOT = Path(__file__).resolve().parents[1]
SERVERS = ["redis", "postgresql", "elasticsearch"]
RUNS, DOES_NOT_RUN, NOT_FETCHED, MISUSED = 0, 3, 4, 2

Script = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the servers' own account can reach, which it cannot do below root's home or pytest's."""
    path = Path(mkdtemp(prefix="trang-scripts-", dir="/var/tmp"))
    path.chmod(0o755)
    yield path
    rmtree(path)


@pytest.fixture
def script(folder: Path) -> Iterator[Script]:
    """Runs a server's script: on a port of our own, with data of our own."""
    port = free_port()
    own = {name: value for server in SERVERS for name, value in places(server, port, folder / server).items()}
    environment = os.environ | own | {"ES_JAVA_OPTS": "-Xms256m -Xmx256m"}

    def run(server: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [ROOT / "scripts" / server, *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)

    yield run
    for server in SERVERS:
        run(server, "stop")


def places(server: str, port: int, data: Path) -> dict[str, str]:
    return {f"{server.upper()}_PORT": str(port), f"{server.upper()}_DATA": str(data)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_is_started_once_keeps_what_it_has_and_stops(script: Script, server: str) -> None:
    if script(server, "status").returncode == NOT_FETCHED:
        pytest.skip(f"{server} is not fetched: make servers")
    assert script(server, "status").returncode == DOES_NOT_RUN
    first = script(server, "start")
    assert first.returncode == 0, first.stderr
    running = script(server, "status")
    second = script(server, "start")
    again = script(server, "status")
    assert (running.returncode, second.returncode) == (RUNS, 0)
    assert first.stdout == second.stdout == running.stdout
    assert running.stderr == again.stderr  # the same process
    port = int(first.stdout.rsplit(":")[-1].split("/")[0])
    assert answers(port)
    for _ in range(2):
        assert script(server, "stop").returncode == 0
        assert script(server, "status").returncode == DOES_NOT_RUN
        assert not answers(port)
    assert script(server, "start").stdout == first.stdout


@pytest.mark.parametrize("server", SERVERS)
def test_a_port_that_is_taken_is_named_with_the_way_out(script: Script, server: str, folder: Path) -> None:
    if script(server, "status").returncode == NOT_FETCHED:
        pytest.skip(f"{server} is not fetched: make servers")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        environment = os.environ | places(server, port, folder / server)
        command = [ROOT / "scripts" / server, "start"]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1
    assert f"port {port} is taken" in run.stderr
    assert f"{server.upper()}_PORT=" in run.stderr


@pytest.mark.parametrize("server", SERVERS)
def test_a_word_that_is_no_command_is_answered_with_those_that_are(script: Script, server: str) -> None:
    for wrong in (["restart"], []):
        run = script(server, *wrong)
        assert run.returncode == MISUSED
        assert "fetch|start|stop|status" in run.stderr


def test_elasticsearch_that_is_not_fetched_says_how_to_get_it(folder: Path) -> None:
    environment = os.environ | {"TRANG_SERVERS": str(folder)} | places("elasticsearch", free_port(), folder / "data")
    command = [ROOT / "scripts/elasticsearch", "status"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert run.returncode == NOT_FETCHED
    assert "scripts/elasticsearch start" in run.stderr
