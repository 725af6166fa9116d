"""Runs one management command in this installation and prints, as JSON, what it cost: a process that does only this.

    DATA_DIR=… peak_memory.py search_rebuild

Prints `{"seconds", "processor_seconds", "peak_megabytes"}`; start-up counts for the memory, not for the time.
"""

import json
import os
import re
import resource
import sys
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """The most memory that this process ever held, in millions of bytes."""
    if STATUS.exists():  # Linux, where `ru_maxrss` has the memory of the parent process in it
        found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text())
        assert found
        return int(found[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # bytes, on macOS


def forget_peak() -> None:
    """Begin anew with the memory that is held now, where the system can (Linux)."""
    if STATUS.exists():
        Path("/proc/self/clear_refs").write_text("5")


def main() -> None:
    import django
    from django.core.management import call_command
    from figures import cost

    django.setup()
    spent = cost(lambda: call_command(*sys.argv[1:], stdout=sys.stderr))
    print(json.dumps(asdict(spent) | {"peak_megabytes": peak_megabytes()}))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    main()
