"""The Vietnamese catalogue is complete, well formed, and says what the code asks for."""

import ast
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from config import catalogues
from search.vietnamese.normalise import normalise

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale/vi/LC_MESSAGES/django.po"
PACKAGES = ("config", "api", "home", "cms", "search")
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLACEHOLDER = re.compile(r"%\(\w+\)[0-9.]*[a-z]|%[a-z]|\{\w*\}")


def texts() -> Iterator[tuple[list[str], str]]:
    """Each message: its source, in singular and plural where it has both, and its translation."""
    for key, text in catalogues.messages(CATALOGUE).items():
        if key:
            yield key.split("\4")[-1].split("\0"), text


def test_every_message_is_translated():
    entries = CATALOGUE.read_text().strip().split("\n\n")[1:]
    assert entries
    assert [entry for entry in entries if re.search(r'(?m)^msgstr(\[0\])? ""\Z', entry)] == []
    assert len(entries) == len(list(texts()))


def test_no_message_is_doubtful_or_left_over():
    text = CATALOGUE.read_text()
    assert re.findall(r"(?m)^#,.*fuzzy.*|^#[~|].*", text) == []


def test_placeholders_are_those_of_the_source():
    for sources, text in texts():
        assert Counter(PLACEHOLDER.findall(text)) == Counter(PLACEHOLDER.findall(sources[-1])), sources


def test_a_message_begins_and_ends_like_its_source():
    for sources, text in texts():
        assert text.startswith(" ") == sources[0].startswith(" "), sources
        assert (text[-1] in ".:…”") == (sources[0][-1] in ".:…”"), sources


def test_the_catalogue_is_composed_and_places_tones_in_one_way():
    text = CATALOGUE.read_text()
    assert unicodedata.is_normalized("NFC", text)
    assert [word for word in text.split() if word != normalise(word)] == []


def test_every_string_marked_in_python_is_in_the_catalogue():
    known = {source for sources, _ in texts() for source in sources}
    marked = {(path.name, text) for path in sources_of(PACKAGES, "py") for text in marked_in(path)}
    assert len(marked) > 100
    # xgettext passes over f-strings: what is marked inside one would be missing here.
    assert [(name, text) for name, text in sorted(marked) if text not in known] == []


def sources_of(packages: tuple[str, ...], suffix: str) -> Iterator[Path]:
    return (path for package in packages for path in (ROOT / package).rglob(f"*.{suffix}"))


def marked_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args:
            yield ast.literal_eval(node.args[0])


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
def test_the_catalogue_is_up_to_date_with_the_sources(tmp_path, monkeypatch, settings):
    for package in (*PACKAGES, "templates", "static"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "*.jpg"))
    (tmp_path / "locale").mkdir()
    settings.LOCALE_PATHS = []
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=["vi"], keep_pot=True, verbosity=0)
    # A catalogue with every message “translated” into itself: unfinished ones would not be read.
    subprocess.run(["msgen", "locale/django.pot", "-o", "all.po"], check=True)
    assert catalogues.messages(CATALOGUE).keys() == catalogues.messages(tmp_path / "all.po").keys(), "make messages"


def test_a_page_with_a_password_gives_nothing_away(client, make_article):
    article = make_article(title="Kế hoạch nội bộ", summary="Không để lộ.")
    article.view_restrictions.create(restriction_type="password", password="mật khẩu")
    shown = client.get(article.url).content.decode()
    assert "Cần có mật khẩu để xem nội dung này." in shown
    assert "Kế hoạch nội bộ" not in shown
    assert "Không để lộ" not in shown


def test_a_page_for_certain_people_asks_for_a_login_in_vietnamese(client, make_article):
    article = make_article()
    article.view_restrictions.create(restriction_type="login")
    shown = client.get(article.url, follow=True).content.decode()
    assert "<h1>Đăng nhập</h1>" in shown
    assert "Tên đăng nhập" in shown
