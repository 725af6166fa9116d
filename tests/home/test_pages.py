"""What readers see: every page type, its lists, and what surrounds it."""

import pytest
from django.template.loader import render_to_string
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.core.models import ReadCount
from cms.news.models import NewsIndexPage
from home.models import FeaturedPage, HomePage, HomeSection, SiteSettings, StandardPage
from tests.cms.bodies import HOSTILE, full_body


def html(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def site(home):
    return Site.objects.get()


def test_a_fresh_database_has_one_vietnamese_home_page(home, site):
    assert site.root_page_id == home.pk
    assert home.title == "Trang chủ"
    assert [locale.language_code for locale in Locale.objects.all()] == ["vi"]
    assert Page.objects.count() == 2


def test_an_article_shows_all_that_belongs_to_it(client, make_article, make_image, make_document):
    article = make_article(
        title="Hội nghị tổng kết",
        slug="hoi-nghi",
        summary="Tóm tắt",
        body=full_body(make_image().pk, make_document().pk),
        cover=make_image(description="Toàn cảnh", credit="Thu Hà"),
        authors=[("ThS. Phạm Thị Thu Hà", "Giảng viên"), ("Lê A", "")],
        source="Báo Yên Bái",
        tags=["Thi đua"],
    )
    ReadCount.objects.set_imported(article.pk, 3073)
    shown = html(client, "/tin-tuc/hoi-nghi/")
    assert '<html lang="vi">' in shown
    assert "<h1>Hội nghị tổng kết</h1>" in shown
    for part in (
        "Tóm tắt",
        'alt="Toàn cảnh"',
        "ThS. Phạm Thị Thu Hà",
        "Giảng viên",
        "Báo Yên Bái",
        "3073",
        "đề mục chữ",
    ):
        assert part in shown
    assert '<time datetime="2024-01-01T19:01:00+07:00">01/01/2024 19:01</time>' in shown
    assert 'href="/tags/thi-%C4%91ua/"' in shown
    assert shown.index("ThS. Phạm Thị Thu Hà") < shown.index("Lê A")


def test_breadcrumbs_lead_back_to_the_home_page(client, make_article):
    make_article(slug="bai", title="Bài này")
    shown = html(client, "/tin-tuc/bai/")
    trail = shown[shown.index('class="breadcrumbs"') : shown.index("<main")]
    assert '<a href="/">Trang chủ</a>' in trail
    assert '<a href="/tin-tuc/">Tin tức</a>' in trail
    assert '<li aria-current="page">Bài này</li>' in trail
    assert Page.get_first_root_node().title not in trail


@pytest.mark.parametrize("url", ["/", "/tin-tuc/", "/tin-tuc/bai/", "/trang/"])
def test_hostile_text_is_shown_and_never_run(client, home, section, make_article, url):
    home.welcome, section.summary, section.title = HOSTILE, HOSTILE, HOSTILE
    home.save(), section.save()
    make_article(
        slug="bai", title=HOSTILE, summary=HOSTILE, source=HOSTILE, tags=[HOSTILE], authors=[(HOSTILE, HOSTILE)]
    )
    home.add_child(instance=StandardPage(title=HOSTILE, slug="trang", summary=HOSTILE))
    settings = SiteSettings.for_site(Site.objects.get())
    for field in ("name", "owner", "address", "phone", "footer_text"):
        setattr(settings, field, HOSTILE)
    settings.save()
    shown = html(client, url)
    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)" in shown


@pytest.mark.parametrize("url", ["/", "/tin-tuc/", "/tin-tuc/bai/"])
def test_no_page_has_inline_code_or_style(client, make_article, make_image, make_document, url):
    make_article(slug="bai", body=full_body(make_image().pk, make_document().pk))
    shown = html(client, url)
    assert "<style" not in shown
    assert " style=" not in shown
    assert "onclick" not in shown
    data = shown.count('<script type="application/ld+json">')  # no browser runs it
    assert shown.count("<script") == shown.count("<script src=") + data


def test_a_section_lists_what_is_below_it_newest_first(client, section, make_article):
    nested = section.add_child(instance=NewsIndexPage(title="Thi đua", slug="thi-dua"))
    make_article(title="Cũ"), make_article(title="Mới", parent=nested)
    shown = html(client, "/tin-tuc/")
    assert shown.index(">Mới<") < shown.index(">Cũ<")
    assert '<a href="/tin-tuc/thi-dua/">Thi đua</a>' in shown


