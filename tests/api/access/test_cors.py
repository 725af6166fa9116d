"""Scripts of other sites: those that are named may read, others get an answer that no browser gives them."""

import pytest
from django.conf import settings as configured
from django.test import Client

SEARCH = "/api/v1/search/"
APP = "https://app.example.vn"
STRANGER = "https://elsewhere.example"

pytestmark = pytest.mark.django_db


def allowed(response) -> list[str]:
    return [name for name in response.headers if name.lower().startswith("access-control-")]


@pytest.fixture
def named(settings) -> None:
    """As where CORS_ALLOWED_ORIGINS names the app."""
    settings.CORS_ALLOWED_ORIGINS = [APP]
    middleware = list(configured.MIDDLEWARE)
    middleware.insert(middleware.index("api.access.Access"), "corsheaders.middleware.CorsMiddleware")
    settings.MIDDLEWARE = middleware


def preflight(client: Client, origin: str, headers: str = "x-api-key", address: str = SEARCH):
    asked = {"Origin": origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": headers}
    return client.options(address, headers=asked)


def test_without_origins_that_are_named_there_is_nothing_of_it(client: Client) -> None:
    for response in (client.get(SEARCH, headers={"Origin": APP}), preflight(client, APP)):
        assert allowed(response) == []
        assert "origin" not in response["Vary"].lower()


def test_an_origin_that_is_named_may_read_the_answer_and_its_limits(client: Client, named) -> None:
    response = client.get(SEARCH, headers={"Origin": APP})
    assert response["Access-Control-Allow-Origin"] == APP
    assert {"etag", "ratelimit", "retry-after"} <= set(response["Access-Control-Expose-Headers"].split(", "))
    assert not response.has_header("Access-Control-Allow-Credentials")
    assert "origin" in response["Vary"].lower()


def test_refusals_can_be_read_by_it_too(client: Client, named) -> None:
    response = client.get(SEARCH, headers={"Origin": APP, "X-API-Key": "trang"})
    assert response.status_code == 401
    assert response["Access-Control-Allow-Origin"] == APP


def test_a_foreign_origin_gets_no_leave(client: Client, named) -> None:
    for response in (client.get(SEARCH, headers={"Origin": STRANGER}), preflight(client, STRANGER)):
        assert allowed(response) == []
        assert "origin" in response["Vary"].lower()


@pytest.mark.parametrize("origin", [f"{APP}.evil.example", "http://app.example.vn", "null", f"{APP}:8443"])
def test_what_only_looks_like_the_origin_gets_no_leave(client: Client, named, origin: str) -> None:
    assert allowed(client.get(SEARCH, headers={"Origin": origin})) == []


def test_a_preflight_is_answered_with_what_may_be_sent(client: Client, named) -> None:
    response = preflight(client, APP, "authorization,if-none-match,x-api-key")
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == APP
    assert {"authorization", "if-none-match", "x-api-key"} <= set(response["Access-Control-Allow-Headers"].split(", "))
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Max-Age"] == "3600"


@pytest.mark.parametrize("address", ["/", "/admin/login/", "/api/manage/pages/"])
def test_only_what_reads_the_api_is_open(client: Client, named, home, address: str) -> None:
    assert allowed(client.get(address, headers={"Origin": APP})) == []
