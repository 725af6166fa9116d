"""Production settings refuse to start on what is missing, short or can be guessed, and say what to do."""

import os
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of an installation that may start."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "PYTHONDONTWRITEBYTECODE")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": token_hex(32),
        "ALLOWED_HOSTS": "portal.example.vn",
        "BASE_URL": "https://portal.example.vn",
        "DATABASE_URL": f"postgres://trang:{token_hex(16)}@db/trang",
        "SEARCH_ENGINE": "elasticsearch",
        "ELASTICSEARCH_USERNAME": "elastic",
        "ELASTICSEARCH_PASSWORD": token_hex(16),
        "S3_BUCKET": "anh",
        "REDIS_URL": "redis://redis/0",
    }


def load(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Only the settings: Django's start takes long and adds nothing here."""
    code = "import config.settings.production"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_a_whole_environment_starts(environment: dict[str, str]) -> None:
    loaded = load(environment)
    assert loaded.returncode == 0, loaded.stderr


def test_webhooks_into_the_network_are_refused(environment: dict[str, str]) -> None:
    loaded = load(environment | {"WEBHOOKS_UNSAFE_RECEIVERS": "yes"})
    assert loaded.returncode != 0
    assert "WEBHOOKS_UNSAFE_RECEIVERS is for development" in loaded.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "ELASTICSEARCH_PASSWORD"])
def test_what_is_missing_is_named(environment: dict[str, str], name: str) -> None:
    del environment[name]
    loaded = load(environment)
    assert loaded.returncode != 0
    assert f"{name} must be set in production" in loaded.stderr


@pytest.mark.parametrize(
    ("value", "reason"),
    [("ngắn", "at least 50"), ("change-me-" + "x9Zq" * 12, "guessed"), ("ab" * 30, "guessed")],
    ids=["short", "an example", "monotonous"],
)
def test_a_secret_key_that_can_be_guessed_is_refused(environment: dict[str, str], value: str, reason: str) -> None:
    loaded = load(environment | {"SECRET_KEY": value})
    assert loaded.returncode != 0
    assert "SECRET_KEY" in loaded.stderr
    assert reason in loaded.stderr
    assert value not in loaded.stderr.splitlines()[-1]


@pytest.mark.parametrize("password", ["", ":trang", ":postgres-password-1"], ids=["none", "the name", "a word"])
def test_a_database_password_that_can_be_guessed_is_refused(environment: dict[str, str], password: str) -> None:
    loaded = load(environment | {"DATABASE_URL": f"postgres://trang{password}@db/trang"})
    assert loaded.returncode != 0
    assert "The password in DATABASE_URL" in loaded.stderr


def test_an_engine_that_does_not_exist_is_refused_with_those_that_do(environment: dict[str, str]) -> None:
    loaded = load(environment | {"SEARCH_ENGINE": "solr"})
    assert loaded.returncode != 0
    assert "SEARCH_ENGINE must be tantivy or elasticsearch, not 'solr'" in loaded.stderr
