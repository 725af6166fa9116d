"""Fault tests: the big set-up on real servers, as they break. Small by default; FAULTS=full does all."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.harness.elasticsearch import OwnElasticsearch
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Databases, Installation, drop_indices
from tests.faults.harness.processes import ROOT
from tests.faults.harness.proxy import Proxy

_NOTED = pytest.StashKey[list[Figures]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_NOTED] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.faults)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if noted := [figure for figures in config.stash[_NOTED] for figure in figures.noted]:
        terminalreporter.section("figures of the fault tests")
        for figure in noted:
            terminalreporter.write_line(str(figure))


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """Notes what the test measures: `figures("median save", 0.03, "s", at_most=0.05)`."""
    noted = Figures(request.node.name)
    request.config.stash[_NOTED].append(noted)
    return noted


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """A running Elasticsearch, which others use as well."""
    return os.environ.get("TEST_ELASTICSEARCH_URL") or pytest.skip("no Elasticsearch is running: make servers")


@pytest.fixture(scope="session")
def databases() -> Databases:
    """The running PostgreSQL."""
    return Databases(os.environ.get("TEST_DATABASE_URL") or pytest.skip("no PostgreSQL is running: make servers"))


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """For the processes of installations: nothing of this one's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTHON"))}
    kept["PYTHONPATH"] = str(ROOT / "bench")  # where content comes from
    if sys.dont_write_bytecode:  # then each of them would compile all of Django and Wagtail
        kept["PYTHONPYCACHEPREFIX"] = str(tmp_path_factory.mktemp("compiled"))
    return kept


@pytest.fixture(scope="session")
def migrated(
    databases: Databases, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database as the migrations make it."""
    name = databases.create()
    # Migrating asks no engine.
    site = Installation(databases.address(name), "http://127.0.0.1:1", tmp_path_factory.mktemp("migrated"), environment)
    site.manage("migrate", "--verbosity=0", seconds=300)
    site.close()
    yield name
    databases.drop(name)


@pytest.fixture
def database(databases: Databases, migrated: str) -> Iterator[str]:
    """The address of a database of this test's own: migrated, with the home page in it."""
    name = databases.create(template=migrated)
    yield databases.address(name)
    databases.drop(name)


@pytest.fixture
def installation(
    database: str, elasticsearch_url: str, environment: dict[str, str], tmp_path: Path
) -> Iterator[Installation]:
    """An installation on the servers that are there: no index yet, no content but the home page, no process."""
    installation = Installation(database, elasticsearch_url, tmp_path / "data", environment)
    yield installation
    installation.close()
    drop_indices(installation)


@pytest.fixture
def without_engine(database: str, environment: dict[str, str], tmp_path: Path) -> Iterator[Installation]:
    """An installation on PostgreSQL whose engine is away: for what needs none."""
    installation = Installation(database, "http://127.0.0.1:1", tmp_path / "data", environment)
    yield installation
    installation.close()


@pytest.fixture
def proxy(elasticsearch_url: str) -> Iterator[Proxy]:
    """A stand-in before Elasticsearch; processes started with `ELASTICSEARCH_URL=proxy.url` go through it."""
    proxy = Proxy(elasticsearch_url)
    yield proxy
    proxy.close()


@pytest.fixture
def own_elasticsearch() -> Iterator[OwnElasticsearch]:
    """An Elasticsearch that may be killed."""
    if not OwnElasticsearch.is_fetched():
        pytest.skip("Elasticsearch is not fetched: scripts/elasticsearch fetch")
    server = OwnElasticsearch()
    try:
        server.start()
        yield server
    finally:
        server.remove()
