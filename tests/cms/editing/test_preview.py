"""Whoever writes a new page of any type sees it as readers will, before anything is saved and without an index."""

import pytest
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import querydict_from_html

from cms.core.models import PublicPage
from cms.documents.models import DocumentIndexPage
from cms.events.models import EventIndexPage
from cms.news.models import NewsIndexPage
from cms.people.models import PersonIndexPage

TYPES = [model for model in get_page_models() if issubclass(model, PublicPage)]
LISTS = (NewsIndexPage, EventIndexPage, PersonIndexPage, DocumentIndexPage)
FILLED = {
    "title": "Chưa lưu",
    "slug": "chua-luu",
    "number": "15-QĐ/TCT",
    "starts_at": "2026-11-20 08:00",
    "ends_at": "2026-11-20 11:00",
    "body-count": "0",  # the script makes the fields of a stream
}


@pytest.fixture
def parent_of(home):
    """A page under which one of the given type may be made."""
    for kind in LISTS:
        home.add_child(instance=kind(title=kind.__name__, slug=kind.__name__.lower()))
    return lambda model: next(page.specific for page in Page.objects.all() if model.can_create_at(page.specific))


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model._meta.label_lower)
def test_a_new_page_is_previewed_unsaved_on_phone_and_desk(admin_client, parent_of, model):
    address = f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parent_of(model).pk}/"
    html = admin_client.get(address).content.decode()
    assert 'data-device-width="375"' in html and 'data-device-width="1280"' in html
    before = Page.objects.count()
    values = querydict_from_html(html, form_id="page-edit-form").dict() | FILLED
    assert admin_client.post(f"{address}preview/", values).json() == {"is_valid": True, "is_available": True}
    shown = admin_client.get(f"{address}preview/?mode=")
    assert shown.status_code == 200
    assert "Chưa lưu" in shown.content.decode()
    assert Page.objects.count() == before
