"""What the alarms are made of exists, and each alarm says where to read on."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
[GROUP] = yaml.safe_load((ROOT / "deploy/alerts.yml").read_text())["groups"]
OPERATIONS = (ROOT / "docs/operations.md").read_text()
METRICS = (ROOT / "search/metrics.py").read_text()


@pytest.mark.parametrize("rule", GROUP["rules"], ids=lambda rule: rule["alert"])
def test_an_alarm_is_explained_and_its_metrics_are_there(rule: dict) -> None:
    assert f"### {rule['alert']}\n" in OPERATIONS
    for metric in re.findall(r"trang_[a-z_]+", rule["expr"]):
        assert f'"{metric.removesuffix("_total")}"' in METRICS, metric


def test_no_alarm_is_explained_that_does_not_exist() -> None:
    part = OPERATIONS.partition("## Alarms")[2]
    assert set(re.findall(r"(?m)^### (\w+)$", part)) == {rule["alert"] for rule in GROUP["rules"]}


def test_every_command_that_operators_are_told_exists() -> None:
    from django.core.management import get_commands

    told = set(re.findall(r"manage\.py ([a-z_]+)", OPERATIONS))
    assert len(told) > 5
    assert told <= get_commands().keys()
