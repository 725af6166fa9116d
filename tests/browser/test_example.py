"""The example client of the API: built from the description, on an address of its own, in a real browser."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import ROOT, Portal, Watch, serving

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

WEB = Path("examples/web")
DESCRIPTION = Path("docs/openapi.json")
NOT_SOURCES = shutil.ignore_patterns("node_modules", "dist", "generated")


def npm(folder: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["npm", *arguments],
        cwd=folder / WEB,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )


def copied(folder: Path) -> Path:
    """The sources of the example and the description that it is made from, in a folder of their own."""
    shutil.copytree(ROOT / WEB, folder / WEB, ignore=NOT_SOURCES)
    (folder / DESCRIPTION).parent.mkdir()
    shutil.copy(ROOT / DESCRIPTION, folder / DESCRIPTION)
    return folder


@pytest.fixture(scope="session")
def installed(tmp_path_factory) -> Path:
    """The example with the packages that its lock file names."""
    if shutil.which("npm") is None:
        pytest.skip("there is no npm on this machine")
    folder = copied(tmp_path_factory.mktemp("example"))
    run = npm(folder, "ci", "--prefer-offline", "--no-audit", "--no-fund")
    assert run.returncode == 0, run.stdout
    return folder


@pytest.fixture(scope="session")
def built(installed: Path, neighbour, portal: Portal) -> str:
    """The page for the portal, on the address that the portal knows."""
    run = npm(installed, "run", "build", API_URL=portal.address)
    assert run.returncode == 0, run.stdout
    shutil.copytree(installed / WEB / "dist", neighbour.folder, dirs_exist_ok=True)
    return neighbour.address


@pytest.fixture
def tab(built: str, chromium, width: int, portal: Portal, watch: Watch):
    """A tab that notes errors, and requests to others than the page's server and the portal."""
    context = chromium.new_context(viewport={"width": width, "height": 800}, locale="vi-VN", base_url=built)
    tab = context.new_page()
    tab.on("console", lambda message: message.type in {"error", "warning"} and watch.errors.append(message.text))
    tab.on("pageerror", lambda error: watch.errors.append(str(error)))
    tab.on("request", lambda request: is_strange(request.url, built, portal) and watch.strangers.append(request.url))
    yield tab
    context.close()
    assert watch == Watch()


def is_strange(url: str, built: str, portal: Portal) -> bool:
    return not url.startswith((f"{built}/", f"{portal.address}/", "data:"))


def newest(tab, portal: Portal, number: int) -> list[str]:
    """The titles of the newest articles, as the API gives them."""
    answer = tab.request.get(f"{portal.address}/api/v1/articles/", params={"page_size": number})
    return [article["title"] for article in answer.json()["results"]]


def test_the_page_shows_the_latest_news_with_pictures_and_goes_on(tab, portal: Portal) -> None:
    tab.goto("/")
    titles = tab.locator("#news h3")
    expect(titles).to_have_text(newest(tab, portal, 5))
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    tab.get_by_role("button", name="Xem thêm").click()
    expect(titles).to_have_text(newest(tab, portal, 10))
    expect(tab.locator("#portal")).not_to_be_empty()
    picture = tab.locator("#news img").first
    picture.scroll_into_view_if_needed()
    tab.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
    assert picture.get_attribute("alt")


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_a_reader_is_offered_what_she_may_be_typing_and_goes_there_by_keys(tab, portal: Portal) -> None:
    tab.goto("/")
    box = tab.get_by_role("combobox")
    box.press_sequentially("hoi ng")
    offered = tab.get_by_role("option")
    expect(offered.first.locator("mark").first).to_contain_text("Hội", ignore_case=True)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(offered.first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    tab.wait_for_url(f"{portal.address}/**")
    expect(tab.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_a_reader_who_wants_no_suggestion_closes_them_and_searches_without_accents(tab) -> None:
    tab.goto("/")
    box = tab.get_by_role("combobox")
    box.press_sequentially("hoi nghi")
    expect(tab.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(tab.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")
    expect(tab.locator("#results h2")).to_contain_text("kết quả cho “hoi nghi”")
    expect(tab.locator("#results mark").first).to_contain_text("Hội", ignore_case=True)


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_what_the_portal_refuses_is_said_in_its_words(tab, watch: Watch) -> None:
    tab.goto("/")
    tab.route("**/api/v1/search/?*", lambda route: route.continue_(url=f"{route.request.url}&colour=red"))
    tab.get_by_role("combobox").fill("hoi nghi")
    tab.get_by_role("combobox").press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("colour")
    assert any("400" in error for error in watch.errors)  # the browser's own word on it, which no page can stop
    watch.errors.clear()


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_a_title_with_markup_is_shown_as_text(tab) -> None:
    hostile = '<img src="x" onerror="document.title = \'taken over\'">'

    def put_in(route) -> None:
        answer = route.fetch()
        page = answer.json()
        page["results"][0]["title"] = hostile
        route.fulfill(response=answer, json=page)

    tab.route("**/api/v1/articles/?*", put_in)
    tab.goto("/")
    expect(tab.locator("#news h3").first).to_have_text(hostile)
    assert tab.title() == "Tin mới"


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_a_page_that_the_portal_does_not_name_gets_nothing(built: str, neighbour, chromium, width: int) -> None:
    context = chromium.new_context()
    tab = context.new_page()
    with serving(neighbour.folder) as stranger:
        tab.goto(stranger)
        expect(tab.get_by_role("alert")).to_contain_text("Không kết nối được")
        assert tab.locator("#news li").count() == 0
    context.close()


def test_a_field_that_the_api_has_no_more_breaks_the_build(installed: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / WEB / "node_modules").symlink_to(installed / WEB / "node_modules")
    document = json.loads((folder / DESCRIPTION).read_text())
    document["components"]["schemas"]["Article"]["properties"].pop("summary")
    (folder / DESCRIPTION).write_text(json.dumps(document))
    run = npm(folder, "run", "build")
    assert run.returncode != 0
    assert "summary" in run.stdout
    assert not (folder / WEB / "dist").exists()
