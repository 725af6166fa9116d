"""An editor pastes a whole document from Word into an article, and the side panel helps to mend it."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image as Pillow

from tests.browser.test_journey import log_in, open_form
from tests.browser.test_pages import violations

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

DATA = Path(__file__).parents[1] / "cms/pasting/data"
PATIENCE = 30_000  # milliseconds, for pictures on their way into the library
PASTE = """(element, contents) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(contents)) clipboardData.setData(type, text);
    element.focus();
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""

pytestmark = pytest.mark.parametrize("width", [1280], indirect=True)


def picture(kind: str, colour: str) -> bytes:
    data = io.BytesIO()
    Pillow.new("RGB", (96, 64), colour).save(data, kind)
    return data.getvalue()


def rtf() -> str:
    """The RTF that Word lays beside its HTML: the picture as it is, and once more for old programs."""
    digits = picture("JPEG", "teal").hex()
    lines = "\n".join(digits[place : place + 128] for place in range(0, len(digits), 128))
    blip = r"{\*\blipuid 4f3a2c1b0d9e8f7a6b5c4d3e2f1a0b9c}"
    shape = r"{\*\picprop\shplid1025{\sp{\sn shapeType}{\sv 75}}}"
    new = rf"{{\*\shppict{{\pict{shape}\jpegblip\bliptag1329{blip}{lines}}}}}"
    old = r"{\nonshppict{\pict\picscalex100\wmetafile8\bliptag1329 010009000003}}"
    return rf"{{\rtf1\ansi\deff0 {{\fonttbl{{\f0 Times New Roman;}}}}\pard {new}{old}\par}}"


def begin_text(page):
    """Open the form of a new article and put one empty text into it."""
    section = page.request.get("/api/v1/search/", params={"type": "section"}).json()["results"][0]["id"]
    page.goto(f"/admin/pages/add/news/articlepage/{section}/")
    page.locator("#body-root, [data-streamfield-stream-container]").first.wait_for()
    page.get_by_role("button", name="Chèn khối").first.click()
    page.get_by_role("option", name="Đoạn văn", exact=True).first.click()
    page.locator("[data-contentpath=body] .public-DraftEditor-content").first.wait_for()


@pytest.fixture
def form(page, portal):
    log_in(page, portal)
    begin_text(page)
    return page


def paste(form, **contents):
    names = {"html": "text/html", "rtf": "text/rtf", "text": "text/plain"}
    target = form.locator("[data-contentpath=body] .public-DraftEditor-content").first
    target.evaluate(PASTE, {names[name]: text for name, text in contents.items()})


def kinds(form):
    return form.evaluate(
        "[...document.querySelectorAll('*')].find((e) => e.rootBlock).rootBlock.children.map((child) => child.type)"
    )


def test_a_document_of_word_365_becomes_blocks_with_its_picture(form):
    paste(form, html=(DATA / "word-365.html").read_text(), rtf=rtf(), text="Kết quả nổi bật")
    expect(form.locator(".messages")).to_contain_text("Đã thêm nội dung", timeout=PATIENCE)
    assert kinds(form) == ["heading", "text", "picture", "heading", "table", "text"]
    expect(
        form.locator("[data-contentpath=body] .chooser.blank, [data-contentpath=body] .w-chooser.blank")
    ).to_have_count(0)
    assert "chưa sang được" not in form.locator(".messages").inner_text()


def test_a_picture_that_cannot_be_read_leaves_an_empty_block_and_a_note(form):
    paste(form, html=(DATA / "word-365.html").read_text(), text="Kết quả nổi bật")
    expect(form.locator(".messages")).to_contain_text("1 ảnh chưa sang được", timeout=PATIENCE)
    assert "picture" in kinds(form)


@pytest.mark.parametrize("name", ["word-2007.html", "libreoffice.html"])
def test_old_word_in_an_old_font_and_libreoffice_come_out_clean(form, name):
    png = base64.b64encode(picture("PNG", "olive")).decode()
    html = (DATA / name).read_text()
    if "base64," in html:
        html = f"{html[: html.index('base64,') + 7]}{png}{html[html.index(chr(34) + ' name=') :]}"
    paste(form, html=html, text="…")
    expect(form.locator(".messages")).to_contain_text("Đã thêm nội dung", timeout=PATIENCE)
    body = form.locator("[data-contentpath=body]")
    if name == "word-2007.html":
        assert kinds(form) == ["text"]
        expect(body).to_contain_text("Trường Chính trị tỉnh tổ chức hội nghị tổng kết năm học")
    else:
        assert kinds(form) == ["heading", "text", "picture", "table"]
        expect(body).to_contain_text("mở mười hai lớp")


def test_the_side_panel_mends_the_title_and_everybody_can_use_it(form):
    form.locator("[name=title]").fill("TRƯỜNG CHÍNH TRỊ TỔ CHỨC HỘI NGHỊ LẦN THỨ XIV")
    form.locator("[data-side-panel-toggle=writing]").click()
    form.get_by_role("button", name="Viết tiêu đề như câu thường").click(timeout=PATIENCE)
    expect(form.locator("[name=title]")).to_have_value("Trường Chính trị tổ chức hội nghị lần thứ XIV")
    expect(form.get_by_role("button", name="Viết tiêu đề như câu thường")).to_have_count(0, timeout=PATIENCE)
    assert [found for found in violations(form) if "writing" in str(found)] == []


def publish_while_saved(page, portal, title):
    """Press the button while Wagtail saves a new page; its section, and what was sent, the first of it held back."""
    log_in(page, portal)
    section = page.request.get("/api/v1/search/", params={"type": "section"}).json()["results"][0]["id"]
    sent = []

    def hold_first(route):
        if route.request.method == "POST":
            sent.append(route)
        if route.request.method != "POST" or len(sent) > 1:
            route.continue_()

    page.route("**/admin/pages/add/**", hold_first)
    open_form(page, f"/admin/pages/add/news/articlepage/{section}/")
    with page.expect_request(lambda request: request.method == "POST" and "/pages/add/" in request.url):
        page.locator("[name=title]").press_sequentially(title)
    page.locator("button[name=action-publish]").evaluate("button => button.click()")
    return section, sent


def test_a_button_waits_while_a_new_page_is_saved_by_itself_and_makes_no_second_one(page, portal):
    title = "Lịch trực tuần ở Khẻo Mây"
    section, sent = publish_while_saved(page, portal, title)
    sent[0].continue_()
    page.wait_for_url(f"**/admin/pages/{section}/")
    assert len(sent) == 1
    assert page.get_by_role("link", name=title, exact=True).count() == 1


def test_a_button_is_sent_all_the_same_when_the_saving_fails(page, portal, watch):
    title = "Lịch tiếp dân ở Khẻo Mây"
    section, sent = publish_while_saved(page, portal, title)
    sent[0].abort()
    page.wait_for_url(f"**/admin/pages/{section}/")
    assert watch.errors == ["Failed to load resource: net::ERR_FAILED"]
    watch.errors.clear()
    assert len(sent) == 2
    assert page.get_by_role("link", name=title, exact=True).count() == 1
