"""Thousands of old pages imported through the admin, in the background, while the site is at work: it hardly notices.

The embedded set-up as it is served: one process, and the one that it has do the tasks.
"""

import io
import os
import re
import shutil
import signal
import socket
import sqlite3
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from urllib.parse import quote

import pytest
import requests

from tests.faults.harness import content, edits
from tests.faults.harness.actors import Actor
from tests.faults.harness.figures import Figures
from tests.faults.harness.processes import Process
from tests.faults.harness.sizes import size
from tests.faults.harness.waiting import wait_until

PAGES = size(300, 10_000)  # to import
THERE = size(200, 5_000)  # articles that are there already
QUIET = size(40, 200)  # edits in a quiet block
EDITS_A_SECOND, SEARCHES_A_SECOND = 4, 8
SLOWER = size(2.0, 1.3)  # times the quiet median; small runs are short and tell little
BLOCKS = 3  # the import is stopped after each but the last
PATIENCE = size(600, 3600)  # seconds

pytestmark = pytest.mark.embedded


class Site:
    """The portal, served; and an administrator at its admin."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.folder, self.address = folder, f"http://127.0.0.1:{port}"
        command = [sys.executable, "manage.py", "serve", "--prepare"]
        self.process = Process(command, environment | {"PORT": str(port)}, folder / "serve.log")
        self._http = requests.Session()

    def wait_until_served(self) -> None:
        wait_until(self._lives, PATIENCE, "the site is served", every=0.5)

    def _lives(self) -> bool:
        try:
            return requests.get(f"{self.address}/readyz", timeout=30).ok
        except requests.RequestException:  # it listens before it answers
            return False

    def log_in(self, name: str, password: str) -> None:
        self.post("/admin/login/", {"username": name, "password": password}, form="/admin/login/")

    def post(self, path: str, values: dict[str, str], *, form: str, files: object = None) -> str:
        """Send a form that stands at `form`; the address that it leads to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(form).text)
        assert token
        sent = self._http.post(
            self.address + path, values | {"csrfmiddlewaretoken": token[1]}, files=files, timeout=300
        )
        assert sent.ok, f"{path}: {sent.status_code} {sent.text[:500]}"
        return sent.url.removeprefix(self.address)

    def get(self, path: str) -> requests.Response:
        answer = self._http.get(self.address + path, timeout=60)
        assert answer.ok, f"{path}: {answer.status_code}"
        return answer

    def worker(self) -> int | None:
        """The number of the process that does the tasks, if there is one."""
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                if b"db_worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return int(child)
        return None


class Seconds(defaultdict[str, list[float]]):
    """What each edit and each search took, by kind."""

    def __init__(self) -> None:
        super().__init__(list)


class Importing:
    """An import at its page in the admin."""

    def __init__(self, site: Site, path: str) -> None:
        self._site, self.path = site, path

    def progress(self) -> dict:
        return self._site.get(f"{self.path}progress/").json()

    def tell(self, action: str) -> None:
        self._site.post(f"{self.path}{action}/", {}, form=self.path)

    def wait_for(self, state: str) -> None:
        wait_until(lambda: self.progress()["state"] == state, PATIENCE, f"the import is {state}", every=1)


