"""What cannot be asked is refused by name, and what is not there is a problem, too."""

import pytest

from api.content.urls import VIEWS
from search.parameters import MAX_PAGE_SIZE

pytestmark = pytest.mark.django_db


def wrong(response, status=400):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    return [error["parameter"] for error in response.json().get("errors", [])]


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("colour", "red"),
        ("page_size", "0"),
        ("page_size", "1000000"),
        ("page_size", str(MAX_PAGE_SIZE + 1)),
        ("cursor", "forged"),
        ("sort", "colour"),
        ("id", "seven"),
        ("id", "99999999999"),
        ("fields", "colour"),
        ("fields", "id,,"),
        ("fields", "id("),
        ("fields", "id.id"),
        ("fields", "id)"),
        ("format", "xml"),
    ],
)
def test_a_bad_parameter_is_named(client, name, parameter, value):
    assert wrong(client.get(f"/api/v1/{name}/", {parameter: value})) == [parameter]


@pytest.mark.parametrize(
    ("name", "parameter", "value"),
    [
        ("articles", "published_at__gte", "yesterday"),
        ("articles", "published_at__gte", "2023-02-31"),
        ("articles", "published_at__lt", "2023-11-10T25:00:00+07:00"),
        ("articles", "published_at__lt", "0001-01-01T00:00:00Z"),
        ("articles", "on", "10/11/2023"),
        ("articles", "year", "23"),
        ("articles", "child_of", "-1"),
        ("articles", "search", "x" * 257),
        ("articles", "fields", "cover(renditions(small(gif)))"),
        ("articles", "fields", "a" * 2_001),
        ("articles", "fields", "cover(" * 50),
        ("articles", "fields", "cover." * 50 + "id"),
        ("events", "coming", "soon"),
        ("events", "starts_at__near", "2023-11-10"),
        ("official-documents", "kind", "thư"),
        ("official-documents", "issued_on__gte", "2023-11-10T00:00:00Z"),
        ("pages", "type", "user"),
        ("images", "search", "a"),
    ],
)
def test_a_bad_filter_is_named(client, name, parameter, value):
    assert wrong(client.get(f"/api/v1/{name}/", {parameter: value})) == [parameter]


def test_an_unknown_field_is_refused_by_its_whole_name(client):
    response = client.get("/api/v1/articles/?fields=cover.colour", headers={"Accept-Language": "en"})
    assert "“cover.colour”" in response.json()["errors"][0]["detail"]


def test_all_mistakes_are_named_at_once(client):
    response = client.get("/api/v1/articles/?sort=x&colour=red&on=today&page_size=no")
    assert set(wrong(response)) == {"sort", "colour", "on", "page_size"}


def test_a_cursor_of_another_question_is_refused(client, make_article):
    for _ in range(3):
        make_article(tags=["Thi đua"])
    cursor = client.get("/api/v1/articles/?page_size=1&tag=thi-đua").json()["next"].split("cursor=")[1]
    for question in ("articles/?page_size=1", "articles/?tag=thi-đua&sort=title", "pages/?page_size=1"):
        joint = "&" if "?" in question else "?"
        assert wrong(client.get(f"/api/v1/{question}{joint}cursor={cursor}")) == ["cursor"]
    assert client.get(f"/api/v1/articles/?tag=thi-đua&cursor={cursor}").status_code == 200


def test_a_search_takes_no_other_order(client, engine):
    assert wrong(client.get("/api/v1/articles/?search=a&sort=title")) == ["sort"]


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("key", ["0", "999999", "99999999999999999999"])
def test_what_is_not_there_is_a_problem(client, name, key):
    assert wrong(client.get(f"/api/v1/{name}/{key}/"), 404) == []


@pytest.mark.parametrize("name", VIEWS)
def test_details_take_no_filters(client, name):
    assert wrong(client.get(f"/api/v1/{name}/1/?sort=title")) == ["sort"]


@pytest.mark.parametrize("address", [*(f"{name}/" for name in VIEWS), "articles/1/", "pages/find/", "site/"])
def test_nothing_can_be_written_and_nothing_but_json_be_had(client, address):
    assert wrong(client.post(f"/api/v1/{address}", {"title": "x"}), 405) == []
    assert wrong(client.get(f"/api/v1/{address}", headers={"Accept": "text/csv"}), 406) == []


def test_a_path_is_demanded_where_a_page_is_looked_for(client):
    assert wrong(client.get("/api/v1/pages/find/")) == ["html_path"]
    assert wrong(client.get("/api/v1/pages/find/?html_path=/a/&html_path=/b/")) == ["html_path"]
    assert wrong(client.get("/api/v1/pages/find/", {"html_path": "/" + "a" * 2_000})) == ["html_path"]
    assert wrong(client.get("/api/v1/pages/find/?html_path=/a/&colour=red")) == ["colour"]
