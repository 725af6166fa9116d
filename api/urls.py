"""The addresses below /api/."""

from django.urls import path, re_path

from api.errors import nothing_here
from api.preview import PreviewView
from api.schema import DocsView, SchemaView
from api.search import SearchView, SuggestView

app_name = "api"
urlpatterns = [
    path("v1/search/", SearchView.as_view(), name="search"),
    path("v1/search/suggest/", SuggestView.as_view(), name="suggest"),
    path("v1/preview/", PreviewView.as_view(), name="preview"),
    path("v1/openapi.json", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    # Last: the page tree must not be asked for addresses of the API.
    re_path(r"^(?:.*/)?$", nothing_here),
]
