"""What surrounds every page: menu, footer, the page for what is missing."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction, Site

from home.menu import MenuBlock
from home.models import Navigation, SiteSettings, StandardPage


def html(client, url):
    return client.get(url).content.decode()


@pytest.fixture
def site(home):
    return Site.objects.get()


def menu(*items):
    return [{"type": "item", "value": {"label": "", "page": None, "url": "", "children": []} | item} for item in items]


def child(**values):
    return {"label": "", "page": None, "url": ""} | values


def set_menu(site, *items):
    navigation = Navigation.for_site(site)
    navigation.menu = MenuBlock().to_python(menu(*items))
    navigation.save()


def test_the_menu_leads_to_pages_and_elsewhere(client, site, section):
    set_menu(
        site,
        {"page": section.pk, "children": [child(label="Bộ Nội vụ", url="https://example.com/")]},
        {"label": "Liên kết", "children": [child(page=section.pk, label="Tin")]},
    )
    shown = html(client, "/tin-tuc/")
    bar = shown[shown.index('class="site-menu"') : shown.index("</nav>")]
    assert '<a href="/tin-tuc/" aria-current="page">Tin tức</a>' in bar
    assert '<a href="https://example.com/" rel="noopener">Bộ Nội vụ</a>' in bar
    assert "<span>Liên kết</span>" in bar


def test_the_menu_shows_only_what_anybody_may_open(site, section, home):
    draft = home.add_child(instance=StandardPage(title="Nháp", live=False))
    gone = home.add_child(instance=StandardPage(title="Đã xoá"))
    set_menu(
        site,
        {"page": draft.pk},
        {"page": gone.pk},
        {"label": "Nhóm", "children": [child(page=draft.pk)]},
        {"page": section.pk},
    )
    gone.delete()
    assert [entry.label for entry in Navigation.for_site(site).entries()] == ["Tin tức"]
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert Navigation.for_site(site).entries() == []


def test_the_header_costs_the_same_however_long_the_menu(client, site, home, section, count_queries):
    def cost(count):
        pages = [home.add_child(instance=StandardPage(title="Trang")) for _ in range(count)]
        set_menu(site, *({"page": page.pk, "children": [child(page=page.pk)] * 2} for page in pages))
        client.get("/tin-tuc/")
        return count_queries(lambda: client.get("/tin-tuc/"))

    assert cost(2) == cost(7)


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({"label": "Không đâu"}, "page"),
        ({"url": "https://example.com/"}, "label"),
        ({"label": "x", "url": "javascript:alert(1)"}, "url"),
        ({"label": "x", "url": "ftp://example.com/"}, "url"),
    ],
)
def test_a_menu_item_that_leads_nowhere_or_astray_is_refused(db, item, field):
    block = MenuBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(menu(item)))
    assert field in refused.value.block_errors[0].block_errors


def test_a_menu_item_cannot_lead_to_two_places(home):
    block = MenuBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(menu({"page": home.pk, "url": "https://example.com/"})))
    block.clean(block.to_python(menu({"page": home.pk}, {"label": "Nhóm", "children": [child(page=home.pk)]})))


def test_the_footer_tells_whose_portal_it_is(client, site):
    settings = SiteSettings.for_site(site)
    settings.name, settings.owner, settings.email = "Cổng tin", "Trường Chính trị", "vp@example.com"
    settings.footer_text = "Giấy phép số 1\nChịu trách nhiệm: Hiệu trưởng"
    settings.save()
    shown = html(client, "/")
    footer = shown[shown.index("<footer") :]
    assert "Trường Chính trị" in footer
    assert '<a href="mailto:vp@example.com">' in footer
    assert "Giấy phép số 1<br>" in footer
    assert "<title>Trang chủ – Cổng tin</title>" in shown


def test_a_missing_page_still_has_menu_and_search(client, site, section):
    set_menu(site, {"page": section.pk})
    response = client.get("/khong-co/")
    assert response.status_code == 404
    shown = response.content.decode()
    assert 'action="/search/"' in shown
    assert ">Tin tức</a>" in shown
