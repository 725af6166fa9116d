"""The description of the API: for machines an OpenAPI document, for people a page that shows it."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.caching import RELEASE, cached, of_code
from search.parameters import refuse_all

# Path, path as a regular expression, method, view.
Endpoint = tuple[str, str, str, Callable[..., Any]]


def public_endpoints(endpoints: list[Endpoint]) -> list[Endpoint]:
    """drf-spectacular's hook: what lies under /api/v1/, and nothing of the admin's own API."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


class SchemaView(SpectacularJSONAPIView):
    """One document for everybody: `lang` and `version`, which drf-spectacular would take, do not exist here."""

    scope = None

    @extend_schema(exclude=True)
    @cached(of_code, RELEASE)
    def get(self, request: Request) -> Response:
        refuse_all(request.query_params)
        return self._get_schema_response(request)


class DocsView(APIView):
    """Swagger UI from our own static files. drf-spectacular's page has inline code, and its script sets a cookie."""

    scope = None
    renderer_classes = [TemplateHTMLRenderer]

    @extend_schema(exclude=True)
    @cached(of_code, RELEASE)
    def get(self, request: Request) -> Response:
        return Response(template_name="api/docs.html")
