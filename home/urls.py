"""What the site answers beside Wagtail's page tree."""

from django.urls import path, re_path

from home import calendars, feeds, sitemaps
from home.listings import archive, archive_month, archive_year, schools, tag
from home.serving.fresh import revalidated
from home.serving.media import rendition
from home.views import accent, click, search

urlpatterns = [
    re_path(r"^accent/(?P<digits>[0-9a-f]{6})\.css$", accent, name="accent"),
    path("archive/", archive, name="archive"),
    path("archive/<int:year>/", archive_year, name="archive_year"),
    path("archive/<int:year>/<int:month>/", archive_month, name="archive_month"),
    path("schools/", schools, name="schools"),
    path("tags/<str:slug>/", tag, name="tag"),
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
