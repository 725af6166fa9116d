"""The compose files, as docker-compose itself reads them."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEMANDED = ["SITE_NAME", "SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "ELASTICSEARCH_PASSWORD"]
OURS = {"web-1", "web-2", "search-worker", "tasks", "scheduler", "prepare"}
SERVERS = {"db", "redis", "elasticsearch", "caddy"}


@pytest.fixture
def answers() -> dict[str, str]:
    """What an operator fills in."""
    return {name: token_hex(32) for name in DEMANDED} | {"SITE_NAME": "portal.example.vn"}


def config(answers: dict[str, str], tmp_path: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    if not shutil.which("docker-compose"):
        pytest.skip("docker-compose is not installed")
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in answers.items()))
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = ["docker-compose", "--env-file", str(tmp_path / ".env"), *options, "config"]
    return subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True)


@pytest.fixture
def services(answers: dict[str, str], tmp_path: Path) -> dict[str, Any]:
    made = config(answers, tmp_path)
    assert made.returncode == 0, made.stderr
    return yaml.safe_load(made.stdout)["services"]


@pytest.mark.parametrize("name", DEMANDED)
def test_what_must_be_set_is_demanded_by_name(answers: dict[str, str], tmp_path: Path, name: str) -> None:
    del answers[name]
    made = config(answers, tmp_path)
    assert made.returncode != 0
    assert name in made.stderr


def test_all_services_are_there_with_limits_and_health_checks(services: dict[str, Any]) -> None:
    assert services.keys() == OURS | SERVERS
    for name, service in services.items():
        assert service.get("mem_limit"), name
        assert service.get("healthcheck") or name == "prepare", name
        assert service.get("restart") == ("no" if name == "prepare" else "unless-stopped"), name


def test_nothing_starts_before_its_servers_are_well(services: dict[str, Any]) -> None:
    for name in OURS:
        awaited = services[name]["depends_on"]
        assert {server: awaited[server]["condition"] for server in ("db", "redis", "elasticsearch")} == dict.fromkeys(
            ("db", "redis", "elasticsearch"), "service_healthy"
        ), name
        if name != "prepare":
            assert awaited["prepare"]["condition"] == "service_completed_successfully", name
    assert set(services["caddy"]["depends_on"]) == {"web-1", "web-2"}


def test_only_the_web_server_can_be_reached_from_outside(services: dict[str, Any]) -> None:
    assert [name for name, service in services.items() if service.get("ports")] == ["caddy"]


def test_what_must_stay_lies_in_named_volumes(services: dict[str, Any]) -> None:
    sources = {
        name: {str(volume).split(":")[0] if isinstance(volume, str) else volume["source"] for volume in volumes}
        for name, service in services.items()
        if (volumes := service.get("volumes"))
    }
    assert "database" in sources["db"]
    assert "index" in sources["elasticsearch"]
    for name in ("web-1", "web-2", "search-worker", "tasks", "scheduler", "caddy"):
        assert "media" in sources[name], name


def test_no_secret_stands_in_the_file() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for name in DEMANDED:
        assert f"${{{name}:?" in text, name


def test_the_elasticsearch_is_the_one_that_was_tested(services: dict[str, Any]) -> None:
    [version] = [line.partition("=")[2] for line in (ROOT / "scripts/elasticsearch").read_text().splitlines()
                 if line.startswith("VERSION=")]  # fmt: skip
    assert services["elasticsearch"]["image"].endswith(f":{version}")


def test_one_container_is_enough_for_a_single_school(answers: dict[str, str], tmp_path: Path) -> None:
    made = config({}, tmp_path, "--file", "docker-compose.embedded.yml")
    assert made.returncode == 0, made.stderr
    [service] = yaml.safe_load(made.stdout)["services"].values()
    assert json.dumps(service["volumes"]).count("data")


def test_the_image_runs_as_nobody_special() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER trang" in lines
    assert lines.index("USER trang") < next(number for number, line in enumerate(lines) if line.startswith("CMD"))
