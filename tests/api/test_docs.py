"""docs/api.md shows real requests with their real answers: each is asked of the demo, and every operation is there."""

import json
import re
import shlex
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from home.demo.content import read_demo
from home.demo.loading import load
from search import sequencer

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "api.md").read_text()
EXAMPLE = re.compile(r"```sh\n(curl [^`]*)```\n```(json|http)\n([^`]*)```")
EXAMPLES = EXAMPLE.findall(TEXT)
ROW = re.compile(r"^\| `(/api/v1/[^`]*)` \| (.*) \|$", re.M)
LEFT_OUT = "…"
STRING_OR_GAP = re.compile(rf'("(?:[^"\\]|\\.)*")|{LEFT_OUT}(?=\s*([}}\]]))')
LOADED_AT = {"created_at", "changed_at", "first_published_at"}  # some are of the moment when the demo was loaded


def described() -> dict[str, str]:
    """Every address of the description, with its summary."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return {path: methods["get"]["summary"] for path, methods in paths.items()}


def ask(client: Client, command: str, known: dict[str, str]) -> HttpResponse:
    """What curl would ask; `$ETAG` is what the address answered before."""
    headers = {"Host": "localhost:8000"}
    words = shlex.split(command)[1:]
    address = urlsplit(words.pop())
    for flag, value in pairwise(words):
        if flag == "-H":
            name, text = value.split(": ", 1)
            headers[name] = text.replace("$ETAG", known.get(address.geturl(), ""))
    response = client.get(f"{address.path}?{address.query}", headers=headers)
    known[address.geturl()] = response.headers.get("ETag", "")
    return response


def read(shown: str) -> Any:
    """An answer as it is shown; where something was left out it has the mark."""

    def gap(found: re.Match[str]) -> str:
        return found[1] or (f'"{LEFT_OUT}": null' if found[2] == "}" else f'"{LEFT_OUT}"')

    return json.loads(STRING_OR_GAP.sub(gap, shown))


def differences(shown: Any, said: Any, place: str = "") -> Iterator[str]:
    """Where an answer is not what is shown."""
    match shown, said:
        case dict(), dict():
            names = set(shown) - {LEFT_OUT}
            if not (names < set(said) if LEFT_OUT in shown else names == set(said)):
                yield f"{place} has {sorted(said)}"
            for name in names & set(said):
                yield from differences(shown[name], said[name], f"{place}.{name}")
        case list(), list():
            things = [thing for thing in shown if thing != LEFT_OUT]
            if not (len(things) < len(said) if LEFT_OUT in shown else len(things) == len(said)):
                yield f"{place} has {len(said)} things"
            for number, (one, other) in enumerate(zip(things, said, strict=False)):
                yield from differences(one, other, f"{place}[{number}]")
        case str(), str() if place.rpartition(".")[2] in LOADED_AT:
            if datetime.fromisoformat(shown).tzinfo is None or datetime.fromisoformat(said).tzinfo is None:
                yield f"{place} is {said}"
        case _ if not same(shown, said):
            yield f"{place} is {said!r}"


def same(shown: Any, said: Any) -> bool:
    if not (isinstance(shown, str) and isinstance(said, str)):
        return bool(shown == said)
    return bool(re.fullmatch(".*".join(map(re.escape, shown.split(LEFT_OUT))), said, re.S))


def differs(kind: str, shown: str, response: HttpResponse) -> list[str]:
    if kind == "json":
        return list(differences(read(shown), response.json()))
    status, *headers = shown.strip().splitlines()
    wrong = [] if f" {response.status_code} " in status else [str(response.status_code)]
    pairs = [line.split(": ", 1) for line in headers]
    return wrong + [name for name, value in pairs if not same(value, response.headers.get(name))]


@pytest.mark.embedded  # ids are those of a new portal
@pytest.mark.django_db
def test_every_request_that_is_shown_has_the_answer_that_is_shown(client, drain, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    load(read_demo(), lambda what, done, total: None)
    drain()
    sequencer.drain()
    known: dict[str, str] = {}
    answers = [(command, differs(kind, shown, ask(client, command, known))) for command, kind, shown in EXAMPLES]
    assert len(answers) > 40
    assert [(command, wrong) for command, wrong in answers if wrong] == []


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ('{"a": 1}', {"a": 2}),
        ('{"a": 1}', {"a": 1, "b": 2}),
        ('{"a": 1, …}', {"a": 1}),
        ('{"a": "x…"}', {"a": "yx"}),
        ('{"a": null}', {"a": ""}),
        ("[1, …]", [1]),
        ("[1]", [1, 2]),
        ('[{"a": "… or …"}]', [{"a": "either"}]),
    ],
)
def test_an_answer_that_is_another_is_noticed(shown: str, said: Any) -> None:
    assert list(differences(read(shown), said))


def test_what_is_left_out_may_be_anything() -> None:
    assert not list(differences(read('{"a": [1, …], "b": "x…z", …}'), {"a": [1, 2, 3], "b": "xyz", "c": None}))


def test_every_operation_of_the_description_is_listed_and_nothing_else() -> None:
    assert dict(ROW.findall(TEXT)) == described()


def test_every_operation_is_shown_with_an_answer() -> None:
    asked = [urlsplit(shlex.split(command)[-1]).path for command, _kind, _shown in EXAMPLES]
    for path in described():
        pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", path))
        assert any(pattern.fullmatch(address) for address in asked), path


def test_links_lead_to_headings_that_are_there() -> None:
    for file, heading in re.findall(r"\]\(([\w./]*)#([\w-]+)\)", TEXT):
        headings = re.findall(r"^#+ (.*)$", (DOCS / (file or "api.md")).read_text(), re.M)
        assert heading in {re.sub(r"[^\w -]", "", text).lower().replace(" ", "-") for text in headings}, heading
