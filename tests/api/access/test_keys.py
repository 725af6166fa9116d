"""Who bears a key is let in as far as the key is good; everybody else is told what is wrong with it, and no more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.keys.models import Key, Scope

SEARCH = "/api/v1/search/"
MakeKey = Callable[..., tuple[Key, str]]

pytestmark = pytest.mark.django_db


def ask(client: Client, address: str = SEARCH, **headers: str):
    return client.get(address, headers=headers)


def refused(response, status: int) -> str:
    """The reason of a refusal, which nobody may keep."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store" or status == 403
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    return body["detail"]


@pytest.mark.parametrize("header", ["Authorization", "X-API-Key"])
def test_a_key_lets_in_by_either_header(client: Client, make_key: MakeKey, header: str) -> None:
    _, text = make_key()
    response = ask(client, **{header: f"Bearer {text}" if header == "Authorization" else text})
    assert response.status_code == 200
    assert response["Cache-Control"].startswith(("private", "no-store"))
    assert {"Authorization", "X-API-Key", "Accept"} <= {name.strip() for name in response["Vary"].split(",")}


def test_nothing_kept_of_a_key_tells_its_text(make_key: MakeKey) -> None:
    key, text = make_key()
    secret = text.rpartition("_")[2]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Key._meta.db_table}")
        assert secret not in str(cursor.fetchall())
    assert secret not in str(key)
    assert Key.objects.find(text) == key


def test_two_keys_have_nothing_in_common(make_key: MakeKey) -> None:
    (one, first), (other, second) = make_key(), make_key()
    assert one.prefix != other.prefix
    assert one.digest != other.digest
    assert Key.objects.find(f"{one.prefix}_{second.rpartition('_')[2]}") is None
    assert Key.objects.find(f"{first}0") is None


@pytest.mark.parametrize(
    "value",
    ["Bearer", "Bearer ", "Basic dHJhbmc6dHJhbmc=", "trang", "Bearer trang_0_0", "Bearer khóa", "Bearer a b"],
)
def test_what_is_no_key_is_refused(client: Client, value: str) -> None:
    response = ask(client, Authorization=value)
    assert "Authorization" in refused(response, 401)
    assert response["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("text", ["", "trang_000000000000_" + "0" * 48, "x" * 5000, "' OR 1=1 --"])
def test_an_unknown_key_is_refused_with_the_header_that_holds_it(client: Client, text: str) -> None:
    reason = refused(ask(client, **{"X-API-Key": text}), 401)
    assert "X-API-Key" in reason
    assert not text or text not in reason


def test_two_keys_in_one_request_are_refused(client: Client, make_key: MakeKey) -> None:
    _, text = make_key()
    refused(ask(client, **{"X-API-Key": text, "Authorization": f"Bearer {text}"}), 401)


def test_a_revoked_key_is_refused_from_the_next_request_on(client: Client, make_key: MakeKey) -> None:
    key, text = make_key()
    assert ask(client, **{"X-API-Key": text}).status_code == 200
    key.revoke()
    assert "revoked" in refused(ask(client, **{"X-API-Key": text, "Accept-Language": "en"}), 401)


def test_an_expired_key_is_refused_with_the_day(client: Client, make_key: MakeKey) -> None:
    end = timezone.now() - timedelta(seconds=1)
    _, text = make_key(expires_at=end)
    assert timezone.localtime(end).date().isoformat() in refused(ask(client, **{"X-API-Key": text}), 401)
    _, text = make_key(expires_at=timezone.now() + timedelta(minutes=1))
    assert ask(client, **{"X-API-Key": text}).status_code == 200


def test_a_key_without_the_scope_is_refused_with_the_scope_it_lacks(client: Client, make_key: MakeKey) -> None:
    _, text = make_key(scopes=[Scope.READ])
    reason = refused(ask(client, **{"X-API-Key": text}), 403)
    assert "search" in reason


def test_a_key_in_the_address_is_an_unknown_parameter(client: Client, make_key: MakeKey) -> None:
    _, text = make_key()
    response = client.get(SEARCH, {"api_key": text})
    assert response.status_code == 400
    assert text not in response.content.decode()


def test_a_setting_closes_the_api_to_those_without_a_key(client: Client, make_key: MakeKey, settings) -> None:
    settings.API_KEYS_REQUIRED = True
    response = ask(client)
    assert "X-API-Key" in response.json()["detail"]
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    _, text = make_key()
    assert ask(client, **{"X-API-Key": text}).status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "/api/docs/"])
def test_the_description_is_open_even_then(client: Client, settings, address: str) -> None:
    settings.API_KEYS_REQUIRED = True
    assert ask(client, address).status_code == 200


def test_the_use_of_a_key_is_noted_once_an_hour(client: Client, make_key: MakeKey) -> None:
    key, text = make_key()
    ask(client, **{"X-API-Key": text})
    key.refresh_from_db()
    assert key.last_used_at
    with CaptureQueriesContext(connection) as queries:
        ask(client, **{"X-API-Key": text})
    assert not [query for query in queries if query["sql"].startswith("UPDATE")]
    Key.objects.update(last_used_at=timezone.now() - Key.NOTE_USE_EVERY)
    ask(client, **{"X-API-Key": text})
    key.refresh_from_db()
    assert timezone.now() - key.last_used_at < timedelta(minutes=1)


def test_outside_the_api_keys_mean_nothing(client: Client, home) -> None:
    response = client.get("/", headers={"Authorization": "Bearer nonsense"})
    assert response.status_code == 200
    assert "RateLimit" not in response
