"""An editor drags photos from a folder into the library: what comes, what comes twice, and what is no picture."""

import pytest
from PIL import Image as Pillow
from pillow_heif import register_heif_opener

from tests.browser.test_journey import log_in

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

PATIENCE = 30_000  # milliseconds, for pictures on their way into the library
pytestmark = pytest.mark.parametrize("width", [1280], indirect=True)


def picture(path, kind: str, colour: str):
    register_heif_opener()
    Pillow.new("RGB", (96, 64), colour).save(path, kind)
    return path


def drop(page, selector: str, paths) -> None:
    """Let go of files above an element, as a hand does that brings them from a folder."""
    box = page.locator(selector).bounding_box()
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    files = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    browser = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.send("Input.dispatchDragEvent", {"type": kind, **place, "data": files})


def test_photos_that_are_dropped_go_to_the_library_and_doubles_and_other_files_are_named(page, portal, tmp_path):
    photo = picture(tmp_path / "cho-phien.jpg", "JPEG", "purple")
    photos = [photo, picture(tmp_path / "IMG_0231.HEIC", "HEIF", "sienna"), tmp_path / "cho-phien-2.jpg"]
    photos[2].write_bytes(photo.read_bytes())
    letter = tmp_path / "dan-dai-bieu.txt"
    letter.write_text("Danh sách")

    log_in(page, portal)
    page.goto("/admin/images/multiple/add/")
    drop(page, ".drop-zone", [*photos, letter])
    rows = page.locator("#upload-list > li")
    expect(page.locator("#upload-list > li.upload-complete, #upload-list > li.upload-failure")).to_have_count(
        4, timeout=PATIENCE
    )
    jpeg, heic, double, text = (rows.nth(number) for number in range(4))
    expect(double.locator(".status-msg.warning")).to_be_visible()
    expect(text.locator(".error_messages")).not_to_be_empty()

    for row, title in ((jpeg, "Chợ phiên ở Khẻo Mây"), (heic, "Đoàn đại biểu ở Khẻo Mây")):
        row.locator("[name$=-title]").fill(title)
        row.locator("[name$=-description]").fill("Bà con ở chợ phiên")
        row.locator("button[type=submit]").click()
        expect(page.locator(f"#upload-list [value='{title}']")).to_have_count(0, timeout=PATIENCE)
    page.goto("/admin/images/?q=kheo+may")
    for title in ("Chợ phiên ở Khẻo Mây", "Đoàn đại biểu ở Khẻo Mây"):
        expect(page.get_by_text(title).first).to_be_visible()
