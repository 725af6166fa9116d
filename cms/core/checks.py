"""System checks: what a page type must say of itself before the site starts."""

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, register
from wagtail.models import Page, get_page_models

FORGOTTEN = "core.E001"
UNNAMED = "core.E002"


@register()
def page_types_say_what_is_searchable(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each page type that forgot to say what readers can find of it."""
    return errors_of(model for model in get_page_models() if model is not Page)


def errors_of(models: Iterable[type[Page]]) -> list[CheckMessage]:
    """The errors of these page types."""
    found = (_error_of(model) for model in models)
    return [error for error in found if error]


def _error_of(model: type[Page]) -> CheckMessage | None:
    if not hasattr(model, "search_document"):
        hint = "Define search_document(), or declare search_document = None for a page that is never found."
        return Error(f"{model._meta.label} does not say what is searchable.", hint=hint, obj=model, id=FORGOTTEN)
    if model.search_document is not None and not getattr(model, "search_type", ""):
        hint = "Set search_type to the name of the type in the API, such as 'article'."
        return Error(f"{model._meta.label} has no search_type.", hint=hint, obj=model, id=UNNAMED)
    return None
