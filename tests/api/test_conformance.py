"""The API held against its own description, with whatever schemathesis and hypothesis come up with.

CONFORMANCE_EXAMPLES says with how many requests to each operation.
"""

import os
from urllib.parse import quote

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.content.urls import VIEWS
from search import sequencer

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# The fixtures' site stays as it is from example to example, so that they may share it.
SHARED_SITE = [HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow]
PLAIN = {"Accept-Encoding": "identity"}  # what is compressed schemathesis takes for text all the same
EXAMPLES = int(os.environ.get("CONFORMANCE_EXAMPLES", "15"))


def addresses() -> list[str]:
    """Every address of the description."""
    return list(SchemaGenerator().get_schema(public=True)["paths"])


@pytest.fixture
def api_schema(whole_site, drain) -> schemathesis.BaseSchema:
    """The description as it is served, with a site that has something of everything."""
    drain()
    sequencer.drain()
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.parametrize("address", addresses())
def test_every_answer_is_as_described(api_schema: schemathesis.BaseSchema, address: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SHARED_SITE)
    @given(api_schema[address]["GET"].as_strategy())
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS, headers=PLAIN)

    check()


@pytest.mark.parametrize("name", VIEWS)
def test_what_there_is_is_shown_as_described(client: Client, api_schema: schemathesis.BaseSchema, name: str) -> None:
    """Chance hardly ever finds an id: here are all, in lists and in full."""
    for address, path in [(f"/api/v1/{name}/", {})] + [
        (f"/api/v1/{name}/{{id}}/", {"id": result["id"]}) for result in client.get(f"/api/v1/{name}/").json()["results"]
    ]:
        api_schema[address]["GET"].Case(path_parameters=path).call_and_validate(checks=CHECKS, headers=PLAIN)


@pytest.mark.parametrize("address", ["/api/v1/search/", "/api/v1/search/suggest/", "/search/"])
def test_any_text_is_answered_or_refused(client: Client, make_article, drain, address: str) -> None:
    make_article(title="Hội nghị tổng kết")
    drain()

    @settings(max_examples=60, deadline=None, suppress_health_check=SHARED_SITE)
    @given(st.text(st.characters(), max_size=300))  # lone surrogates, too
    def check(text: str) -> None:
        response = client.get(f"{address}?q={quote(text.encode('utf-8', 'surrogatepass'))}")
        assert response.status_code in {200, 400}

    check()
