"""Processes of an installation, each with a log of its own."""

import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


class Process(subprocess.Popen[bytes]):
    """A running program; what it prints is in `log`."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path, **options: Any) -> None:
        self.log = log
        with log.open("ab") as output:
            super().__init__(
                arguments, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options
            )

    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def kill_9(self) -> None:
        """End it as a machine that dies does: it cannot clean up."""
        self.send_signal(signal.SIGKILL)
        self.wait(10)

    def finish(self, seconds: float = 60) -> str:
        """What it printed, when it has ended well within `seconds`; fails otherwise."""
        status = self.wait(seconds)
        assert status == 0, f"exit status {status}: {self.output()}"
        return self.output()
