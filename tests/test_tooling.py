"""What a newcomer relies on before any code runs: names, commands, locked requirements, catalogues."""

import gettext
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import django
import pytest
import wagtail
from django.core.exceptions import ImproperlyConfigured

from config import catalogues
from config.settings import env

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-production.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_hashed_and_names_no_server(name):
    text = (ROOT / name).read_text()
    requirements = re.split(r"(?m)^(?=[a-z])", text)[1:]
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9._-]+(\[[a-z0-9,-]+\])?==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement
    assert "://" not in text


def pins(name):
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[a-z0-9,-]+\])?==(\S+)", (ROOT / name).read_text()))


def test_production_runs_what_was_tested():
    assert pins("requirements.txt").items() <= pins("requirements-production.txt").items()
    assert pins("requirements-production.txt").items() <= pins("requirements-dev.txt").items()


def test_the_embedded_default_installs_no_servers_driver():
    assert not {"psycopg", "redis", "gunicorn", "boto3"} & pins("requirements.txt").keys()


@pytest.mark.parametrize("name", ["requirements", "requirements-production", "requirements-dev"])
def test_what_is_asked_for_is_locked(name):
    asked = re.findall(r"(?m)^([a-z][a-z0-9._-]*)", (ROOT / f"{name}.in").read_text())
    assert {package.lower() for package in asked} <= pins(f"{name}.txt").keys()


def test_make_lists_its_commands():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for command in ("demo", "setup", "serve", "test", "lint", "backup", "restore"):
        assert re.search(rf"(?m)^make {command} ", listed), command


def test_an_older_python_is_refused_by_name():
    run = subprocess.run(
        ["/bin/sh", "scripts/find-python"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PATH": "/none", "PYTHON": "/bin/false"},
    )
    assert run.returncode == 1
    assert "Python 3.11 or newer" in run.stderr
    assert "/bin/false" in run.stderr


SKIPPING = """
import pytest
if __name__ == "test_module":
    pytest.importorskip("no_such_module")

@pytest.fixture
def absent():
    pytest.skip("no browser here")

def test_fixture(absent): pass

@pytest.mark.skip(reason="a mark")
def test_mark(): pass

@pytest.mark.xfail
def test_known(): assert False

def test_sound(): pass
"""


def test_in_ci_a_test_that_would_be_skipped_fails_with_the_reason(tmp_path):
    for name in ("test_module.py", "test_others.py"):
        (tmp_path / name).write_text(SKIPPING)
    arguments = ["-p", "tests.nothing_skipped", "-p", "no:django", "-p", "no:cacheprovider", "-c", os.devnull]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--continue-on-collection-errors", *arguments, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert "1 passed, 1 xfailed, 3 errors" in run.stdout
    for reason in ("no browser here", "a mark", "no_such_module"):
        assert re.search(f"nothing may be skipped in CI: .*{reason}", run.stdout), reason


def read(mo):
    return {key: text for key, text in gettext.GNUTranslations(io.BytesIO(mo))._catalog.items() if key}


@pytest.mark.parametrize("package", [django, wagtail])
@pytest.mark.parametrize("language", ["vi", "pl", "fr"])
def test_catalogues_compile_to_what_gettext_makes_of_them(package, language):
    sources = sorted(Path(package.__file__).parent.rglob(f"locale/{language}/LC_MESSAGES/*.po"))
    assert sources
    for source in sources:
        expected = read(source.with_suffix(".mo").read_bytes())
        assert read(catalogues.to_mo(catalogues.messages(source))) == expected, source


def test_a_catalogue_is_compiled_again_only_after_a_change(tmp_path):
    source = tmp_path / "from/vi/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Page"\nmsgstr "Trang"\n')
    target = catalogues.compiled(tmp_path / "from", tmp_path / "to") / "vi/LC_MESSAGES/django.mo"
    made = target.stat().st_mtime_ns
    assert read(target.read_bytes()) == {"Page": "Trang"}
    catalogues.compiled(tmp_path / "from", tmp_path / "to")
    assert target.stat().st_mtime_ns == made
    assert [path.name for path in target.parent.iterdir()] == ["django.mo"]


def test_a_broken_catalogue_is_named_with_its_line(tmp_path):
    source = tmp_path / "django.po"
    source.write_text('msgid "Page"\nmsgstr "Tra"ng"\n')
    with pytest.raises(ValueError, match=r"django\.po, line 2"):
        catalogues.messages(source)


def test_a_dotenv_file_gives_what_the_environment_does_not(tmp_path, monkeypatch):
    monkeypatch.setenv("TRANG_TEST_SET", "from outside")
    monkeypatch.setenv("TRANG_TEST_UNSET", "")
    monkeypatch.delenv("TRANG_TEST_UNSET")
    (tmp_path / ".env").write_text("# a comment\nTRANG_TEST_SET=from the file\n\nTRANG_TEST_UNSET = 'a = b'\n")
    env.load(tmp_path / ".env")
    assert (env.text("TRANG_TEST_SET"), env.text("TRANG_TEST_UNSET")) == ("from outside", "a = b")


def test_a_dotenv_line_that_is_none_is_named(tmp_path):
    (tmp_path / ".env").write_text("# fine\nPORT 8000\n")
    with pytest.raises(ImproperlyConfigured, match=r"\.env, line 2"):
        env.load(tmp_path / ".env")


def test_every_name_of_the_example_is_read_by_settings_compose_files_or_gunicorn():
    named = re.findall(r"(?m)^#([A-Z0-9_]+)=", (ROOT / ".env.example").read_text())
    assert named
    readers = [*ROOT.glob("config/settings/*.py"), ROOT / "docker-compose.yml", ROOT / "deploy/gunicorn.conf.py"]
    read = "".join(path.read_text() for path in readers)
    assert [name for name in named if not re.search(rf'"{name}"|\$\{{{name}\b', read)] == []
