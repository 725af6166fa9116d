"""The site closed for work on it."""

import pytest
from django.test import Client


@pytest.fixture
def closed(settings, section):
    settings.MAINTENANCE = True


@pytest.mark.parametrize("address", ["/", "/tin-tuc/", "/khong-co/", "/api/v1/search/?q=a"])
def test_readers_and_apps_are_told_to_come_back(closed, address):
    answer = Client().get(address)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "300", "no-store")


def test_in_the_language_of_the_address(closed):
    assert "Closed for a moment" in Client().get("/en/tin-tuc/").content.decode()
    assert "bảo trì" in Client().get("/tin-tuc/").content.decode()


def test_the_admin_and_those_who_watch_go_on(closed):
    assert Client().get("/admin/login/").status_code == 200
    assert Client().get("/livez").status_code == 200


def test_a_kept_page_is_not_shown_either(settings, section):
    settings.PAGES_KEPT_FOR = 600
    assert Client().get("/tin-tuc/").status_code == 200
    settings.MAINTENANCE = True
    assert Client().get("/tin-tuc/").status_code == 503
    settings.MAINTENANCE = False
    assert Client().get("/tin-tuc/").status_code == 200
