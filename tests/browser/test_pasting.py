"""An editor pastes text from before Unicode into the admin, from Word and from elsewhere."""

import pytest

from tests.browser.test_journey import log_in

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

PASTE = """(element, [html, text]) => {
    const clipboardData = new DataTransfer();
    if (html) clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    element.focus();
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    if (element.dispatchEvent(event)) document.execCommand("insertText", false, text);
}"""


@pytest.fixture
def form(page, portal):
    """The form of a new section, whose introduction is rich text."""
    log_in(page, portal)
    home = page.request.get("/api/v1/search/", params={"type": "section"}).json()["results"][0]["id"]
    page.goto(f"/admin/pages/add/news/newsindexpage/{home}/")
    page.wait_for_selector(".public-DraftEditor-content")
    return page


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_what_is_pasted_in_old_fonts_comes_out_in_unicode(form):
    title, text = form.locator("[name=title]"), form.locator(".public-DraftEditor-content").first
    title.evaluate(PASTE, ["", "Héi nghÞ tæng kÕt"])
    expect(title).to_have_value("Hội nghị tổng kết")

    word = "<p><span style='font-family:.VnTime'>Tin <b>tøc</b></span></p><p>Đã có</p>"
    text.evaluate(PASTE, [word, "Tin tøc\n\nĐã có"])
    expect(text).to_contain_text("Tin tức")
    expect(text).to_contain_text("Đã có")
    expect(text.locator("span[style*=bold]")).to_have_text("tức")


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_what_is_pasted_while_the_server_does_not_answer_is_pasted_as_it_is(form, watch):
    form.route("**/admin/repair-text/", lambda route: route.abort())
    text = form.locator(".public-DraftEditor-content").first
    text.evaluate(PASTE, ["", "Héi nghÞ"])
    expect(text).to_contain_text("Héi nghÞ")
    assert watch.errors == ["Failed to load resource: net::ERR_FAILED"]
    watch.errors.clear()


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_unicode_is_pasted_without_asking(form):
    asked = []
    form.on("request", lambda request: asked.append(request.url) if "repair-text" in request.url else None)
    text = form.locator(".public-DraftEditor-content").first
    text.evaluate(PASTE, ["<p>Hội nghị <b>tổng kết</b></p>", "Hội nghị tổng kết"])
    expect(text).to_contain_text("Hội nghị tổng kết")
    assert asked == []
