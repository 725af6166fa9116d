"""What the site answers beside Wagtail's page tree."""

from django.urls import path

from home.serving.media import rendition
from home.views import click, search

urlpatterns = [
    path("search/", search, name="search"),
    path("search/click/", click, name="search_click"),
    path("media/images/<path:path>", rendition, name="rendition"),
]
