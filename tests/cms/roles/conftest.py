"""People with a role, each with a client of their own, and the forms that they send."""

import itertools
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client

from cms.core.models import User
from cms.roles.models import PortalGroup
from cms.schools.models import SchoolGroup, SchoolPage


class FormValues(HTMLParser):
    """What a browser would send of the forms of a page, buttons apart."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        match tag:
            case "input" if name and given.get("type") not in {"checkbox", "radio", "submit"}:
                self.values[name] = value
            case "input" if name and "checked" in given:
                self.values[name] = value or "on"
            case "textarea":
                self._area = name
                self.values[name] = ""
            case "select":
                self._select = name
            case "option" if self._select and "selected" in given:
                self.values[self._select] = value

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._select = ""


def form_of(client: Client, address: str) -> dict[str, str]:
    """The values of the form at an address, as the client sees it."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    parser = FormValues()
    parser.feed(answer.content.decode())
    return parser.values | {"body-count": "0"}  # the blocks are the editor's script's


@pytest.fixture
def make_person_with(db: None) -> Callable[..., User]:
    """Makes somebody with a role: of the portal, or of a `school`."""
    numbers = itertools.count(1)

    def make(role: str, school: SchoolPage | None = None, **fields: str) -> User:
        known = SchoolGroup.objects.get(school=school, role=role) if school else PortalGroup.objects.get(role=role)
        name = f"{role}-{next(numbers)}"
        user = User.objects.create_user(name, **({"email": f"{name}@truong.example"} | fields))
        user.groups.add(known.group)
        return user

    return make


@pytest.fixture
def desk_of(make_person_with: Callable[..., User]) -> Callable[..., Client]:
    """Somebody with a role at the desk: a client that is logged in; `client.user` is who."""

    def make(role: str, school: SchoolPage | None = None) -> Client:
        client = Client()
        client.user = make_person_with(role, school)
        client.force_login(client.user)
        return client

    return make
