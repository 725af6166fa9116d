"""While an editor types a document's number, the form says what it means and whether the register has it."""

import pytest

from tests.browser.test_agenda import problems
from tests.browser.test_journey import log_in

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_a_number_is_tidied_fills_in_what_it_says_and_names_the_document_that_is_there(page, portal):
    log_in(page, portal)
    register = page.request.get("/api/v1/search/", params={"type": "document_list"}).json()["results"][0]["id"]
    page.goto(f"/admin/pages/add/documents/officialdocumentpage/{register}/")
    page.fill("#id_number", "số: 176/ tb - tct")
    page.locator("#id_number").press("Tab")
    expect(page.locator("#id_number")).to_have_value("176/TB-TCT")
    expect(page.locator("#id_kind")).to_have_value("thong-bao")
    expect(page.locator("#id_issuer")).to_have_value("Trường Chính trị tỉnh Vân Sơn")
    expect(page.get_by_role("status").filter(has_text="Có thể văn bản này đã có")).to_be_visible()
    assert problems(page, ".document-number-said") == []
