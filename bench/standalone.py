"""A throw-away installation. Importing this module sets Django up on an empty data folder, which goes away at the end.

It comes before every import of a model, for models need settings.
"""

import atexit
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
DATA_DIR = Path(tempfile.mkdtemp(prefix="trang-bench-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # otherwise the folder would stay

# What is measured is the embedded default, whatever the machine's own settings say; child processes inherit it.
os.environ |= {
    "DATA_DIR": str(DATA_DIR),
    "DJANGO_SETTINGS_MODULE": "config.settings.base",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
}
sys.path.insert(0, str(ROOT))
django.setup()


def prepare(database: Path | None = None) -> None:
    """Make the database; quicker from a copy of an empty one that has been migrated."""
    from django.core.management import call_command

    if database:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(DATA_DIR / "trang.sqlite3")) as copy:
            source.backup(copy)
    (DATA_DIR / "static").mkdir(exist_ok=True)  # whose absence would be warned of
    call_command("migrate", verbosity=0, interactive=False)
