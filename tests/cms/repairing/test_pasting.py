"""What an editor pastes is sent here by the admin's script, and comes back in Unicode."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse


def paste(client, **values):
    return client.post(reverse("repair_pasted"), values)


def test_html_and_text_come_back_in_unicode(admin_client):
    answer = paste(admin_client, html='<p><font face=".VnTime">cã</font></p>', text="cã").json()
    assert answer == {"html": '<p><font face=".VnTime">có</font></p>', "text": "có", "encoding": "TCVN3 (ABC)"}


def test_plain_text_alone_is_repaired(admin_client):
    assert paste(admin_client, text="§éi thñ cña tr­êng").json()["text"] == "Đội thủ của trường"


def test_sound_text_comes_back_as_it_went(admin_client):
    answer = paste(admin_client, html="<b>Đội thủ</b>", text="Đội thủ").json()
    assert answer == {"html": "<b>Đội thủ</b>", "text": "Đội thủ", "encoding": None}


def test_only_who_may_enter_the_admin_may_ask(client, django_user_model):
    assert paste(client, text="x").status_code == 302
    client.force_login(django_user_model.objects.create_user("reader"))
    assert paste(client, text="x").status_code == 302
    assert paste(client, text="x").url != reverse("repair_pasted")


def test_another_site_cannot_ask_in_an_editors_name(admin_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    assert paste(client, text="x").status_code == 403


def test_it_is_asked_by_post_only(admin_client):
    assert admin_client.get(reverse("repair_pasted")).status_code == 405


@pytest.mark.django_db
def test_the_editor_loads_the_script_which_knows_the_address(admin_client, section):
    form = admin_client.get(f"/admin/pages/add/news/articlepage/{section.pk}/").content.decode()
    assert f'data-address="{reverse("repair_pasted")}"' in form
    assert "js/paste" in form
    assert finders.find("js/paste.js")