def test_lists_hold_only_what_anybody_may_open(client, home, section, make_article):
    private = section.add_child(instance=NewsIndexPage(title="Mục kín", slug="kin"))
    hidden = section.add_child(instance=NewsIndexPage(title="Mục ẩn", slug="an"))
    make_article(title="Công khai")
    make_article(title="Bản nháp", live=False)
    make_article(title="Bài kín", parent=private)
    make_article(title="Bài ẩn", parent=hidden)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    hidden.unpublish()
    for page in (private, hidden):
        HomeSection.objects.create(home=home, section=page)
        FeaturedPage.objects.create(home=home, page=page)
    for url in ("/", "/tin-tuc/"):
        shown = html(client, url)
        assert "Công khai" in shown
        for secret in ("Bản nháp", "Bài kín", "Bài ẩn", "Mục kín", "Mục ẩn"):
            assert secret not in shown


@pytest.mark.parametrize(
    ("page", "number"),
    [("", 1), ("1", 1), ("2", 2), ("99", 2), ("0", 2), ("-3", 2), ("x", 1), ("2.5", 1), ("٢", 2), ("9" * 5000, 1)],
)
def test_a_list_is_cut_into_slices_and_takes_any_page_number(client, make_article, page, number):
    for _ in range(21):
        make_article()
    slice_ = client.get("/tin-tuc/", {"page": page}).context["articles"]
    assert slice_.number == number
    assert len(slice_) == (20 if number == 1 else 1)


def test_the_home_page_shows_featured_pages_in_order_and_sections(client, home, section, make_article):
    nested = section.add_child(instance=NewsIndexPage(title="Thi đua", slug="thi-dua"))
    outer, inner = make_article(title="Ngoài"), [make_article(title=f"Trong {n}", parent=nested) for n in range(5)]
    page = home.add_child(instance=StandardPage(title="Giới thiệu"))
    for order, featured in enumerate([page, outer, section]):
        FeaturedPage.objects.create(home=home, page=featured, sort_order=order)
    for order, chosen in enumerate([nested, section]):
        HomeSection.objects.create(home=home, section=chosen, sort_order=order)
    context = client.get("/").context
    assert [shown.title for shown in context["featured_pages"]] == ["Giới thiệu", "Ngoài", "Tin tức"]
    newest = ["Trong 4", "Trong 3", "Trong 2", "Trong 1"]
    assert [(shown.title, [article.title for article in articles]) for shown, articles in context["sections"]] == [
        ("Thi đua", newest),
        ("Tin tức", newest),
    ]
    assert next(iter(context["newest"])) == inner[-1]
    html(client, "/")


def test_a_standing_page_links_to_those_below(client, home):
    page = home.add_child(instance=StandardPage(title="Giới thiệu", slug="gioi-thieu", body=[("text", "<p>Thân</p>")]))
    page.add_child(instance=StandardPage(title="Lịch sử", slug="lich-su"))
    page.add_child(instance=StandardPage(title="Nháp", slug="nhap", live=False))
    shown = html(client, "/gioi-thieu/")
    assert "<p>Thân</p>" in shown
    assert '<a href="/gioi-thieu/lich-su/">Lịch sử</a>' in shown
    assert "Nháp" not in shown


def test_lists_and_the_home_page_cost_the_same_however_long(
    client, home, section, make_article, make_image, count_queries
):
    def grow(count):
        for _ in range(count):
            below = section.add_child(instance=NewsIndexPage(title="Mục", cover=make_image()))
            article = make_article(parent=below, cover=make_image(), tags=["x"], authors=[("A", "B")])
            FeaturedPage.objects.create(home=home, page=article)
            HomeSection.objects.create(home=home, section=below)
            FeaturedPage.objects.create(home=home, page=below)

    def cost(url):
        client.get(url), client.get(url)  # makes the pictures' sizes, and what all pages share
        return count_queries(lambda: client.get(url))

    grow(2)
    few = [cost("/"), cost("/tin-tuc/")]
    grow(4)
    assert [cost("/"), cost("/tin-tuc/")] == few


def test_the_error_page_needs_no_database():
    # No `db` fixture: a query would fail.
    assert "<h1>" in render_to_string("500.html")


def test_the_editor_opens_every_form(admin_client, home, section, make_article):
    page = home.add_child(instance=StandardPage(title="Trang"))
    for edited in (home, section, page, make_article()):
        assert admin_client.get(f"/admin/pages/{edited.pk}/edit/").status_code == 200
    for setting in ("sitesettings", "navigation"):
        assert admin_client.get(f"/admin/settings/home/{setting}/", follow=True).status_code == 200


def test_every_type_of_page_can_be_previewed_before_it_is_saved(home):
    for model in (HomePage, NewsIndexPage, StandardPage):
        draft = model(title="Chưa lưu", slug="chua-luu", path=home.path + "9999", depth=3)
        response = draft.make_preview_request()
        assert response.status_code == 200
