"""An editor brings an old portal along: uploads it, corrects what is doubtful, imports it, checks it, undoes it."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from PIL import Image as Pillow

from tests.browser.test_journey import found, log_in
from tests.browser.test_pages import ROOT, overflow, violations

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

PATIENCE = 60_000  # milliseconds, for what is done in the background
BODY = """Sáng 10/11, Công đoàn trường trao nhà tình nghĩa cho gia đình bà Hoàng Thị Mến ở xã Phúc Lộc.

Ngôi nhà rộng 60 mét vuông, do cán bộ và giảng viên góp tiền, góp công trong ba tháng."""
UNDATED = f"{{title}}\n\n{BODY}\n\n     ThS. Lê Thị Hoa\n\n     Giảng viên Khoa Xây dựng Đảng\n"
PAGE = f"""<!doctype html><meta charset="utf-8"><link rel="canonical" href="https://cu.example/tin/nha.html">
<h1>Trao nhà tình nghĩa ở Phúc Lộc</h1><p>Ngày đăng: 10/11/2021 14:28</p><p>{BODY}</p>
<figure><img src="anh/nha.png" alt="Ngôi nhà mới"><figcaption>Ngôi nhà của bà Mến</figcaption></figure>
<p>Sau lễ trao nhà, đoàn thăm các gia đình khó khăn trong xã.</p><p><b>ThS. Lê Thị Hoa</b></p>
<p>Giảng viên Khoa Xây dựng Đảng</p>"""

pytestmark = pytest.mark.parametrize("width", [1280], indirect=True)


@pytest.fixture
def old_portal(tmp_path: Path) -> Path:
    """A zip archive of three pages, two of which have lost their dates, and a picture."""
    picture = io.BytesIO()
    Pillow.new("RGB", (480, 320), "teal").save(picture, "PNG")
    path = tmp_path / "cong-cu.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("nha.html", PAGE)
        made.writestr("anh/nha.png", picture.getvalue())
        made.writestr("thao-giang.txt", UNDATED.format(title="HỘI THI THAO GIẢNG CẤP TRƯỜNG KHẺO MÂY"))
        made.writestr("ve-nguon.txt", UNDATED.format(title="HÀNH TRÌNH VỀ NGUỒN CỦA LỚP KHẺO MÂY"))
    return path


def seen(page, name: str) -> None:
    """Usable by everybody, no wider than the screen, and a picture for people where they asked for it."""
    if os.environ.get("SCREENSHOTS"):
        page.screenshot(path=ROOT / "var" / "screenshots" / f"import-{name}-1280-light.png", full_page=True)
    assert violations(page) == []
    assert overflow(page) <= 0


def test_an_old_portal_is_uploaded_corrected_brought_in_checked_and_undone(page, portal, old_portal, tmp_path):
    log_in(page, portal)
    page.get_by_role("link", name="Nhập bài cũ").click()
    page.wait_for_url("**/admin/imports/")
    seen(page, "list")
    page.get_by_role("link", name="Đợt nhập mới").click()
    (tmp_path / "virus.exe").write_bytes(b"MZ")
    page.get_by_label("Chuyên mục").select_option(label="Tin tức")
    page.get_by_label("Tệp", exact=False).first.set_input_files([old_portal, tmp_path / "virus.exe"])
    seen(page, "upload")
    page.get_by_role("button", name="Tải lên và đọc").click()
    expect(page.get_by_text("virus.exe").first).to_be_visible()

    look = page.get_by_role("link", name="Xem lại các trang")
    expect(look).to_be_visible(timeout=PATIENCE)  # the script reloads the page when all has been read
    seen(page, "read")
    look.click()
    expect(page.get_by_text("không tìm thấy ngày")).to_have_count(2)
    seen(page, "pages")

    page.get_by_role("link", name="Hội thi thao giảng cấp trường Khẻo Mây").click()
    seen(page, "page")
    page.get_by_label("Ngày đăng").fill("2020-05-19T08:30")
    page.get_by_role("button", name="Lưu và sang trang cần xem tiếp theo").click()
    expect(page.get_by_label("Tiêu đề")).to_have_value("HÀNH TRÌNH VỀ NGUỒN CỦA LỚP KHẺO MÂY")
    page.get_by_label("Ngày đăng").fill("2020-06-20T09:00")
    page.get_by_label("Tiêu đề").fill("Về nguồn cùng lớp Khẻo Mây")
    page.get_by_role("button", name="Lưu và về danh sách").click()

    page.goto(page.url.split("/pages/")[0] + "/")
    page.get_by_role("button", name="Đưa các trang vào").click()
    compare = page.get_by_role("link", name="So sánh cũ và mới")
    expect(compare).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Đã xong")).to_be_visible(timeout=PATIENCE)
    seen(page, "done")
    detail = page.url
    assert "Về nguồn cùng lớp Khẻo Mây" in found(page, "kheo may ve nguon")

    compare.click()
    for frame in (page.frame_locator("iframe").first, page.frame_locator("iframe").last):
        expect(frame.get_by_role("heading", name="Trao nhà tình nghĩa ở Phúc Lộc")).to_be_visible(timeout=PATIENCE)
        expect(frame.get_by_role("img", name="Ngôi nhà mới")).to_be_visible(timeout=PATIENCE)
    seen(page, "check")
    for _page in range(3):
        page.get_by_role("button", name="Đúng rồi: đã kiểm tra").click()
    expect(page.get_by_text("3 trang đã kiểm tra")).to_be_visible()

    page.goto(detail)
    page.get_by_role("button", name="Hoàn tác cả đợt nhập").click()
    expect(page.get_by_role("heading", name="Đã hoàn tác")).to_be_visible(timeout=PATIENCE)
    seen(page, "undone")
    assert "Về nguồn cùng lớp Khẻo Mây" not in found(page, "kheo may ve nguon")
