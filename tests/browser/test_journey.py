"""A reader's way through the site and an editor's into the admin, in a real browser."""

import pytest


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
    hit.click()
    assert page.locator("h1").inner_text().strip().casefold() == title.casefold()
    assert page.locator("article p").count() > 0
    assert fits(page)


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_an_editor_logs_in_with_the_generated_password(page, portal):
    name, password = portal.editor
    page.goto("/admin/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    assert page.locator("h1, h2").count() > 0


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_the_documentation_of_the_api_shows(page):
    page.goto("/api/docs/")
    page.get_by_text("/api/v1/search/", exact=False).first.wait_for()
