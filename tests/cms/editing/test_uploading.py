"""Every way of putting pictures into the library asks what they show and who made them, and notices doubles."""

import json
import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from cms.core.models import Image
from cms.schools.models import SchoolGroup
from tests.cms.pasting.test_views import picture

SINGLE, SEVERAL, CHOOSER = "/admin/images/add/", "/admin/images/multiple/add/", "/admin/images/chooser/create/"
TOLD = {"title": "Lễ khai giảng", "description": "Học viên đứng chào cờ", "credit": "Lê Thị Hoa"}


def add_single(client, **values):
    return client.post(SINGLE, {"file": picture(), **TOLD, **values}, follow=True)


def add_several(client, **values):
    """Upload, then send the form that comes back, as the script does."""
    answer = client.post(SEVERAL, {"files[]": picture()}, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    if answer.status_code == 200:
        key = answer.json()["image_id"]
        told = {f"image-{key}-{name}": value for name, value in (TOLD | values).items()}
        assert all(f'name="{name}"' in answer.json()["form"] for name in told)
        saved = client.post(f"/admin/images/multiple/{key}/", told, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
        assert saved.json()["success"]
    return answer


def add_in_chooser(client, **values):
    told = {f"image-chooser-upload-{name}": value for name, value in (TOLD | values).items()}
    return client.post(CHOOSER, {"image-chooser-upload-file": picture(), **told})


def refused(answer):
    return answer.status_code in {302, 403} or bool(answer.redirect_chain)


WAYS = pytest.mark.parametrize("add", [add_single, add_several, add_in_chooser])


@WAYS
def test_description_and_credit_are_asked_and_kept(admin_client, admin_user, add):
    assert add(admin_client).status_code == 200
    image = Image.objects.get()
    assert {name: getattr(image, name) for name in TOLD} == TOLD
    assert image.uploaded_by_user == admin_user


@pytest.mark.parametrize("address", [SINGLE, "/admin/images/chooser/"])
def test_the_forms_show_the_fields(admin_client, address):
    html = admin_client.get(address).content.decode()
    html = json.loads(html)["html"] if html.startswith("{") else html
    for name in TOLD:
        assert re.search(rf'name="(image-chooser-upload-)?{name}"', html)


@WAYS
def test_a_double_is_noticed_with_the_picture_that_is_there(admin_client, add):
    add(admin_client)
    known = Image.objects.get()
    answer = add(admin_client, title="Ảnh khác")
    notices = {add_several: "confirm_duplicate_upload", add_in_chooser: "htmlFragment"}
    shown = answer.json()[notices[add]] if add in notices else answer.content.decode()
    assert known.title in shown


def test_the_single_form_names_the_double_and_leads_there(admin_client):
    for title in ("Lễ <i>", "Khác"):
        page = add_single(admin_client, title=title)
    known = Image.objects.order_by("pk").first()
    html = page.content.decode()
    assert "Lễ &lt;i&gt;" in html and "Lễ <i>" not in html
    assert "Ảnh này đã có trong thư viện" in html
    assert f'href="/admin/images/{known.pk}/"' in html


def test_a_first_picture_gives_no_warning(admin_client):
    assert "Ảnh này đã có" not in add_single(admin_client).content.decode()


def test_a_double_that_the_editor_may_not_see_is_not_named(client, admin_client, make_school, django_user_model):
    add_single(admin_client, title="Ảnh kín")
    user = django_user_model.objects.create_user("hoa")
    group = make_school().groups.get(role=SchoolGroup.Role.EDITOR).group
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    collection = group.collection_permissions.first().collection
    page = add_single(client, collection=collection.pk)
    assert Image.objects.count() == 2
    assert "Ảnh kín" not in page.content.decode()


@WAYS
def test_who_may_add_no_pictures_adds_none(client, django_user_model, add):
    user = django_user_model.objects.create_user("clerk")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert refused(add(client))
    assert not Image.objects.exists()


@WAYS
def test_strangers_and_other_sites_add_none(client, admin_user, add):
    assert refused(add(client))
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(admin_user)
    assert add(forged).status_code == 403
    assert not Image.objects.exists()
