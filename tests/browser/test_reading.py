"""A reader's ways: from the front to an article and on, by the calendar, by a document's number; without script too."""

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

ARTICLE = "/tin-tuc/tin-hoat-dong/hoi-thao-truyen-thong-cum-thi-dua-lan-ix/"
at_the_desk = pytest.mark.parametrize("width", [1280], indirect=True)
on_the_phone = pytest.mark.parametrize("width", [360], indirect=True)


def test_from_the_front_to_a_section_to_an_article_to_a_related_one(page, width):
    page.goto("/")
    menu = page.get_by_role("button", name="Danh mục")
    if width < 1024:
        menu.click()
        expect(menu).to_have_attribute("aria-expanded", "true")
    page.locator(".site-menu a", has_text="Tin tức").first.click()
    page.wait_for_url("**/tin-tuc/")
    page.locator(".cards h3 a").first.click()
    expect(page.locator("article h1")).to_be_visible()
    title = page.locator(".related a").first.inner_text()
    page.locator(".related a").first.click()
    expect(page.locator("h1")).to_have_text(title)


def test_the_lead_storys_picture_is_as_wide_as_its_column(page):
    page.goto("/")
    column, picture = page.locator(".lead-story").bounding_box(), page.locator(".lead-story img").bounding_box()
    assert abs(picture["width"] - column["width"]) < 1


@on_the_phone
def test_the_menu_on_a_phone_is_short_until_it_is_asked_for_and_escape_shuts_it(page):
    page.goto("/")
    menu, button = page.locator(".site-menu"), page.get_by_role("button", name="Danh mục")
    expect(menu).to_be_hidden()
    assert page.locator(".site-header").bounding_box()["height"] < 160
    button.click()
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


@at_the_desk
def test_the_first_tab_stop_skips_to_the_content(page):
    page.goto("/tin-tuc/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@at_the_desk
def test_a_picture_opens_alone_on_the_screen_and_gives_the_focus_back(page):
    page.goto(ARTICLE)
    pictures, box = page.locator("a[data-picture]"), page.locator("dialog.lightbox")
    pictures.first.click()
    expect(box).to_be_visible()
    expect(box.locator("figcaption")).not_to_be_empty()
    first = box.locator("img").get_attribute("src")
    page.keyboard.press("ArrowRight")
    expect(box.locator("img")).not_to_have_attribute("src", first)
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(pictures.first).to_be_focused()


@at_the_desk
def test_the_size_of_the_text_is_remembered_by_the_browser_alone(page):
    page.goto(ARTICLE)
    size = "parseFloat(getComputedStyle(document.querySelector('.article-body p')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="Chữ rất lớn").click()
    assert page.evaluate(size) > before * 1.3
    page.reload()
    expect(page.get_by_role("button", name="Chữ rất lớn")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(size) > before * 1.3


@at_the_desk
def test_on_paper_an_article_is_an_article_and_nothing_else(page):
    page.goto(ARTICLE)
    page.emulate_media(media="print")
    expect(page.locator("article h1")).to_be_visible()
    for screen_only in (".site-search", ".site-menu", ".tools", ".related"):
        expect(page.locator(screen_only)).to_be_hidden()


@on_the_phone
def test_an_event_is_found_in_the_month_and_put_into_a_calendar(page):
    page.goto("/su-kien/?month=2023-10")
    page.get_by_role("link", name="11/2023").click()
    page.locator(".month td a", has_text="Hội nghị tổng kết").first.click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Thêm vào lịch của tôi").click()
    lines = downloading.value.path().read_text().splitlines()
    assert downloading.value.suggested_filename.endswith(".ics")
    assert "BEGIN:VEVENT" in lines
    assert "DTSTART:20231109T010000Z" in lines


@on_the_phone
def test_a_document_is_found_in_the_register_by_its_number_however_it_is_written(page):
    page.goto("/van-ban/")
    page.get_by_label("Số, ký hiệu").fill("số 452 - kh/ctđ")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator(".register tbody tr")).to_have_count(1)
    page.locator(".register a").click()
    expect(page.locator(".details dd").first).to_have_text("452-KH/CTĐ")
    expect(page.locator(".reader iframe")).not_to_be_visible()


def test_without_script_the_menu_search_and_pictures_work(plain_page, width):
    plain_page.goto("/")
    if width < 1024:
        plain_page.locator("a.menu-open").click()
    plain_page.locator(".site-menu a", has_text="Tin tức").first.click()
    plain_page.locator("header input[name=q]").fill("hoi nghi")
    plain_page.locator("header input[name=q]").press("Enter")
    plain_page.wait_for_url("**/search/?q=hoi+nghi")
    plain_page.locator(".choice input[name=year][value='2023']").check()
    plain_page.get_by_role("button", name="Áp dụng").click()
    plain_page.wait_for_url("**year=2023**")
    dates = plain_page.locator(".search-hit time").all_inner_texts()
    assert dates
    assert {date[-4:] for date in dates} == {"2023"}
    plain_page.goto(ARTICLE)
    assert plain_page.locator("[data-do]:visible").count() == 0
    plain_page.locator("a[data-picture]").first.click()
    plain_page.wait_for_url("**/media/images/**")
