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
from secrets import token_hex

import databases
import django

ROOT = Path(__file__).resolve().parents[1]
DATA_DIR = Path(tempfile.mkdtemp(prefix="trang-bench-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # otherwise the folder would stay

# What is measured is the embedded default, whatever this machine's own settings say, but on the database server that
# the environment (and no `.env` file) names. Child processes inherit all of it.
os.environ |= {
    "DATA_DIR": str(DATA_DIR),
    "DATABASE_URL": databases.throw_away(os.environ.get("DATABASE_URL", "")),
    "DJANGO_SETTINGS_MODULE": "config.settings.base",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "SEARCH_ENGINE": "tantivy",
    "ELASTICSEARCH_INDEX": f"trang-bench-{token_hex(6)}",
    "REDIS_URL": "",
    "API_ANONYMOUS_RATE": "1000000",  # one reader asks as fast as he can
    "S3_BUCKET": "",
}
sys.path.insert(0, str(ROOT))
django.setup()


def prepare(database: Path | None = None) -> None:
    """Make the database; with SQLite quicker from a copy of an empty one that has been migrated."""
    from django.core.management import call_command
    from django.db import connection

    if database and connection.vendor == "sqlite":
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(DATA_DIR / "trang.sqlite3")) as copy:
            source.backup(copy)
    (DATA_DIR / "static").mkdir(exist_ok=True)  # whose absence would be warned of
    call_command("migrate", verbosity=0, interactive=False)


def use(engine: str) -> None:
    """Search with this engine from now on, in child processes too. Raises SystemExit when its server does not answer.

    On Elasticsearch everything has names of our own (`ELASTICSEARCH_INDEX`), and goes away at the end.
    """
    from django.conf import settings

    os.environ["SEARCH_ENGINE"] = settings.SEARCH_ENGINE = engine
    if engine == "elasticsearch":
        if not elasticsearch().ping():
            sys.exit(
                f"{' '.join(settings.ELASTICSEARCH['urls'])} does not answer; start one, or name it: ELASTICSEARCH_URL"
            )
        atexit.register(_drop_indices)


def elasticsearch():
    """A client of the server that the settings name, as patient as a measurement must be."""
    from django.conf import settings

    from search.engines.elasticsearch import Options
    from search.engines.elasticsearch.client import BUILDING, connect

    return connect(Options(**settings.ELASTICSEARCH)).options(request_timeout=BUILDING)


def _drop_indices() -> None:
    """Each by its name, since servers refuse to delete by a pattern."""
    indices = elasticsearch().indices
    for name in indices.get(index=f"{os.environ['ELASTICSEARCH_INDEX']}-*"):
        indices.delete(index=name)
