"""Whatever goes wrong under /api/, the answer is a problem (RFC 9457) that says what to mend."""

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils.http import urlencode

from api.errors import server_error
from search.parameters import SEARCH_PARAMETERS

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/search/"
SUGGEST = "/api/v1/search/suggest/"


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the password is hunter2")


# The addresses of a site in which something is broken: see `the_broken_site`.
urlpatterns = [path("api/broken/", fail), path("broken/", fail), path("", include("config.urls"))]
handler500 = server_error


@pytest.fixture
def the_broken_site(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def problem(response: HttpResponse, status: int) -> dict:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert {"type": "about:blank", "status": status}.items() <= body.items()
    assert body["title"]
    assert body["detail"]
    return body


def wrong(response: HttpResponse) -> list[str]:
    errors = problem(response, 400)["errors"]
    assert all(error["detail"] for error in errors)
    return [error["parameter"] for error in errors]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("q", "x" * 257),
        ("q", "thi đua " * 5000),
        ("date_from", "2023-02-31"),
        ("date_to", "31/02/2023"),
        ("sort", "best"),
        ("page_size", "0"),
        ("page_size", "101"),
        ("page_size", "many"),
        ("facets", "type,colour"),
        ("cursor", "forged"),
        ("cursor", "\x00\ud7ff:đ"),
        ("format", "xml"),
        ("Q", "case counts"),
        ("utm_source", "mail"),
    ],
)
def test_a_bad_parameter_of_the_search_is_named(client, engine, parameter, value):
    assert wrong(client.get(SEARCH, {parameter: value})) == [parameter]


@pytest.mark.parametrize(("parameter", "value"), [("q", "x" * 257), ("sort", "newest"), ("limit", "3")])
def test_a_bad_parameter_of_the_suggestions_is_named(client, parameter, value):
    assert wrong(client.get(SUGGEST, {parameter: value})) == [parameter]


def test_days_in_the_wrong_order_are_refused(client):
    assert wrong(client.get(SEARCH, {"date_from": "2023-02-02", "date_to": "2023-02-01"})) == ["date_from"]


def test_all_mistakes_are_named_at_once(client):
    assert set(wrong(client.get(SEARCH, {"sort": "best", "colour": "red", "page_size": "x"}))) == {
        "sort",
        "colour",
        "page_size",
    }


@pytest.mark.parametrize("name", sorted({*SEARCH_PARAMETERS} & {"q", "sort", "page_size", "cursor", "date_from"}))
def test_a_parameter_that_has_one_value_is_refused_when_given_twice(client, name):
    assert wrong(client.get(f"{SEARCH}?{name}=1&{name}=1")) == [name]


def test_more_parameters_than_can_be_read_are_refused(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
    problem(client.get(f"{SEARCH}?{'tag=a&' * 200}"), 400)


@pytest.mark.parametrize("query", ["q=%ED%A0%80", "q=%FF%FE", "q=%00", "q=%", "%00=%00", "%ED%A0%80=1", "q='\"<&;--"])
@pytest.mark.parametrize("address", [SEARCH, SUGGEST, "/search/"])
def test_garbage_is_answered_or_refused_and_never_breaks(client, engine, address, query):
    assert client.get(f"{address}?{query}").status_code in {200, 400}


@pytest.mark.parametrize(
    "text",
    ["😀 👩‍👩‍👧", "\u202eđảo ngược\u202c", "“nháy” 'đơn'", "a\u0301\u0301\u0301" * 60, "title:* AND (", "ﬁ Ǆ ß İ"],
)
def test_strange_texts_are_answered_as_they_were_sent(client, engine, text):
    response = client.get(f"{SEARCH}?{urlencode({'q': text})}")
    assert response.status_code == 200
    assert response.json()["query"]["text"] == text


@pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v1/nothing/", "/api/v1/a.json/", "/api/v9/search/"])
def test_an_unknown_address_is_a_problem(client, address):
    problem(client.get(address), 404)


def test_an_unknown_address_is_a_problem_for_other_methods_too():
    problem(Client(enforce_csrf_checks=True).post("/api/v1/nothing/", {"a": "b"}), 404)


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client):
    response = client.get("/api/v1/search?q=a")
    assert response.status_code == 301
    assert response["Location"] == "/api/v1/search/?q=a"


def test_outside_the_api_an_unknown_address_is_a_page(client):
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("address", [SEARCH, SUGGEST, "/api/v1/openapi.json", "/api/docs/"])
def test_a_method_that_is_not_allowed_is_a_problem_that_names_those_that_are(address):
    response = Client(enforce_csrf_checks=True).post(address, {"q": "a"})
    problem(response, 405)
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("address", [SEARCH, SUGGEST, "/api/v1/openapi.json"])
def test_a_media_type_that_does_not_exist_here_is_a_problem(client, address):
    problem(client.get(address, headers={"Accept": "text/csv"}), 406)


def test_problems_speak_the_language_of_the_request(client):
    english = client.get(SEARCH, {"sort": "best"}, headers={"Accept-Language": "en"})
    assert english["Content-Language"] == "en"
    assert english.json()["errors"] == [
        {"parameter": "sort", "detail": "Choose one of: relevance, newest, oldest, most_read."}
    ]
    assert client.get(SEARCH, {"sort": "best"})["Content-Language"] == "vi"


def test_a_fault_of_ours_is_logged_and_tells_nothing(the_broken_site, caplog):
    with caplog.at_level(logging.ERROR, logger="django.request"):
        response = the_broken_site.get("/api/broken/")
    assert "hunter2" not in str(problem(response, 500))
    assert "hunter2" in caplog.text


def test_a_fault_outside_the_api_is_a_page(the_broken_site):
    response = the_broken_site.get("/broken/")
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")