@pytest.fixture
def embedded(db: None, empty_database: Path, environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of an installation that needs no server; `db`, because the database to copy is made for it."""
    shutil.copy(empty_database, tmp_path / "trang.sqlite3")
    ours = {"DATABASE_URL": "", "SEARCH_ENGINE": "tantivy", "DATA_DIR": str(tmp_path), "API_ANONYMOUS_RATE": "1000000"}
    return environment | ours | {"DJANGO_SETTINGS_MODULE": "config.settings.base"}


@pytest.fixture
def editor(embedded: dict[str, str], tmp_path: Path) -> Iterator[Actor]:
    actor = Actor(embedded, tmp_path / "editor.log")
    yield actor
    actor.process.kill_9()
    print(actor.process.output()[-3000:])


@pytest.fixture
def filled(editor: Actor) -> list[int]:
    """Articles for the editor to work on."""
    return editor.call(content.fill, THERE, timeout=PATIENCE)


@pytest.fixture
def site(embedded: dict[str, str], filled: list[int], tmp_path: Path) -> Iterator[Site]:
    site = Site(embedded, tmp_path)
    try:
        site.wait_until_served()
        yield site
    finally:
        if worker := site.worker():
            os.kill(worker, signal.SIGKILL)
        site.process.kill_9()
        print(site.process.output()[-3000:])


def test_an_import_in_the_background_hardly_slows_saving_and_searching_and_brings_each_page_once(
    site: Site, editor: Actor, filled: list[int], tmp_path: Path, figures: Figures
) -> None:
    section = editor.call(content.importing_into, "Tin cũ", "quan-tri", "mat-khau-cua-ca-kiem-thu")
    site.log_in("quan-tri", "mat-khau-cua-ca-kiem-thu")
    importing = _uploaded(site, editor, section, tmp_path)
    importing.wait_for("ready")
    quiet, meanwhile = Seconds(), Seconds()
    started = time.monotonic()
    for block in range(1, BLOCKS + 1):
        _measure(site, editor, filled, tmp_path, quiet, lambda made: len(made) >= QUIET * 2)
        importing.tell("run")
        wait_until(site.worker, PATIENCE, "a worker", every=0.2)
        before = importing.progress()["done"]
        wait_until(lambda before=before: importing.progress()["done"] > before, PATIENCE, "it runs")
        enough = PAGES * block // (BLOCKS + 1)

        def has_enough(made: list[float], enough: int = enough) -> bool:
            return len(made) % 4 == 0 and importing.progress()["done"] >= enough

        _measure(site, editor, filled, tmp_path, meanwhile, has_enough)
        if block < BLOCKS:
            importing.tell("stop")
            importing.wait_for("stopped")
            wait_until(lambda: not site.worker(), 60, "the worker has ended")
    os.kill(site.worker(), signal.SIGKILL)
    importing.wait_for("done")
    figures("pages imported, killed once and stopped twice", PAGES)
    figures("seconds, with quiet blocks", time.monotonic() - started, "s")
    for kind in ("save", "publish", "search"):
        _compare(kind, quiet[kind], meanwhile[kind], figures)
    assert _value(tmp_path, "SELECT count(*) FROM news_articlepage") == THERE + PAGES
    assert _value(tmp_path, "SELECT count(DISTINCT import_key) FROM news_articlepage") == PAGES
    assert _value(tmp_path, "SELECT count(*) FROM imports_importpage WHERE outcome = 'made'") == PAGES
    wait_until(lambda: not _value(tmp_path, content.PENDING), PATIENCE, "the index has followed", every=1)
    assert site.get(f"/api/v1/search/?type=article&q={quote(content.EVERYWHERE)}").json()["total"] == THERE + PAGES


def _uploaded(site: Site, editor: Actor, section: int, folder: Path) -> Importing:
    """An upload of one archive, as a person would."""
    pages = editor.call(content.old_portal, folder / "old", 0, PAGES, timeout=PATIENCE)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(pages.iterdir()):
            archive.write(path, path.name)
    files = {"files": ("cong-cu.zip", data.getvalue())}
    return Importing(
        site, site.post("/admin/imports/add/", {"section": str(section)}, form="/admin/imports/add/", files=files)
    )


def _measure(
    site: Site,
    editor: Actor,
    ids: list[int],
    folder: Path,
    seconds: Seconds,
    is_enough: Callable[[list[float]], bool],
) -> None:
    """An editor saves and publishes and a reader searches until it is enough; the seconds of each are noted."""
    end = folder / "enough"
    end.unlink(missing_ok=True)
    kinds = {"save": 1, "publish": 1}
    editor.begin(edits.work, ids, seed=len(seconds["search"]), until=end, per_second=EDITS_A_SECOND, kinds=kinds)
    made: list[float] = []
    started = time.monotonic()
    while not made or not is_enough(made):
        time.sleep(max(0.0, started + len(made) / SEARCHES_A_SECOND - time.monotonic()))
        made.append(_search(site, len(seconds["search"]) + len(made)))
    end.touch()
    seconds["search"] += made
    for edit in editor.result(PATIENCE):
        seconds[edit.kind].append(edit.seconds)


def _compare(kind: str, quiet: list[float], meanwhile: list[float], figures: Figures) -> None:
    """Each kind by itself: to publish takes several times as long as to save, and a median of both lies anywhere."""
    figures(f"{kind}, quiet", len(quiet))
    figures(f"{kind}, meanwhile", len(meanwhile), at_least=5)
    figures(f"{kind}, quiet median", median(quiet), "s")
    figures(f"{kind}, median meanwhile", median(meanwhile), "s")
    figures(f"{kind}, slowest meanwhile", max(meanwhile), "s")
    figures(f"{kind}, times the quiet median", median(meanwhile) / median(quiet), at_most=SLOWER)


def _search(site: Site, number: int) -> float:
    """Seconds of a search that no cache knows."""
    words = content.WORDS[number % len(content.WORDS)], content.WORDS[number // 7 % len(content.WORDS)], number
    started = time.perf_counter()
    answer = requests.get(f"{site.address}/api/v1/search/", {"q": f"{words[0]} {words[1]} {words[2]}"}, timeout=30)
    seconds = time.perf_counter() - started
    assert answer.ok and not answer.json()["degraded"]
    return seconds


def _value(folder: Path, query: str) -> object:
    with closing(sqlite3.connect(folder / "trang.sqlite3")) as database:
        return database.execute(query).fetchone()[0]
