"""What the site answers beside Wagtail's page tree."""

from django.urls import path

from home import calendars, feeds, sitemaps
from home.serving.fresh import revalidated
from home.serving.media import rendition
from home.views import click, search

urlpatterns = [
    path("search/", search, name="search"),
    path("search/click/", click, name="search_click"),
    path("media/images/<path:path>", rendition, name="rendition"),
    path("feeds/", revalidated(feeds.ArticlesFeed()), name="feed"),
    path("feeds/sections/<int:section_id>/", revalidated(feeds.SectionFeed()), name="section_feed"),
    path("feeds/tags/<str:slug>/", revalidated(feeds.TagFeed()), name="tag_feed"),
    path("feeds/events.ics", revalidated(calendars.all_events), name="calendar"),
    path("feeds/schools/<int:school_id>/events.ics", revalidated(calendars.events_of_school), name="school_calendar"),
    path("sitemap.xml", revalidated(sitemaps.sitemap), name="sitemap"),
    path("sitemap-<slug:section>.xml", revalidated(sitemaps.sitemap), name="sitemap_part"),
    path("robots.txt", revalidated(sitemaps.robots), name="robots"),
]
