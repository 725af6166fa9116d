"""The description of the API: complete, valid, and true to the parameters that are read."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.http import QueryDict
from jsonschema import Draft202012Validator

from api.changes import PARAMETERS as CHANGES_PARAMETERS
from api.content.urls import VIEWS
from search.parameters import MAX_PAGE_SIZE, SEARCH_PARAMETERS, SUGGEST_PARAMETERS, search_query


@pytest.fixture
def document(client) -> dict:
    response = client.get("/api/v1/openapi.json", headers={"Accept": "application/json"})
    assert response.status_code == 200
    return response.json()


def operations(document: dict) -> dict[str, dict]:
    return {operation["operationId"]: operation for path in document["paths"].values() for operation in path.values()}


def parameters(document: dict, operation: str) -> dict[str, dict]:
    return {parameter["name"]: parameter for parameter in operations(document)[operation]["parameters"]}


def test_the_document_is_valid_and_made_without_a_warning(tmp_path: Path):
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(tmp_path / "openapi.yaml"))


def test_the_document_describes_the_public_api_and_nothing_else(document):
    assert document["openapi"].startswith("3.1")
    lists = {f"/api/v1/{name}/" for name in VIEWS}
    assert set(document["paths"]) == {
        "/api/v1/search/",
        "/api/v1/search/suggest/",
        "/api/v1/changes/",
        "/api/v1/pages/find/",
        "/api/v1/site/",
        "/api/v1/images/{id}/renditions/{size}/{format}/",
        *lists,
        *(f"{address}{{id}}/" for address in lists),
    }


def test_the_document_says_what_webhooks_hold(document):
    body = document["webhooks"]["page"]["post"]["requestBody"]["content"]["application/json"]
    message = document["components"]["schemas"][body["schema"]["$ref"].rpartition("/")[2]]
    assert set(message["properties"]) == {"type", "timestamp", "data"}
    assert body["examples"]


def test_every_parameter_that_is_read_is_described(document):
    assert set(parameters(document, "search")) == set(SEARCH_PARAMETERS)
    assert set(parameters(document, "suggest")) == set(SUGGEST_PARAMETERS)
    assert set(parameters(document, "changes")) == set(CHANGES_PARAMETERS)
    assert all(parameter["description"] for parameter in parameters(document, "search").values())


@pytest.mark.parametrize(("name", "view"), VIEWS.items())
def test_every_parameter_of_a_list_is_described(document, name, view):
    described = {item["name"]: item for item in document["paths"][f"/api/v1/{name}/"]["get"]["parameters"]}
    assert set(described) == set(view.parameters())
    assert all(parameter["description"] for parameter in described.values())


def test_the_examples_limits_and_defaults_hold(document):
    described = parameters(document, "search")
    for name, parameter in described.items():
        for example in parameter.get("examples", {}).values():
            query = QueryDict(mutable=True)
            values = example["value"] if isinstance(example["value"], list) else [example["value"]]
            query.setlist(name, values)
            search_query(query)
    size = described["page_size"]["schema"]
    assert size["maximum"] == MAX_PAGE_SIZE
    assert size["default"] == search_query(QueryDict("")).page_size
    assert described["sort"]["schema"]["default"] == search_query(QueryDict("")).sort


@pytest.mark.parametrize("view", VIEWS.values())
def test_nothing_but_the_id_is_promised_where_fields_can_be_chosen(document, view):
    component = document["components"]["schemas"][view.serializer.__name__.removesuffix("Serializer")]
    assert component["required"] == ["id"]
    for name in ("Site", "MenuItem", "MenuLink", "Body", "Author", "Participant", "Sizes"):
        assert "required" not in document["components"]["schemas"][name]


def test_every_answer_has_an_example_that_fits_its_shape(document):
    for name, operation in operations(document).items():
        if name == "get_rendition":  # a redirect, without a body
            continue
        content = operation["responses"]["200"]["content"]["application/json"]
        assert content["examples"]
        for example in content["examples"].values():
            schema = {**content["schema"], "components": document["components"]}
            Draft202012Validator(schema).validate(example["value"])


@pytest.mark.parametrize(("name", "view"), VIEWS.items())
def test_an_example_of_content_names_no_field_that_is_not_there(document, name, view):
    operation = document["paths"][f"/api/v1/{name}/{{id}}/"]["get"]
    (example,) = operation["responses"]["200"]["content"]["application/json"]["examples"].values()
    assert set(example["value"]) <= set(view.serializer().fields)


def test_every_operation_says_and_shows_how_it_refuses(document):
    shape = {"$ref": "#/components/schemas/Problem", "components": document["components"]}
    for name, operation in operations(document).items():
        refusals = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert {"400", "401", "403", "429", "500"} <= set(refusals)
        assert ("404" in refusals) == (name == "find_page" or name.startswith("get_"))
        assert ("406" in refusals) == (name != "get_rendition")  # which has no body
        for status, answer in refusals.items():
            content = answer["content"]["application/problem+json"]
            assert content["schema"]["$ref"] == shape["$ref"]
            for example in content["examples"].values():
                Draft202012Validator(shape).validate(example["value"])
                assert example["value"]["status"] == int(status)
            assert content["examples"]


def test_the_document_takes_no_parameters(client):
    for query in ("lang=vi", "version=%0aSet-Cookie:a=b", "format=yaml"):
        assert client.get(f"/api/v1/openapi.json?{query}").status_code == 400


class Links(HTMLParser):
    """What a page loads, and the code that stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.loaded += [value for name in ("src", "href", "data-schema") if (value := values.get(name))]
        self.inline += [tag] * (tag == "style" or (tag == "script" and "src" not in values))
        self.inline += [name for name in values if name == "style" or name.startswith("on")]


def test_the_interactive_page_loads_only_from_this_site_and_has_no_inline_code(client, settings):
    response = client.get("/api/docs/")
    assert response.status_code == 200
    assert not response.cookies
    assert "://" not in response.text
    page = Links()
    page.feed(response.text)
    assert not page.inline
    assert "/api/v1/openapi.json" in page.loaded
    static = [link.removeprefix(settings.STATIC_URL) for link in page.loaded if link.startswith(settings.STATIC_URL)]
    assert len(static) == 5
    assert all(finders.find(file) for file in static)


def test_the_page_asks_no_other_host_to_validate_the_document():
    script = Path(str(finders.find("api/docs.js"))).read_text()
    assert re.search(r"validatorUrl: null", script)
