"""What the site answers beside Wagtail's page tree."""

from django.urls import path

from home.serving.media import rendition
from home.views import search

urlpatterns = [
    path("search/", search, name="search"),
    path("media/images/<path:path>", rendition, name="rendition"),
]
