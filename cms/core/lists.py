"""Pages that list others of one type, a slice at a time."""

from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.query import PageQuerySet


def slice_of(found: PageQuerySet, request: HttpRequest, size: int) -> Slice:
    """The slice that the address asks for by `page`; a nonsensical one gives the nearest."""
    return Paginator(found, size).get_page(request.GET.get("page"))


def address_without_page(request: HttpRequest) -> str:
    """What stands before `page=` in links to other slices: the address's other parameters."""
    parameters: Any = request.GET.copy()
    parameters.pop("page", None)
    return f"{parameters.urlencode()}&" if parameters else ""
