"""An article's way through the desk: a contributor writes it, an editor checks it, the editor in chief publishes it."""

import io
import time
from base64 import b32decode

import pytest
from django_otp.oath import totp
from PIL import Image as Pillow

from tests.browser.test_journey import fill_in_login, found, log_in, open_form, saved
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


def become(page, name: str) -> None:
    """Log in as somebody else who has no second factor."""
    give_password(page, name)
    page.wait_for_url("**/admin/")


def give_password(page, name: str) -> None:
    page.context.clear_cookies()
    page.goto("/admin/")
    fill_in_login(page, name, PASSWORD)


def sound(page) -> None:
    """Usable by everybody, and no wider than the screen."""
    assert violations(page) == []
    assert overflow(page) <= 0


def press(page, name: str) -> None:
    """A button of the menu below the editor, which is closed."""
    page.locator(f"button[name={name}]").evaluate("button => button.click()")


def begin(page, section: int, title: str) -> None:
    open_form(page, f"/admin/pages/add/news/articlepage/{section}/")
    saved(page, lambda: page.locator("[name=title]").press_sequentially(title))


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
    sound(page)
    log_in(page, portal)
    section = page.request.get("/api/v1/search/", params={"type": "section"}).json()["results"][0]["id"]
    for name, role in (("hoa", "Cộng tác viên"), ("minh", "Biên tập viên"), ("thanh", "Tổng biên tập")):
        make_user(page, name, role)

    become(page, "hoa")
    begin(page, section, TITLE)
    expect(page.locator("button[name=action-publish]")).to_have_count(0)
    saved(page, lambda: illustrate(page))
    press(page, "action-submit")
    page.wait_for_url(f"**/admin/pages/{section}/")
    assert TITLE not in found(page, "phien cho kheo may")

    become(page, "minh")
    approve(page)
    assert TITLE not in found(page, "phien cho kheo may")

    become(page, "thanh")
    approve(page)
    published = time.monotonic()
    assert TITLE in found(page, "phien cho kheo may")
    assert time.monotonic() - published < 3

    begin(page, section, LATER)
    when = page.locator("[name=go_live_at]")
    saved(page, lambda: when.evaluate("(field, value) => { field.value = value }", "2090-01-01 08:00"))
    press(page, "action-publish")
    page.wait_for_url(f"**/admin/pages/{section}/")
    expect(page.get_by_text(LATER).first).to_be_visible()
    assert LATER not in found(page, "thu chuc tet kheo may")


def test_who_administers_one_school_cannot_touch_another(page, portal):
    log_in(page, portal)
    schools = page.request.get("/api/v1/search/", params={"type": "school"}).json()["results"]
    own, other = schools[0], schools[1]
    make_user(page, "son", f"{own['title']} – quản trị viên của trường")

    become(page, "son")
    page.goto(f"/admin/pages/{own['id']}/edit/")
    expect(page.locator("[name=title]")).to_have_value(own["title"])
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()

    page.goto(f"/admin/pages/{other['id']}/edit/")
    page.wait_for_url("**/admin/")
    expect(page.locator(".messages")).to_contain_text("không có quyền")
    for act in ("edit", "unpublish", "delete"):
        page.request.post(
            f"/admin/pages/{other['id']}/{act}/",
            form={"csrfmiddlewaretoken": token, "title": "Khẻo Mây", "slug": "kheo-may", "action-publish": "1"},
            headers={"Referer": page.url},
        )
    schools = page.request.get("/api/v1/search/", params={"type": "school"}).json()["results"]
    assert other["title"] in [school["title"] for school in schools]


def test_a_second_factor_is_set_up_and_asked_for_and_paper_serves_in_place_of_the_phone(page, portal):
    log_in(page, portal)
    make_user(page, "phuong", "Biên tập viên")
    become(page, "phuong")
    page.goto("/admin/second-factor/")
    sound(page)
    secret = page.locator("ol code").inner_text().replace(" ", "")
    page.fill("[name=code]", f"{totp(b32decode(secret)):06d}")
    page.get_by_role("button", name="Bật").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    sound(page)
    on_paper = page.locator("li code").first.inner_text()
    page.get_by_role("link", name="Tôi đã chép lại").click()
    page.wait_for_url("**/admin/")

    give_password(page, "phuong")
    page.wait_for_url("**/admin/second-factor/code/?next=*")
    sound(page)
    page.fill("[name=code]", on_paper)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("heading", name="Mới đăng")).to_be_visible()
