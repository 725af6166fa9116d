"""The admin's script sends pictures and documents here; only who may add pictures may do so."""

import io
import json

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.models import Collection

from cms.core.models import Image
from cms.schools.models import SchoolGroup
from tests.cms.pasting.test_blocks import DATA


def picture(colour="teal", size=(64, 48), name="anh.png"):
    data = io.BytesIO()
    Pillow.new("RGB", size, colour).save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def send_picture(client, file=None, **values):
    return client.post(reverse("paste_picture"), {"file": file or picture(), **values})


def send_document(client, html):
    return client.post(reverse("paste_document"), {"html": SimpleUploadedFile("html", html.encode())})


@pytest.fixture
def contributor(make_school, django_user_model):
    """Somebody who may write for a school, and add pictures to its collection only."""
    school = make_school()
    user = django_user_model.objects.create_user("hoa", password="x")
    user.groups.add(school.groups.get(role=SchoolGroup.Role.CONTRIBUTOR).group)
    return user


def test_a_picture_of_the_clipboard_goes_to_the_library(admin_client, admin_user):
    answer = send_picture(admin_client, title="Hội nghị (1)").json()
    image = Image.objects.get(pk=answer["id"])
    assert (image.title, image.uploaded_by_user, image.width) == ("Hội nghị (1)", admin_user, 64)


def test_a_picture_that_is_there_already_is_used_again(admin_client):
    first, second = (send_picture(admin_client).json()["id"] for _time in range(2))
    assert first == second
    assert Image.objects.count() == 1


def test_pictures_go_where_the_editor_may_put_them(client, contributor):
    client.force_login(contributor)
    image = Image.objects.get(pk=send_picture(client).json()["id"])
    assert image.collection.name == "Trường Chính trị tỉnh Hoà Bình"


def test_who_may_add_no_pictures_adds_none(client, django_user_model):
    user = django_user_model.objects.create_user("clerk")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert send_picture(client).status_code in {302, 403}
    assert not Image.objects.exists()


def test_who_may_not_enter_the_admin_pastes_nothing(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader"))
    answers = [send_picture(client), send_document(client, "<p>x</p>")]
    assert {answer.status_code for answer in answers} <= {302, 403}
    assert not any(answer.get("Content-Type", "").startswith("application/json") for answer in answers)
    assert not Image.objects.exists()


def test_strangers_and_other_sites_are_refused(client, admin_user):
    assert send_picture(client).status_code == send_document(client, "<p>x</p>").status_code == 302
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(admin_user)
    assert send_picture(forged).status_code == send_document(forged, "<p>x</p>").status_code == 403
    assert not Image.objects.exists()


def test_what_is_no_picture_is_refused_with_the_reason(admin_client):
    answer = send_picture(admin_client, SimpleUploadedFile("anh.png", b"<script>"))
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert send_document(admin_client, "<b>" * 100_001).status_code == 400
    assert admin_client.post(reverse("paste_document")).json()["error"].startswith("html: ")


def test_a_document_comes_back_as_blocks_that_the_editor_can_insert(admin_client):
    image = send_picture(admin_client).json()["id"]
    html = (DATA / "libreoffice.html").read_text()
    start, end = html.index("data:image"), html.index('" name="Image1"')
    answer = send_document(admin_client, f"{html[:start]}picture-{image}{html[end:]}").json()
    assert [block["type"] for block in answer["blocks"]] == ["heading", "text", "picture", "table"]
    shown = answer["blocks"][2]["value"]
    assert (shown["image"]["id"], shown["alt_text"]) == (image, "Lễ khai giảng")
    texts = [block["text"] for block in json.loads(answer["blocks"][1]["value"])["blocks"]]
    assert texts == ["Nhà trường mở mười hai lớp trong năm 2026.", "Lớp trung cấp.", "Lớp bồi dưỡng."]
    assert answer["notes"] == []


def test_pictures_that_an_editor_may_not_choose_are_not_shown_to_him(client, contributor, make_image):
    hidden = make_image(collection=Collection.get_first_root_node().add_child(name="Riêng"))
    client.force_login(contributor)
    answer = send_document(client, f"<p>Một.</p><p><img src='picture-{hidden.pk}'></p><p>Hai.</p>").json()
    assert answer["blocks"][1]["value"]["image"] is None
    assert hidden.title not in str(answer)


def test_the_editor_loads_the_script(admin_client, section):
    form = admin_client.get(f"/admin/pages/add/news/articlepage/{section.pk}/").content.decode()
    assert "js/paste-document.js" in form
    assert reverse("paste_document") in form
