"""Stands at the root, so that pytest finds the project's packages, and the servers that run."""

import os
import subprocess
from pathlib import Path

pytest_plugins = ["tests.search_index"]

SCRIPTS = Path(__file__).parent / "scripts"
SERVERS = {
    "TEST_DATABASE_URL": "postgresql",
    "TEST_ELASTICSEARCH_URL": "elasticsearch",
    "TEST_REDIS_URL": "redis",
}

# Tests that need a server look for its address here; `make servers` starts them, and others may be named by hand.
for name, server in SERVERS.items():
    status = subprocess.run([SCRIPTS / server, "status"], capture_output=True, text=True)  # noqa: S603 (our own)
    if status.returncode == 0:
        os.environ.setdefault(name, status.stdout.strip())
