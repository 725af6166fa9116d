"""An editor writes an event's agenda without taking her hands off the keyboard."""

import pytest

from tests.browser.test_journey import log_in
from tests.browser.test_pages import axe

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

pytestmark = pytest.mark.parametrize("width", [1280], indirect=True)


@pytest.fixture
def form(page, portal):
    """The form of a new event."""
    log_in(page, portal)
    calendar = page.request.get("/api/v1/search/", params={"type": "event_list"}).json()["results"][0]["id"]
    page.goto(f"/admin/pages/add/events/eventpage/{calendar}/")
    page.wait_for_selector("#id_agenda-ADD")
    return page


def agenda(page):
    """Time and text of each item, in the order of the form."""
    items = page.locator("#id_agenda-FORMS > :not(.deleted)")
    return items.evaluate_all(
        """items => items.map((item) =>
            ["starts_at", "what"].map((name) => item.querySelector(`[name$="-${name}"]`).value))"""
    )


def type_in(page, text, key):
    page.keyboard.type(text)
    page.keyboard.press(key)


def test_an_agenda_is_written_put_in_between_and_moved_by_keyboard(form, watch):
    form.locator("#id_starts_at").fill("2027-11-08 08:00")
    form.keyboard.press("Escape")
    form.locator("#id_agenda-ADD").click()
    expect(form.locator("#id_agenda-0-starts_at")).to_have_value("2027-11-08 08:00")
    form.locator("#id_agenda-0-what").focus()
    type_in(form, "Khai mạc", "Enter")
    type_in(form, "Báo cáo", "Enter")
    type_in(form, "Bế mạc", "Shift+Tab")
    assert agenda(form) == [
        ["2027-11-08 08:00", "Khai mạc"], ["2027-11-08 08:30", "Báo cáo"], ["2027-11-08 09:00", "Bế mạc"],
    ]  # fmt: skip

    form.locator("#id_agenda-0-what").focus()
    form.keyboard.press("Control+Enter")
    type_in(form, "Văn nghệ", "Alt+ArrowUp")
    assert [what for _time, what in agenda(form)] == ["Văn nghệ", "Khai mạc", "Báo cáo", "Bế mạc"]
    expect(form.get_by_role("status").filter(has_text="vị trí 1 trên 4")).to_have_count(1)
    assert form.evaluate("document.activeElement.value") == "Văn nghệ"
    type_in(form, "", "Enter")
    assert form.evaluate("document.activeElement.value") == "Khai mạc"
    assert "/add/" in form.url  # Enter has not sent the form

    expect(form.get_by_text("Ctrl+Enter")).to_be_visible()
    assert problems(form, "[id^=inline_child_agenda]") == []
    # Wagtail tries to save the form meanwhile, and an event without a title cannot be.
    watch.errors[:] = [error for error in watch.errors if "400" not in error]


def problems(page, place):
    """What axe-core finds wrong in a part of the page."""
    found = axe.Axe().run(page, context=place).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]
