"""What the API calls the types of pages, and where each of them is found in it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, get_page_models

PREFIX = "/api/v1/"
HOME = "home"  # the type of home pages, which no search finds

# The endpoint of each type that has one of its own; the others are found among all pages.
ENDPOINTS = {
    "article": "articles",
    "event": "events",
    "school": "schools",
    "cluster": "clusters",
    "person": "people",
    "document": "official-documents",
    "section": "sections",
}
_PAGES = "pages"

# The field that holds a type's text, where it has one.
BODIES = {
    "article": "body",
    "event": "body",
    "page": "body",
    "section": "intro",
    "school": "about",
    "person": "about",
}


def models() -> dict[str, Any]:
    """The page types that readers open, by the API's name of the type."""
    return {getattr(model, "search_type", HOME): model for model in get_page_models() if model is not Page}


def names() -> Mapping[int, str]:
    """The API's names of the page types, by their content types."""
    by_model = {model: name for name, model in models().items()}
    return {found.pk: by_model[model] for model, found in ContentType.objects.get_for_models(*by_model).items()}


def api_path(name: str, page_id: int) -> str:
    """Where this API describes a page in full."""
    return f"{PREFIX}{ENDPOINTS.get(name, _PAGES)}/{page_id}/"
