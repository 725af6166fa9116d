"""Every address of the API refuses alike: bad parameters by their names, bad keys for what is wrong with them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from api.keys.models import Key, Scope

pytestmark = pytest.mark.django_db
REQUIRED = {"/api/v1/pages/find/": "html_path=/"}
NEEDED = {"/api/v1/search/": Scope.SEARCH, "/api/v1/search/suggest/": Scope.SEARCH, "/api/v1/changes/": Scope.CHANGES}


def described() -> Iterator[tuple[str, set[str]]]:
    """Every address of the description, for the first thing there is, with its parameters."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    for path, methods in paths.items():
        filled = path.replace("{id}", "1").replace("{size}", "small").replace("{format}", "webp")
        yield filled, {parameter["name"] for parameter in methods["get"].get("parameters", [])}


ADDRESSES = dict(described())
STOCK = ["/api/v2/pages/", "/api/v2/images/", "/api/v2/documents/"]


def problem(response, status: int) -> list[str]:
    """The parameters that a refusal names."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["detail"]
    return [error["parameter"] for error in body.get("errors", [])]


def ask(client: Client, address: str, query: str = "", **headers: str):
    return client.get(f"{address}?{'&'.join(filter(None, (REQUIRED.get(address, ''), query)))}", headers=headers)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unknown_parameter_is_named(client: Client, address: str) -> None:
    assert problem(ask(client, address, "colour=red"), 400) == ["colour"]


@pytest.mark.parametrize("address", [address for address, names in ADDRESSES.items() if "fields" in names])
def test_an_unknown_field_is_named(client: Client, address: str) -> None:
    response = ask(client, address, "fields=colour")
    assert problem(response, 400) == ["fields"]
    assert "colour" in response.json()["errors"][0]["detail"]


@pytest.mark.parametrize("address", [address for address, names in ADDRESSES.items() if "page_size" in names])
@pytest.mark.parametrize("size", ["1000000", "0", "many", "1.5"])
def test_a_page_that_is_too_large_or_no_number_is_refused(client: Client, address: str, size: str) -> None:
    assert problem(ask(client, address, f"page_size={size}"), 400) == ["page_size"]


@pytest.mark.parametrize("name", ["cursor", "since"])
def test_a_cursor_of_any_other_list_is_refused(client: Client, whole_site, make_article, drain, name: str) -> None:
    make_article()
    drain()
    others = [
        ask(client, "/api/v1/articles/", "page_size=1").json()["next"].partition("cursor=")[2],
        ask(client, "/api/v1/search/", "page_size=1").json()["next"].partition("cursor=")[2],
        ask(client, "/api/v1/changes/").json()["next"].partition("since=")[2],
    ]
    taking = [address for address, names in ADDRESSES.items() if name in names]
    for address in taking:
        own = ("/articles/" in address, "/search/" in address, "/changes/" in address)
        for cursor in (cursor for cursor, is_own in zip(others, own, strict=True) if not is_own):
            assert problem(ask(client, address, f"{name}={cursor}"), 400) == [name], address


@pytest.fixture
def keys() -> dict[str, str]:
    """Keys that are good for nothing, each in its way."""
    made = {name: Key.objects.make(name=name, scopes=list(Scope.values)) for name in ("revoked", "expired")}
    Key.objects.filter(pk=made["revoked"][0].pk).update(revoked_at=timezone.now())
    Key.objects.filter(pk=made["expired"][0].pk).update(expires_at=timezone.now() - timedelta(days=1))
    return {name: text for name, (_key, text) in made.items()} | {"unknown": "trang_0"}


@pytest.mark.parametrize("address", [*ADDRESSES, *STOCK])
def test_a_key_that_is_no_longer_good_opens_nothing(client: Client, home, keys, address: str) -> None:
    for text in keys.values():
        response = ask(client, address, **{"X-API-Key": text})
        assert problem(response, 401) == []
        assert response["WWW-Authenticate"].startswith("Bearer")
        assert response["Cache-Control"] == "no-store"
        assert text not in response.text


@pytest.mark.parametrize("address", [*ADDRESSES, *STOCK])
def test_a_key_without_the_scope_opens_nothing(client: Client, home, address: str) -> None:
    needed = NEEDED.get(address, Scope.READ)
    _key, text = Key.objects.make(name="Ứng dụng", scopes=[scope for scope in Scope.values if scope != needed])
    response = ask(client, address, Authorization=f"Bearer {text}")
    assert problem(response, 403) == []
    assert needed in response.json()["detail"]


@pytest.mark.parametrize("address", [*ADDRESSES, *STOCK])
def test_a_foreign_origin_gets_no_leave(client: Client, home, address: str) -> None:
    response = ask(client, address, Origin="https://elsewhere.example")
    assert not [name for name in response.headers if name.lower().startswith("access-control-")]
