"""Feeds of articles (Atom): of the whole site, of a section, of a tag."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from taggit.models import Tag
from wagtail.models import Page, Site

from cms.core.visibility import open_to_all
from cms.events.models import EventIndexPage
from cms.news.models import ArticlePage, NewsIndexPage
from cms.schools.models import SchoolPage
from home.surroundings import name_of

NEWEST = 50  # articles in a feed


class ArticlesFeed(Feed):
    """The newest articles below the site's home page. Subclasses choose among them in `get_object`."""

    feed_type = Atom1Feed
    language = settings.LANGUAGE_CODE  # the articles', whoever asks

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the methods below need to know: the site, what to call the feed, and its articles."""
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        name = name_of(site)
        return {
            "request": request,
            "name": name,
            "page": site.root_page,
            "articles": open_to_all(ArticlePage.objects.descendant_of(site.root_page)),
        }

    def title(self, feed: dict[str, Any]) -> str:
        return feed["name"]

    def link(self, feed: dict[str, Any]) -> str:
        return feed["page"].get_full_url(feed["request"])

    def feed_url(self, feed: dict[str, Any]) -> str:
        return feed["request"].path

    def feed_guid(self, feed: dict[str, Any]) -> str:
        return feed["request"].build_absolute_uri(feed["request"].path)

    def author_name(self, feed: dict[str, Any]) -> str:
        return feed["name"]

    def items(self, feed: dict[str, Any]) -> list[ArticlePage]:
        articles = feed["articles"].newest_first().defer("body")[:NEWEST]
        found = list(articles.prefetch_related("authors", "tagged_items__tag"))
        for article in found:
            article.address = article.get_full_url(feed["request"])  # the request remembers the sites' roots
        return found

    def item_title(self, article: ArticlePage) -> str:
        return article.title  # plain text in Atom, unlike in RSS

    def item_description(self, article: ArticlePage) -> str:
        return escape(article.summary)  # HTML in Atom

    def item_link(self, article: ArticlePage) -> str:
        return article.address

    def item_pubdate(self, article: ArticlePage) -> datetime:
        return timezone.localtime(article.published_at)

    def item_updateddate(self, article: ArticlePage) -> datetime:
        return timezone.localtime(article.last_published_at or article.published_at)

    def item_guid(self, article: ArticlePage) -> str:
        """Stays when the article's address changes (RFC 4151)."""
        return f"tag:{urlsplit(article.address).hostname},2026:page-{article.pk}"

    def item_author_name(self, article: ArticlePage) -> str | None:
        return ", ".join(author.name for author in article.authors.all()) or None

    def item_categories(self, article: ArticlePage) -> list[str]:
        return [tag.name for tag in article.search_tags()]


class SectionFeed(ArticlesFeed):
    """The newest articles in a section and below it."""

    def get_object(self, request: HttpRequest, *args: Any, section_id: int, **kwargs: Any) -> dict[str, Any]:
        feed = super().get_object(request)
        section = get_object_or_404(open_to_all(NewsIndexPage.objects.descendant_of(feed["page"])), pk=section_id)
        articles = feed["articles"].descendant_of(section)
        return {**feed, "name": f"{section.title} – {feed['name']}", "page": section, "articles": articles}


class TagFeed(ArticlesFeed):
    """The newest articles with a tag. A tag that only closed articles bear does not exist."""

    def get_object(self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> dict[str, Any]:
        feed = super().get_object(request)
        tag = get_object_or_404(Tag, slug=slug)
        articles = feed["articles"].filter(tagged_items__tag=tag)
        if not articles.exists():
            raise Http404
        return {**feed, "name": f"{tag.name} – {feed['name']}", "articles": articles}


def links(page: Page) -> list[dict[str, str]]:
    """What one can subscribe to on a page, beside the whole site's articles: `type`, `title` and `url` for its head."""
    if isinstance(page, NewsIndexPage):
        return [_link("application/atom+xml", page.title, reverse("section_feed", args=[page.pk]))]
    if isinstance(page, SchoolPage):
        return [_link("text/calendar", page.title, reverse("school_calendar", args=[page.pk]))]
    if isinstance(page, EventIndexPage):
        return [_link("text/calendar", page.title, reverse("calendar"))]
    return []


def _link(kind: str, title: str, url: str) -> dict[str, str]:
    return {"type": kind, "title": title, "url": url}
