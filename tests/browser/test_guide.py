"""The places that docs/editors.md shows are there; `make guide` takes their pictures anew."""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow

from tests.browser.test_desk_journey import begin, press
from tests.browser.test_journey import log_in
from tests.browser.test_writing import DATA, PATIENCE, begin_text, paste, rtf

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURES = DOCS / "images" / "editors"
WAITING = "Lịch học tuần 12 của lớp trung cấp khóa 12"
COLOURS = 128  # are enough for what the admin shows, and make the pictures small

Place = tuple[str, Callable[[Any], None], str]  # a picture's name, the way there, and a text that stands there


def at(address: str, kind: str = "") -> Callable[[Any], None]:
    """The way to an address of the admin, perhaps with the id of the first page of a kind in it."""

    def go(page: Any) -> None:
        page.goto(f"/admin/{address.format(first(page, kind) if kind else '')}")

    return go


def first(page: Any, kind: str) -> int:
    return page.request.get("/api/v1/search/", params={"type": kind}).json()["results"][0]["id"]


def writing(page: Any) -> None:
    at("pages/add/news/articlepage/{}/", "section")(page)
    page.fill("[name=title]", "Khai giảng lớp trung cấp lý luận chính trị khóa 12")
    page.keyboard.press("Tab")


def writing_help(page: Any) -> None:
    at("pages/add/news/articlepage/{}/", "section")(page)
    page.fill("[name=title]", "KHAI GIẢNG LỚP TRUNG CẤP LÝ LUẬN CHÍNH TRỊ KHÓA 12")
    page.locator("[data-side-panel-toggle=writing]").click()
    page.get_by_role("button", name="Viết tiêu đề như câu thường").wait_for(timeout=PATIENCE)


def pasting(page: Any) -> None:
    begin_text(page)
    page.locator("[name=title]").fill("Kết quả nổi bật của năm học 2025–2026")
    paste(page, html=(DATA / "word-365.html").read_text(), rtf=rtf(), text="Kết quả nổi bật")
    expect(page.locator(".messages")).to_contain_text("Đã thêm nội dung", timeout=PATIENCE)
    page.locator("[data-contentpath=body]").evaluate("body => body.scrollIntoView()")


def approving(page: Any) -> None:
    """What an article that waits looks like to those who may approve it."""
    section = first(page, "section")
    begin(page, section, WAITING)
    press(page, "action-submit")
    page.wait_for_url(f"**/admin/pages/{section}/")
    at("")(page)
    page.get_by_role("heading", name="Chờ bạn duyệt").scroll_into_view_if_needed()


def withdraw(page: Any) -> None:
    """Leave nobody anything to approve."""
    address = page.get_by_role("link", name=WAITING).first.get_attribute("href")
    page.goto(address.replace("/edit/", "/delete/"))
    page.locator("main form button[type=submit], main form input[type=submit]").first.click()
    page.wait_for_url(lambda url: "/delete/" not in url)


def publishing(page: Any) -> None:
    writing(page)
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()


def second_factor(page: Any) -> None:
    """With what nobody may photograph out of sight."""
    at("second-factor/")(page)
    page.locator(".signing-in__picture").evaluate("picture => { picture.style.filter = 'blur(12px)'; }")
    page.locator(".signing-in code").evaluate("secret => { secret.textContent = '•••• •••• •••• ••••'; }")


def scheduling(page: Any) -> None:
    at("pages/{}/edit/", "event")(page)  # tables of articles complain about missing Vietnamese
    page.get_by_role("button", name="Mở/đóng tình trạng").click()


def scrolled(place: str, address: str, kind: str) -> Callable[[Any], None]:
    """The way to a part of a page's form."""

    def go(page: Any) -> None:
        at(address, kind)(page)
        page.locator(place).evaluate("place => place.scrollIntoView({block: 'center'})")

    return go


def agenda(page: Any) -> None:
    scrolled("#id_agenda-ADD", "pages/{}/edit/", "event")(page)
    page.locator("#id_agenda-ADD").click()
    page.locator("#id_agenda-0-what").fill("Khai mạc")
    page.keyboard.press("Enter")
    page.keyboard.type("Báo cáo")
    page.locator("#id_agenda-1-what").scroll_into_view_if_needed()


SIGN_IN: Place = ("sign-in", at("login/"), "Đăng nhập")
PLACES: tuple[Place, ...] = (
    ("dashboard", at(""), "Toàn cổng"),
    ("explorer", at("pages/{}/", "section"), "Tiêu đề"),
    ("writing", writing, "Lưu bản nháp"),
    ("writing-help", writing_help, "Viết tiêu đề như câu thường"),
    ("pasting", pasting, "Đã thêm nội dung"),
    ("publishing", publishing, "Xuất bản"),
    ("scheduling", scheduling, "Đặt lịch"),
    ("pictures", at("images/"), "Thêm hình ảnh"),
    ("history", at("pages/{}/history/", "article"), "Lịch sử"),
    ("event-copy", at("events/{}/copy/", "event"), "Sao chép với ngày mới"),
    ("agenda", agenda, "Ctrl+Enter"),
    ("cluster", at("clusters/{}/coming-year/", "cluster"), "Vai trò của năm tới"),
    ("document", scrolled("#id_number", "pages/{}/edit/", "document"), "Số, ký hiệu"),
    ("search", at("pages/search/?q=truong"), "Trường Chính trị"),
    ("second-factor", second_factor, "Bật xác thực hai bước"),
    ("imports", at("imports/"), "Đợt nhập mới"),
)


def show(page: Any, place: Place) -> None:
    """Go there, look whether it is the place, and take its picture where one is asked for."""
    name, go, text = place
    go(page)
    expect(page.get_by_text(text).filter(visible=True).first).to_be_visible()
    if os.environ.get("GUIDE"):
        taken = Pillow.open(BytesIO(page.screenshot(animations="disabled")))
        PICTURES.mkdir(parents=True, exist_ok=True)
        taken.quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_the_places_that_the_guide_shows_are_there(page, portal):
    show(page, SIGN_IN)
    log_in(page, portal)
    for place in PLACES:
        show(page, place)
    show(page, ("approving", approving, "Chờ bạn duyệt"))
    withdraw(page)
