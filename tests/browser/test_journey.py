"""A reader's way through the site and an editor's into the admin, in a real browser."""

import re

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

# Says at the page what Wagtail's scripts tell each other.
NOTE_SAVING = """
addEventListener("w-unsaved:watch-edits", () => { document.documentElement.dataset.watches = "yes" });
addEventListener("w-autosave:success", () => {
    const noted = document.documentElement.dataset;
    noted.saves = Number(noted.saves ?? 0) + 1;
});
"""


def fits(page):
    """Nothing makes the page scroll sideways."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return wide <= room


def test_a_reader_finds_an_article_without_accents_and_opens_it(page):
    page.goto("/")
    assert page.locator("h1").count() == 1
    assert fits(page)

    page.locator("header input[name=q]").fill("hoi nghi")
    page.locator("header input[name=q]").press("Enter")
    page.wait_for_url("**/search/?*")
    hit = page.locator("main h2 a, main h3 a").first
    assert page.locator("main mark").count() > 0
    assert fits(page)

    title = hit.inner_text().strip()
    with page.expect_request("**/search/click/") as told:  # its answer comes after the page has been left
        hit.click()
    assert told.value.method == "POST"
    page.wait_for_url(lambda url: "/search/" not in url)
    assert page.context.cookies() == []
    assert page.locator("h1").inner_text().strip().casefold() == title.casefold()
    assert page.locator("article p").count() > 0
    assert fits(page)


def log_in(page, portal):
    page.goto("/admin/")
    fill_in_login(page, *portal.editor)
    page.wait_for_url("**/admin/")


def fill_in_login(page, name, password):
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")


def open_form(page, address):
    """A form of the editor, once it watches what is typed: what stands there in its first two seconds is its beginning,
    which Wagtail does not save by itself.
    """
    page.add_init_script(NOTE_SAVING)
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("data-watches", "yes", timeout=30_000)


def saved(page, change):
    """Change something in the form, and wait until Wagtail has saved that by itself: a button meets no saving then."""
    html = page.locator("html")
    before = html.get_attribute("data-saves") or "0"
    change()
    expect(html).to_have_attribute("data-saves", re.compile(rf"^(?!{before}$)\d+$"), timeout=30_000)


def found(page, text):
    """The titles that the API finds for `text`."""
    answer = page.request.get("/api/v1/search/", params={"q": text})
    return [result["title"] for result in answer.json()["results"]]


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_an_editor_logs_in_with_the_generated_password_and_what_she_publishes_is_found_at_once(page, portal):
    log_in(page, portal)
    section = page.request.get("/api/v1/search/", params={"type": "section"}).json()["results"][0]["id"]
    open_form(page, f"/admin/pages/add/news/articlepage/{section}/")
    saved(page, lambda: page.locator("[name=title]").press_sequentially("Đêm hội trăng rằm ở Khẻo Mây"))
    expect(page.locator("[name=slug]")).to_have_value("dem-hoi-trang-ram-o-kheo-may")
    page.locator("button[name=action-publish]").evaluate("button => button.click()")  # in a menu that is closed
    page.wait_for_url(f"**/admin/pages/{section}/")
    assert found(page, "kheo may")[0] == "Đêm hội trăng rằm ở Khẻo Mây"


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_the_documentation_of_the_api_shows(page):
    page.goto("/api/docs/")
    page.get_by_text("/api/v1/search/", exact=False).first.wait_for()
