"""The number of an official document is looked at while it is typed, and when it is saved."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from wagtail import hooks
from wagtail.models import Page

from cms.documents.desk import about_number, warn_of_doubles
from cms.documents.models import OfficialDocumentPage


@hooks.register("register_admin_urls")
def number_address() -> list[Any]:
    return [path("document-number/", about_number, name="document_number")]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def look_for_doubles(request: HttpRequest, page: Page) -> None:
    if isinstance(page, OfficialDocumentPage):
        warn_of_doubles(request, page)
