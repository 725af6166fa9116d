"""The side panel looks at what stands in the form, saved or not."""

import json
import unicodedata

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.news.models import ArticlePage
from cms.schools.models import SchoolGroup

NEW = "<p>Theo Kế hoạch số 444-KH/CTĐ, xem <a linktype='page' id='999999'>bài này</a> và <a href='https://sai'>kia</a>.</p>"

BLOCK = "2f0c6d0e-8a51-4c55-9f0a-3d0b8f2a6c11"


def form(title="Lễ trao nhà tình nghĩa", text="<p>Một đoạn văn.</p>", **values):
    """What the browser sends of an article's form."""
    data = nested_form_data({"body": streamfield([("text", rich_text(text))])}) | {
        "body-0-id": BLOCK,
        "title": title,
        "slug": "bai-moi",
        "summary": "",
        "published_at": "2026-11-10 08:00",
    }
    for name in ("authors", "schools", "comments"):
        data |= {f"{name}-{key}": "0" for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
        data[f"{name}-MAX_NUM_FORMS"] = "1000"
    return data | values


def address(section):
    return reverse("look_on_create", args=["news", "articlepage", section.pk])


@pytest.fixture
def look(admin_client, section, engine):
    """Ask as the script does, of a page that nobody has saved."""
    return lambda **values: admin_client.post(address(section), form(**values)).json()


def test_length_and_time_to_read_are_told(look):
    assert "254 chữ, đọc trong khoảng 2 phút" in look(title="Bốn chữ ở đây", text=f"<p>{'chữ ' * 250}</p>")["html"]


def test_a_title_in_capitals_comes_with_its_sentence(look):
    answer = look(title="LỄ TRAO NHÀ TÌNH NGHĨA")
    assert answer["fixes"]["title"]["fields"] == {"title": "Lễ trao nhà tình nghĩa"}
    assert 'data-writing-fix="title"' in answer["html"]


def test_legacy_and_decomposed_text_come_back_as_unicode(look):
    title = unicodedata.normalize("NFD", "Lễ trao nhà tình nghĩa")
    answer = look(title=title, text="<p>Tr­êng ChÝnh trÞ tØnh tæ chøc héi nghÞ tæng kÕt.</p>")["fixes"]["repair"]
    assert answer["fields"] == {"title": "Lễ trao nhà tình nghĩa"}
    (block,) = answer["blocks"]["body"]
    assert block["id"] == BLOCK
    assert json.loads(block["value"])["blocks"][0]["text"] == "Trường Chính trị tỉnh tổ chức hội nghị tổng kết."


def test_sound_text_is_not_to_be_mended(look):
    assert look()["fixes"] == {}


def test_pages_of_nearly_the_same_title_are_named_and_the_page_itself_is_not(
    admin_client, make_article, section, drain
):
    own = make_article(title="Lễ trao nhà tình nghĩa")
    make_article(title="Lễ trao nhà tình nghĩa năm nay", slug="kia")
    make_article(title="Đại hội công đoàn", slug="khac")
    drain()
    html = admin_client.post(reverse("look_on_edit", args=[own.pk]), form(slug=own.slug)).json()["html"]
    assert "Lễ trao nhà tình nghĩa năm nay" in html
    assert "Đại hội công đoàn" not in html
    assert own.url not in html


def test_links_that_lead_nowhere_are_named(look):
    html = look(text=NEW)["html"]
    assert "bài này" in html and "kia" in html and "https://sai" in html


def test_links_to_unpublished_pages_are_named(look, make_article):
    draft = make_article(live=False)
    assert "“đó”" in look(text=f"<p>Xem <a linktype='page' id='{draft.pk}'>đó</a>.</p>")["html"]


def test_cited_documents_are_named_and_linked_on_a_click(look, make_official_document):
    assert "444-KH/CTĐ" in look(text=NEW)["html"]
    paper = make_official_document()
    (block,) = look(text=NEW)["fixes"]["links"]["blocks"]["body"]
    links = json.loads(block["value"])["entityMap"].values()
    assert str(paper.pk) in {str(link["data"].get("id")) for link in links}


def test_a_form_with_faults_is_answered_and_nothing_is_saved(look):
    answer = look(published_at="hôm qua")
    assert answer["fixes"] == {}
    assert answer["html"].strip()
    assert not ArticlePage.objects.exists()


def test_only_who_may_write_there_may_ask(client, section, make_article, make_school, django_user_model):
    article = make_article()
    addresses = [address(section), reverse("look_on_edit", args=[article.pk])]
    assert [client.post(place, form()).status_code for place in addresses] == [302, 302]
    user = django_user_model.objects.create_user("hoa")
    user.groups.add(make_school().groups.get(role=SchoolGroup.Role.CONTRIBUTOR).group)
    client.force_login(user)
    for place in addresses:
        answer = client.post(place, form())
        assert answer.status_code in {302, 403}
        assert article.title not in answer.content.decode()


def test_other_sites_cannot_ask_and_only_pages_can_be_looked_at(admin_user, section):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    assert client.post(address(section), form()).status_code == 403
    client = Client()
    client.force_login(admin_user)
    for kind in (["core", "user"], ["auth", "permission"], ["no", "such"]):
        assert client.post(reverse("look_on_create", args=[*kind, section.pk]), form()).status_code == 404
    assert client.get(address(section)).status_code == 405


def test_the_panel_stands_beside_new_and_saved_pages(admin_client, section, make_article):
    article = make_article()
    for place, look_address in (
        (f"/admin/pages/add/news/articlepage/{section.pk}/", address(section)),
        (f"/admin/pages/{article.pk}/edit/", reverse("look_on_edit", args=[article.pk])),
    ):
        html = admin_client.get(place).content.decode()
        assert f'data-writing="{look_address}"' in html
        assert "js/side-panel" in html
