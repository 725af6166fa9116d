"""Every page type in a real browser: sound HTML, usable by everybody, at home on every screen, light and dark."""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.browser.pages import FAILING, PAGES

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
html5lib = pytest.importorskip("html5lib", reason="html5lib is not installed")
BeautifulSoup = pytest.importorskip("bs4").BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
WIDTHS = (1280, 768, 360)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
every_page = pytest.mark.parametrize("name", PAGES)
at_the_desk = pytest.mark.parametrize("width", [1280], indirect=True)


def opened(page, watch, name):
    """The page, with the fault that it answers with taken off the watch's list."""
    answer = page.goto(PAGES[name])
    assert answer.status == FAILING.get(name, 200)
    if name in FAILING:
        page.wait_for_load_state()
        watch.errors[:] = [error for error in watch.errors if not is_of(error, name)]
    return page


def is_of(error, name):
    return error.startswith(f"{FAILING[name]} ") or f"status of {FAILING[name]} " in error


def violations(page):
    return [
        (found["id"], [node["html"][:200] for node in found["nodes"]])
        for found in axe.Axe().run(page, options=RULES).response["violations"]
    ]


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def picture(page, name, width, scheme):
    """For people to look at, where they asked for it: `make screenshots`."""
    if os.environ.get("SCREENSHOTS"):
        path = ROOT / "var" / "screenshots" / f"{name.replace(' ', '-')}-{width}-{scheme}.png"
        page.screenshot(path=path, full_page=True)


@every_page
@at_the_desk
def test_a_page_is_usable_by_everybody_and_fits_every_screen_light_and_dark(page, watch, name):
    opened(page, watch, name)
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert overflow(page) <= 0, width
        picture(page, name, width, "light")
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    picture(page, name, WIDTHS[-1], "dark")


@every_page
def test_the_html_is_valid_and_no_id_stands_twice(portal, chromium, name):
    context = chromium.new_context(base_url=portal.address, locale="vi-VN")
    text = context.request.get(PAGES[name]).text()
    context.close()
    html5lib.HTMLParser(strict=True).parse(text)
    ids = Counter(tag["id"] for tag in BeautifulSoup(text, "html.parser").select("[id]"))
    assert [name for name, times in ids.items() if times > 1] == []
