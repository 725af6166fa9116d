"""What breaks an app and what does not, tried on the API's own description."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from api.management.commands.openapi import released, written
from api.promises import broken, promised

Document = dict[str, Any]
ARTICLES = "/api/v1/articles/"


@pytest.fixture(scope="module")
def document() -> Document:
    return json.loads(written().read_text())


@pytest.fixture
def now(document: Document) -> Document:
    """The description, to be changed."""
    return deepcopy(document)


def shape(document: Document, name: str) -> Document:
    return document["components"]["schemas"][name]


def articles(document: Document) -> Document:
    return document["paths"][ARTICLES]["get"]


def parameter(document: Document, name: str, path: str = ARTICLES) -> Document:
    (found,) = (item for item in document["paths"][path]["get"]["parameters"] if item["name"] == name)
    return found


def put(part: Document, **values: Any) -> None:
    part.update(values)


BREACHES: dict[str, Callable[[Document], object]] = {
    f"GET {ARTICLES} is gone": lambda now: now["paths"].pop(ARTICLES),
    f"GET {ARTICLES} is called articles now, not list_articles": lambda now: put(articles(now), operationId="articles"),
    f"GET {ARTICLES} needs a key now": lambda now: put(articles(now), security=[{"bearer": []}]),
    f"GET {ARTICLES} ?tag is gone": lambda now: articles(now)["parameters"].remove(parameter(now, "tag")),
    f"GET {ARTICLES} ?tag is required now": lambda now: put(parameter(now, "tag"), required=True),
    f"GET {ARTICLES} ?key is required now": lambda now: articles(now)["parameters"].append(
        {"in": "query", "name": "key", "required": True, "schema": {"type": "string"}}
    ),
    f"GET {ARTICLES} ?tag is written otherwise: explode": lambda now: put(parameter(now, "tag"), explode=False),
    f"GET {ARTICLES} ?tag[] may not be string any more": lambda now: put(
        parameter(now, "tag")["schema"], items={"type": "integer"}
    ),
    f"GET {ARTICLES} ?page_size may not be of maximum 100 any more": lambda now: put(
        parameter(now, "page_size")["schema"], maximum=50
    ),
    f"GET {ARTICLES} ?page_size may not be of minimum 1 any more": lambda now: put(
        parameter(now, "page_size")["schema"], minimum=5
    ),
    f"GET {ARTICLES} ?page_size is no longer 20 where it is not given": lambda now: put(
        parameter(now, "page_size")["schema"], default=10
    ),
    f"GET {ARTICLES} ?sort may not be -title any more": lambda now: parameter(now, "sort")["schema"]["enum"].remove(
        "-title"
    ),
    f"GET {ARTICLES} 200 is gone": lambda now: articles(now)["responses"].pop("200"),
    f"GET {ARTICLES} 200 is no application/json any more": lambda now: articles(now)["responses"]["200"]["content"].pop(
        "application/json"
    ),
    f"GET {ARTICLES} 200 may be Article now": lambda now: put(
        articles(now)["responses"]["200"]["content"]["application/json"],
        schema={"$ref": "#/components/schemas/Article"},
    ),
    "webhook page is gone": lambda now: now["webhooks"].pop("page"),
    "FocalPoint is gone": lambda now: now["components"]["schemas"].pop("FocalPoint"),
    "Article.summary is gone": lambda now: shape(now, "Article")["properties"].pop("summary"),
    "Article.reads may be string now": lambda now: put(shape(now, "Article")["properties"]["reads"], type="string"),
    "Article.title may be null now": lambda now: put(
        shape(now, "Article")["properties"]["title"], type=["string", "null"]
    ),
    "Article.published_at may be string (date) now": lambda now: put(
        shape(now, "Article")["properties"]["published_at"], format="date"
    ),
    "Article.cover may be Thumbnail now": lambda now: shape(now, "Article")["properties"]["cover"]["oneOf"].append(
        {"$ref": "#/components/schemas/Thumbnail"}
    ),
    "Result.title may be missing now": lambda now: shape(now, "Result")["required"].remove("title"),
    "ChangeKind may be moved now": lambda now: shape(now, "ChangeKind")["enum"].append("moved"),
    "ChangeKind may be anything now": lambda now: shape(now, "ChangeKind").pop("enum"),
    "TextBlock.type may be prose now": lambda now: put(shape(now, "TextBlock")["properties"]["type"], const="prose"),
    "Message.type may be page.moved now": lambda now: shape(now, "Message")["properties"]["type"]["enum"].append(
        "page.moved"
    ),
}

HARMLESS: dict[str, Callable[[Document], object]] = {
    "a new operation": lambda now: put(now["paths"], **{"/api/v1/news/": {"get": articles(now)}}),
    "a new parameter": lambda now: articles(now)["parameters"].append(
        {"in": "query", "name": "colour", "schema": {"type": "string"}}
    ),
    "a wider choice to send": lambda now: parameter(now, "sort")["schema"]["enum"].append("reads"),
    "any value instead of some": lambda now: parameter(now, "sort")["schema"].pop("enum"),
    "a wider limit": lambda now: put(parameter(now, "page_size")["schema"], maximum=500),
    "no limit": lambda now: parameter(now, "page_size")["schema"].pop("maximum"),
    "a new field": lambda now: put(shape(now, "Article")["properties"], colour={"type": "string"}),
    "a field that is always there now": lambda now: shape(now, "Article")["required"].append("title"),
    "a field that is never null now": lambda now: put(shape(now, "Article")["properties"]["changed_at"], type="string"),
    "a narrower choice to receive": lambda now: shape(now, "ClusterMemberRole")["enum"].pop(),
    "a new shape": lambda now: put(now["components"]["schemas"], Colour={"type": "string"}),
    "a kind of block, which apps pass over": lambda now: shape(now, "Block")["oneOf"].append(
        {"$ref": "#/components/schemas/Colour"}
    ),
    "one refusal less": lambda now: articles(now)["responses"].pop("406"),
    "other words": lambda now: put(articles(now), summary="Articles", description="All of them."),
}


@pytest.mark.parametrize(("breach", "change"), BREACHES.items(), ids=BREACHES)
def test_what_breaks_an_app_is_named(document: Document, now: Document, breach: str, change: Any) -> None:
    change(now)
    assert breach in broken(promised(document), now)


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_breaks_no_app_is_let_through(document: Document, now: Document, change: Any) -> None:
    change(now)
    assert now != document
    assert broken(promised(document), now) == []


def test_fields_with_the_names_of_prose_are_promised_too() -> None:
    field = {"type": "string", "description": "In a few words."}
    of_people = {"summary": "An article", "properties": {"summary": field, "properties": field}}
    kept = {"type": "string"}
    assert promised(of_people) == {"properties": {"summary": kept, "properties": kept}}


def test_the_file_is_what_the_server_says_in_any_language(client: Client, document: Document) -> None:
    for language in ("vi", "en"):
        answer = client.get("/api/v1/openapi.json", headers={"Accept-Language": language})
        assert answer.json() == document, "docs/openapi.json is not up to date: make openapi"


def test_the_api_keeps_what_the_last_release_has_promised(document: Document) -> None:
    assert broken(json.loads(released().read_text()), document) == []


def test_operations_take_no_bodies_which_would_not_be_compared(document: Document) -> None:
    for methods in document["paths"].values():
        assert set(methods) == {"get"}
        assert "requestBody" not in methods["get"]


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Another place for the files, with nothing in it."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    return tmp_path


def test_the_command_writes_the_same_files_each_time(document: Document, folder: Path) -> None:
    texts = []
    for _ in range(2):
        call_command("openapi", release=True)
        texts.append((written().read_text(), released().read_text()))
    assert texts[0] == texts[1]
    assert json.loads(texts[0][0]) == document
    assert json.loads(texts[0][1]) == promised(document)


def test_without_a_release_nothing_new_is_promised(folder: Path) -> None:
    call_command("openapi", stdout=StringIO())
    assert written().exists()
    assert not released().exists()


def test_the_command_refuses_to_break_a_promise_and_names_it(document: Document, now: Document, folder: Path) -> None:
    put(shape(now, "Article")["properties"], colour={"type": "string"})
    before = json.dumps(promised(now))
    released().write_text(before)
    with pytest.raises(CommandError, match=re.escape("Article.colour is gone")):
        call_command("openapi", release=True)
    assert released().read_text() == before
    assert not written().exists()
