"""A whole installation for one test: a PostgreSQL database and an Elasticsearch alias of its own, and its processes."""

import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from elasticsearch import Elasticsearch

from tests.faults.harness.actors import Actor
from tests.faults.harness.processes import Process
from tests.faults.harness.waiting import wait_until

_PENDING = "FROM search_outboxentry WHERE version > synced_version"
_SHOWN = 3_000  # characters of a log


class Installation:
    """Its processes run as in production, and end with it; keywords of what starts one are environment variables."""

    def __init__(self, database: str, elasticsearch: str, folder: Path, environment: Mapping[str, str]) -> None:
        self.alias = f"faults-{uuid.uuid4().hex[:12]}"
        self.folder = folder
        self.environment = {
            **environment,
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "DATABASE_URL": database,
            "SEARCH_ENGINE": "elasticsearch",
            "ELASTICSEARCH_URL": elasticsearch,
            "ELASTICSEARCH_INDEX": self.alias,
            "DATA_DIR": str(folder),
        }
        self.elasticsearch = Elasticsearch(elasticsearch, request_timeout=30)
        self._database = psycopg.connect(database, autocommit=True)
        self._processes: list[Process] = []

    # Processes

    def start(self, *arguments: str, **environment: str) -> Process:
        """`manage.py …` in the background."""
        command = [sys.executable, "manage.py", *arguments]
        process = Process(command, self.environment | environment, self._log(arguments[0]))
        self._processes.append(process)
        return process

    def manage(self, *arguments: str, seconds: float = 120, **environment: str) -> str:
        """What `manage.py …` prints, when it ends well."""
        return self.start(*arguments, **environment).finish(seconds)

    def worker(self, **environment: str) -> Process:
        return self.start("search_worker", **environment)

    def actor(self, **environment: str) -> Actor:
        """A process that calls functions for the test."""
        actor = Actor(self.environment | environment, self._log("actor"))
        self._processes.append(actor.process)
        return actor

    def _log(self, name: str) -> Path:
        self.folder.mkdir(exist_ok=True)
        return self.folder / f"{len(self._processes)}-{name}.log"

    # What the test sees with its own eyes

    def sql(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query; none for a statement."""
        cursor = self._database.execute(query, values)
        return cursor.fetchall() if cursor.description else []

    def queued(self) -> int:
        """Pages whose last change is not in the index yet, dead letters included."""
        return self.sql(f"SELECT count(*) {_PENDING}")[0][0]

    def article_ids(self) -> list[int]:
        """All articles that there are, public or not."""
        return [page_id for (page_id,) in self.sql("SELECT page_ptr_id FROM news_articlepage ORDER BY 1")]

    def wait_until_drained(self, seconds: float) -> float:
        """Seconds until nothing waits any more."""
        started = time.monotonic()
        wait_until(lambda: not self.queued(), seconds, "the outbox is drained")
        return time.monotonic() - started

    def indices(self) -> list[str]:
        """All indices of this installation, whether in use or left over."""
        return sorted(self.elasticsearch.indices.get(index=f"{self.alias}-*"))

    def live_index(self) -> str:
        """The one index that the alias names."""
        [name] = self.elasticsearch.indices.get_alias(name=self.alias)
        return name

    def close(self) -> None:
        """End all of it; what its processes said is printed, for pytest to show when the test has failed."""
        for process in self._processes:
            process.kill_9()
            print(f"{process.log.name}:\n{process.output()[-_SHOWN:]}")
        self._database.close()


def drop_indices(installation: Installation) -> None:
    """Leave nothing on an Elasticsearch that others use, too."""
    for name in installation.indices():
        installation.elasticsearch.indices.delete(index=name)


class Databases:
    """Databases of a PostgreSQL server; a copy of one that is migrated takes a moment."""

    def __init__(self, url: str) -> None:
        self._url = url

    def create(self, template: str = "template1") -> str:
        """The name of a new database."""
        name = f"trang_faults_{uuid.uuid4().hex[:12]}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def address(self, name: str) -> str:
        return urlsplit(self._url)._replace(path=f"/{name}").geturl()

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement)
