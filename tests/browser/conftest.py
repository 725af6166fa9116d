"""The whole of Trang as `make demo` runs it, and Debian's Chromium to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).resolve().parents[2]
QUIET = [  # Chromium's own errands, which would count as requests to other hosts
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Portal:
    """A running installation with the demo content: where it answers, and what its owner was told."""

    address: str
    editor: tuple[str, str]


@dataclass
class Watch:
    """What must stay empty while pages are looked at."""

    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """A browser, or a skip that says what is missing: before the portal is started for nothing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("there is no Chromium on this machine")
    # Django takes playwright's event loop for its own and would refuse the database to every later test.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A web server of somebody else's: the files of a folder, on an address of their own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@dataclass
class Neighbour:
    """A site beside the portal, which names it among those whose scripts may use the API; `folder` has its pages."""

    address: str
    folder: Path


@pytest.fixture(scope="session")
def neighbour(tmp_path_factory) -> Iterator[Neighbour]:
    folder = tmp_path_factory.mktemp("neighbour")
    with serving(folder) as address:
        yield Neighbour(address, folder)


SERVES = "Ctrl-C stops it.\n"  # the last line before it does


@pytest.fixture(scope="session")
def portal(chromium, neighbour, tmp_path_factory) -> Iterator[Portal]:
    """`serve --demo` in a process and a folder of its own; at the end it has to stop cleanly."""
    data = tmp_path_factory.mktemp("portal")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "DATA_DIR": str(data),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "CORS_ALLOWED_ORIGINS": neighbour.address,
    }
    with (data / "log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--demo"],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            said: list[str] = []
            for line in process.stdout:  # until it serves, or has ended
                said.append(line)
                if line == SERVES:
                    break
            assert said and said[-1] == SERVES, "".join(said) + (data / "log").read_text()
            name, password = (data / "editor-login").read_text().split()
            yield Portal(f"http://localhost:{port}", (name, password))
        finally:
            process.terminate()
            rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0, rest
    assert "Stopped." in rest
    assert "Traceback" not in (data / "log").read_text()


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture(params=[360, 768, 1280], ids=["phone", "tablet", "desk"])
def width(request):
    return request.param


@pytest.fixture
def page(portal, chromium, width, watch):
    """A tab in Vietnamese, `width` pixels wide, that notes errors and requests to anybody else."""
    context = chromium.new_context(viewport={"width": width, "height": 800}, locale="vi-VN", base_url=portal.address)
    tab = context.new_page()
    tab.on("console", lambda message: message.type == "error" and watch.errors.append(message.text))
    tab.on("pageerror", lambda error: watch.errors.append(str(error)))
    tab.on("response", lambda answer: answer.status >= 400 and watch.errors.append(f"{answer.status} {answer.url}"))
    tab.on("request", lambda request: is_strange(request.url, portal) and watch.strangers.append(request.url))
    yield tab
    assert context.cookies() == [] or tab.url.startswith(f"{portal.address}/admin/")
    context.close()
    assert watch == Watch()


@pytest.fixture
def plain_page(portal, chromium, width):
    """A tab without JavaScript."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, locale="vi-VN", base_url=portal.address, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def is_strange(url: str, portal: Portal) -> bool:
    return not url.startswith((f"{portal.address}/", "data:", "blob:"))
