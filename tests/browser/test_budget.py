"""What an article costs a reader on a slow line and an old machine, measured as the browser sees it."""

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

ARTICLE = "/thi-dua-khen-thuong/hoi-nghi-tong-ket-cum-thi-dua-nam-2023/"
BUDGET = 60_000  # bytes of HTML, CSS, JS and fonts on the line
SHIFT = 0.05
LONG_TASK = 100  # milliseconds
PICTURES = ("image/",)

OBSERVE = """
window.seen = {shift: 0, longest: 0, largest: null};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.seen.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.seen.longest = Math.max(window.seen.longest, entry.duration);
}).observe({type: "longtask", buffered: true});
new PerformanceObserver((list) => {
  const element = list.getEntries().at(-1).element;
  if (element) window.seen.largest = {tag: element.tagName, loading: element.getAttribute("loading")};
}).observe({type: "largest-contentful-paint", buffered: true});
"""


@pytest.fixture
def transfer(page):
    """Bytes on the line by kind of content, as Chromium counts them: compressed, with their headers."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds, bytes_ = {}, {}
    session.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["response"]["mimeType"]}))
    session.on("Network.loadingFinished", lambda e: bytes_.update({e["requestId"]: e["encodedDataLength"]}))
    return lambda: [(kinds[request], size) for request, size in bytes_.items() if request in kinds]


def open_article(page, address=ARTICLE):
    page.add_init_script(OBSERVE)
    page.goto(address, wait_until="networkidle")
    return page.evaluate("window.seen")


def test_an_article_is_small_before_its_pictures(page, transfer):
    open_article(page)
    loaded = [(kind, size) for kind, size in transfer() if not kind.startswith(PICTURES)]
    assert {kind for kind, _ in loaded} >= {"text/html", "text/css", "font/woff2"}
    assert sum(size for _, size in loaded) <= BUDGET, sorted(loaded)


def test_nothing_moves_while_an_article_loads_and_is_read(page):
    open_article(page)
    for _ in range(12):
        page.mouse.wheel(0, 600)
        page.wait_for_load_state("networkidle")
    assert page.evaluate("window.seen.shift") < SHIFT


def test_what_readers_see_first_does_not_wait(page):
    seen = open_article(page)
    assert seen["largest"] is not None
    assert seen["largest"]["loading"] != "lazy"


@pytest.mark.parametrize("address", ["/", ARTICLE])
def test_no_page_holds_up_an_old_machine(page, address):
    page.goto(address)  # what the server makes once
    assert open_article(page, address)["longest"] <= LONG_TASK


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_files_with_a_digest_in_their_name_are_kept_for_good_and_come_compressed(page):
    answers = {}
    page.on("response", lambda answer: answers.update({answer.url: answer}))
    page.goto(ARTICLE, wait_until="networkidle")
    styles = [answer for url, answer in answers.items() if "/static/" in url and url.endswith((".css", ".js"))]
    assert styles
    for answer in styles:
        headers = answer.all_headers()
        assert "immutable" in headers["cache-control"], answer.url
        assert headers.get("content-encoding") == "br" or int(headers["content-length"]) < 500, answer.url


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_the_browser_has_nothing_to_forbid_on_any_kind_of_page(page):
    """The watch of every test here hears what the content policy refuses."""
    for address in ("/", "/tin-tuc/", ARTICLE, f"/en{ARTICLE}", "/search/?q=hoi+nghi", "/admin/login/"):
        page.goto(address, wait_until="networkidle")
