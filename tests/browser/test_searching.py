"""Searching in a real browser: suggestions by keyboard and touch, choices that apply at once, addresses that last."""

import re

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

pytestmark = pytest.mark.parametrize("width", [1280], indirect=True)


def typed(page, text):
    field = page.get_by_role("combobox").first
    field.press_sequentially(text)
    expect(page.get_by_role("option").first).to_be_visible()
    return field


def marked_as_loaded(page):
    """A sign on the page that only a reload takes away."""
    page.evaluate("document.documentElement.dataset.loadedOnce = 'yes'")
    return lambda: page.evaluate("document.documentElement.dataset.loadedOnce") == "yes"


def test_a_suggestion_is_chosen_by_keyboard(page):
    page.goto("/")
    field = typed(page, "truong chinh tri")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    expect(chosen.locator("mark").first).to_be_visible()
    address = chosen.get_attribute("data-url")
    field.press("Enter")
    page.wait_for_url(f"**{address}")


def test_suggestions_are_counted_aloud_and_escape_shuts_them(page):
    page.goto("/")
    field = typed(page, "hoi nghi")
    expect(page.locator(".site-search [role=status]")).to_have_text(re.compile(r"^\d+ gợi ý"))
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("hoi nghi")


def test_enter_without_a_choice_searches_for_what_was_typed(page):
    page.goto("/")
    typed(page, "hoi nghi").press("Enter")
    page.wait_for_url("**/search/?q=hoi+nghi")


def test_a_suggestion_is_chosen_by_pointing_at_it_on_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/")
    typed(page, "hoi nghi")
    option = page.get_by_role("option").first
    address = option.get_attribute("data-url")
    option.click()
    page.wait_for_url(f"**{address}")


def test_choices_and_days_narrow_at_once_and_the_back_button_widens(page):
    page.goto("/search/?q=hoi+nghi")
    same_page = marked_as_loaded(page)
    total = page.locator("#search-results-title").inner_text()
    page.locator(".choice input[name=year][value='2023']").check()
    page.wait_for_url("**year=2023**")
    expect(page.locator("#search-results-title")).not_to_have_text(total)
    narrowed = page.locator("#search-results-title").inner_text()
    expect(page.locator("#search-status")).to_have_text(narrowed)
    expect(page.locator(".choice input[name=year][value='2023']")).to_be_focused()
    page.locator("#search-from").fill("2023-11-01")
    page.wait_for_url("**date_from=2023-11-01**")
    expect(page.locator(".search-chips li")).to_have_count(3)  # the year, the day, and all of them
    page.go_back()
    expect(page.locator("#search-results-title")).to_have_text(narrowed)
    expect(page.locator("#search-from")).to_have_value("")
    page.go_back()
    expect(page.locator("#search-results-title")).to_have_text(total)
    assert same_page()


def test_a_narrowed_search_can_be_shared_by_its_address(page):
    page.goto("/search/?q=hoi+nghi")
    page.locator(".search-tabs a", has_text="Văn bản").click()
    page.wait_for_url("**type=document**")
    expect(page.locator(".search-tabs [aria-current]")).to_contain_text("Văn bản")
    found = page.locator("#search-results-title").inner_text()
    page.goto(page.url)
    expect(page.locator("#search-results-title")).to_have_text(found)


def test_results_are_leafed_through_without_a_reload(page):
    page.goto("/search/?q=hoi+nghi")
    same_page = marked_as_loaded(page)
    first = page.locator(".search-hit h3").first.inner_text()
    page.locator("a[rel~=next]").click()
    expect(page.locator(".search-hit h3").first).not_to_have_text(first)
    expect(page.locator("#search-results-title")).to_be_focused()
    page.locator("a[rel~=prev]").click()
    expect(page.locator(".search-hit h3").first).to_have_text(first)
    assert same_page()


def test_what_was_understood_is_said_and_can_be_taken_back(page):
    page.goto("/search/?q=hoij+nghij")
    expect(page.locator(".search-understood strong")).to_have_text("hội nghị")
    page.locator(".search-understood a").click()
    page.wait_for_url("**literal=true**")
    expect(page.locator(".search-understood strong")).to_have_count(0)


def test_a_document_is_found_by_its_number(page):
    page.goto("/")
    typed(page, "452-KH/CTĐ").press("Enter")
    page.locator(".search-hit h3 a").first.click()
    expect(page.locator(".details dd").first).to_have_text("452-KH/CTĐ")
