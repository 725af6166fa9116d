"""The demo content's own relevance tests: all hold, and what they owe to the preference in time is measured."""

import re
import shutil
from contextlib import suppress
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from cms.core.extraction.pending import read_pending
from home.demo.content import FOLDER, read_demo
from home.demo.loading import load
from home.demo.tables import BadDemo
from search import lexicon, service
from search.models import RelevanceTest

NOW = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def demo(db, engine, drain, monkeypatch):
    """The demo content in the index, on a day on which it is fresh."""
    load(read_demo(), lambda what, done, total: None)
    list(read_pending())
    drain()
    lexicon.make()
    lexicon.refresh()
    monkeypatch.setattr(service.timezone, "localtime", lambda: NOW)


def run(*arguments: str) -> str:
    out = StringIO()
    with suppress(CommandError):
        call_command("search_quality", "--judgements", *arguments, stdout=out)
    return out.getvalue()


def test_the_demo_finds_what_it_must_and_owes_some_of_it_to_each_step_of_the_understanding(demo):
    number = RelevanceTest.objects.count()
    assert number == len(read_demo().judgements) >= 30
    report = run("--each-step")
    assert f"{number} of {number} passed" in report, report
    for step, least in {"numbers": 2, "keystrokes": 2, "spelling": 1, "abbreviations": 2, "time": 5}.items():
        without = re.search(rf"^without {step}: ([0-9]+) of", report, re.M)
        assert without and int(without[1]) <= number - least, report


def test_a_judgement_about_a_page_that_is_not_there_is_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "demo")
    (tmp_path / "demo/relevance.toml").write_text('[[test]]\nquestion = "x"\ntop = 1\npages = ["khong-co"]\n')
    with pytest.raises(BadDemo, match=r"relevance.toml: test\[1\].pages.*khong-co"):
        read_demo(tmp_path / "demo")
