"""An Elasticsearch of the test's own, that may be killed."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

from tests.faults.harness.processes import ROOT
from tests.faults.harness.waiting import wait_until

_NOT_FETCHED = 4


class OwnElasticsearch:
    """Started by `scripts/elasticsearch` on a port and in a folder of its own."""

    def __init__(self) -> None:
        # Not below pytest's own folder, which the account that runs the server cannot enter.
        self._folder = Path(tempfile.mkdtemp(prefix="trang-elasticsearch-", dir="/var/tmp"))
        self._folder.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        own = {"ELASTICSEARCH_PORT": str(port), "ELASTICSEARCH_DATA": str(self._folder)}
        self._environment = os.environ | own | {"ES_JAVA_OPTS": "-Xms512m -Xmx512m"}
        self.url = f"http://127.0.0.1:{port}"

    @staticmethod
    def is_fetched() -> bool:
        return (
            subprocess.run([ROOT / "scripts/elasticsearch", "status"], capture_output=True).returncode != _NOT_FETCHED
        )

    def start(self) -> None:
        """Start it, or start it again on what the killed one left; it answers when this returns."""
        done = self._run("start")
        assert done.returncode == 0, done.stderr

    def kill_9(self) -> None:
        """And wait until it is dead: for a moment it looks as if it ran."""
        number = int((self._folder / "pid").read_text())
        os.kill(number, signal.SIGKILL)
        wait_until(lambda: not Path(f"/proc/{number}/cwd").exists(), 10, "Elasticsearch is dead", every=0.01)

    def remove(self) -> None:
        self._run("stop")
        shutil.rmtree(self._folder)

    def _run(self, command: str) -> subprocess.CompletedProcess[str]:
        arguments = [ROOT / "scripts/elasticsearch", command]
        return subprocess.run(arguments, env=self._environment, capture_output=True, text=True, timeout=180)
