"""An article's way through the desk: a contributor writes it, an editor checks it, the editor in chief publishes it."""

import io

import pytest
from PIL import Image as Pillow

from tests.browser.test_journey import found, log_in
from tests.browser.test_pages import overflow, violations

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

PASSWORD = "một câu dài dễ nhớ ở Khẻo Mây"
TITLE, LATER = "Phiên chợ vùng cao ở Khẻo Mây", "Thư chúc Tết gửi bà con Khẻo Mây"

pytestmark = pytest.mark.parametrize("width", [1280], indirect=True)


def make_user(page, name: str, role: str) -> None:
    """An administrator gives somebody an account and a role."""
    page.goto("/admin/users/new/")
    for field, value in {
        "username": name,
        "email": f"{name}@truong.example",
        "first_name": "Lê",
        "last_name": name,
    }.items():
        page.fill(f"[name={field}]", value)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.locator("a[href='#tab-roles']").first.click()
    page.get_by_label(role, exact=True).check()
    page.locator("[name=password2]").evaluate("field => field.form.requestSubmit()")
    page.wait_for_url("**/admin/users/")


def become(page, portal, name: str) -> None:
    page.context.clear_cookies()
    portal = type(portal)(portal.address, (name, PASSWORD))
    log_in(page, portal)


def press(page, name: str) -> None:
    """A button of the menu below the editor, which is closed."""
    page.locator(f"button[name={name}]").evaluate("button => button.click()")


def begin(page, section: int, title: str) -> None:
    page.goto(f"/admin/pages/add/news/articlepage/{section}/")
    page.fill("[name=title]", title)
    page.keyboard.press("Tab")
    expect(page.locator("[name=slug]")).not_to_have_value("")


def illustrate(page) -> None:
    """Upload a picture as the article's cover, with a text for those who do not see it."""
    picture = io.BytesIO()
    Pillow.new("RGB", (640, 420), "darkgreen").save(picture, "PNG")
    page.locator("#id_cover-chooser .unchosen [data-chooser-action-choose]").click()
    page.locator(".modal a[href='#tab-upload']").click()
    file = {"name": "cho-phien.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    page.locator(".modal input[type=file]").set_input_files(file)
    page.locator(".modal [name$=title]").fill("Chợ phiên")
    page.locator(".modal [name$=description]").fill("Bà con bày rau quả ở chợ phiên")
    page.locator(".modal #tab-upload button[type=submit]").click()
    expect(page.locator("#id_cover-chooser [data-chooser-title]")).to_have_text("Chợ phiên")


def approve(page) -> None:
    """The button beside the article that waits, on the front page of the desk."""
    button = page.locator("button[data-workflow-action-url*='/approve/']:not([data-launch-modal])")
    expect(button).to_have_count(1)
    with page.expect_navigation():
        button.evaluate("button => button.click()")


def test_an_article_goes_from_its_author_over_two_desks_to_its_readers(page, portal):
    page.goto("/admin/login/")
    assert violations(page) == []
    log_in(page, portal)
    page.goto("/admin/second-factor/")
    assert violations(page) == []
    assert overflow(page) <= 0
    section = page.request.get("/api/v1/search/", params={"type": "section"}).json()["results"][0]["id"]
    for name, role in (("hoa", "Cộng tác viên"), ("minh", "Biên tập viên"), ("thanh", "Tổng biên tập")):
        make_user(page, name, role)

    become(page, portal, "hoa")
    begin(page, section, TITLE)
    expect(page.locator("button[name=action-publish]")).to_have_count(0)
    illustrate(page)
    press(page, "action-submit")
    page.wait_for_url(f"**/admin/pages/{section}/")
    assert TITLE not in found(page, "phien cho kheo may")

    become(page, portal, "minh")
    approve(page)
    assert TITLE not in found(page, "phien cho kheo may")

    become(page, portal, "thanh")
    approve(page)
    assert TITLE in found(page, "phien cho kheo may")

    begin(page, section, LATER)
    page.locator("[name=go_live_at]").evaluate("(field, value) => { field.value = value }", "2090-01-01 08:00")
    press(page, "action-publish")
    page.wait_for_url(f"**/admin/pages/{section}/")
    expect(page.get_by_text(LATER).first).to_be_visible()
    assert LATER not in found(page, "thu chuc tet kheo may")
