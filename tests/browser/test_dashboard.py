"""An editor's first page in the admin, on every screen, and the chooser of pages that finds without accents."""

import pytest

from tests.browser.test_journey import fits, log_in
from tests.browser.test_pages import RULES, axe

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

OURS = "section.w-panel--dashboard:has(.dashboard-lines)"


def our_violations(page) -> list[str]:
    """What axe-core finds inside our panels; the page around them is Wagtail's."""
    found = axe.Axe().run(page, context=OURS, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def test_the_dashboard_is_usable_by_everybody_and_fits_every_screen_light_and_dark(page, portal):
    log_in(page, portal)
    panels = page.locator(OURS)
    expect(panels.filter(has=page.get_by_role("heading", name="Mới đăng"))).to_be_visible()
    expect(panels.filter(has=page.get_by_role("heading", name="Tình trạng tìm kiếm"))).to_be_visible()
    assert fits(page)
    assert our_violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert our_violations(page) == []


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_the_chooser_of_pages_finds_without_accents(page, portal):
    log_in(page, portal)
    page.goto("/admin/search/pins/new/")
    page.get_by_role("button", name="Chọn một trang").click()
    chooser = page.get_by_role("dialog")
    chooser.locator("input[name=q]").fill("CO CAU to chuc")
    expect(chooser.get_by_role("link", name="Cơ cấu tổ chức")).to_be_visible()
    chooser.get_by_role("link", name="Cơ cấu tổ chức").click()
    expect(page.locator("#id_page-chooser [data-chooser-title]")).to_have_text("Cơ cấu tổ chức")
