"""Wagtail's API that writes: not there unless it is wanted, and then for bearers of a token alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import include, path
from wagtail.models import APIToken

from api import manage

ROOT = Path(__file__).resolve().parents[3]
urlpatterns = [path("api/manage/", manage.urls), path("", include("config.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def operations() -> list[tuple[str, str]]:
    """Every operation that Wagtail describes, and its description."""
    paths = manage.api.get_openapi_schema(path_prefix="/api/manage/")["paths"]
    described = [(method, address) for address, methods in paths.items() for method in methods]
    return [*described, ("get", "/api/manage/docs/"), ("get", "/api/manage/openapi.json")]


def call(client: Client, method: str, address: str, **headers: str):
    filled = address.replace("{", "").replace("}", "")
    for name in ("page_id", "revision_id", "site_id", "redirect_id", "image_id", "document_id", "id", "pk"):
        filled = filled.replace(name, "1")
    return getattr(client, method)(filled, {}, content_type="application/json", headers=headers)


def test_every_operation_reads_and_descriptions_too_is_refused_without_a_token(
    client: Client, admin_client: Client
) -> None:
    assert len(operations()) > 20
    for method, address in operations():
        for one, headers in (
            (client, {}),
            (admin_client, {}),  # a session counts nothing
            (client, {"Authorization": "Bearer wagtail_nonsense"}),
            (client, {"Authorization": "Basic dHJhbmc6dHJhbmc="}),
        ):
            response = call(one, method, address, **headers)
            assert response.status_code == 401, (method, address)
            assert response["Content-Type"] == "application/problem+json"
            assert response["WWW-Authenticate"] == "Bearer"
            assert response["Cache-Control"] == "no-store"


@pytest.fixture
def token(admin_user) -> str:
    return APIToken.create_token(user=admin_user, name="Công cụ")[1]


def test_a_token_reads_and_writes_as_its_user(client: Client, token: str, section) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/manage/whoami/", headers=headers).status_code == 200
    assert client.get("/api/manage/openapi.json", headers=headers).status_code == 200
    changed = client.patch(
        f"/api/manage/pages/{section.pk}/",
        {"type": "news.NewsIndexPage", "title": "Tin mới"},
        content_type="application/json",
        headers=headers,
    )
    assert changed.status_code in {200, 422}, changed.content
    assert changed["Cache-Control"] == "no-store"


def test_a_revoked_token_and_one_of_a_disabled_user_are_refused(client: Client, token: str, admin_user) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    admin_user.is_active = False
    admin_user.save()
    assert client.get("/api/manage/whoami/", headers=headers).status_code == 401
    admin_user.is_active = True
    admin_user.save()
    APIToken.objects.get().revoke()
    assert client.get("/api/manage/whoami/", headers=headers).status_code == 401


def test_a_key_of_the_reading_api_opens_nothing_here(client: Client, make_key) -> None:
    _, text = make_key()
    assert client.get("/api/manage/pages/", headers={"Authorization": f"Bearer {text}"}).status_code == 401


LOADED = """
import sys, django
django.setup()
from django.urls import resolve
print(resolve("/api/manage/whoami/").func.__name__, "api.manage" in sys.modules)
"""


@pytest.mark.parametrize(("setting", "said"), [("", "nothing_here False"), ("yes", "sync_view_wrapper True")])
def test_unless_it_is_switched_on_it_is_not_even_imported(tmp_path: Path, setting: str, said: str) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATA_DIR": str(tmp_path),
        "API_MANAGE": setting,
    }
    run = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert run.stdout.strip() == said, run.stderr
