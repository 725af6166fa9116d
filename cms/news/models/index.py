"""A section of the portal that lists its articles."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.query import PageQuerySet

from cms.core.blocks import TEXT_FEATURES
from cms.core.lists import slice_of
from cms.core.models import ContentPage, page_tabs
from cms.core.text import FileId, rich_lines, text_lines
from cms.core.visibility import open_to_all
from cms.news.models.article import ArticlePage, ArticleQuerySet
from search import memory

ARTICLES_PER_PAGE = 20


class NewsIndexPage(ContentPage):
    """A section: its articles and those of the sections below it, the newest first."""

    intro = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)

    search_type = "section"
    is_section = True
    page_description = _("A section that lists its articles, such as news of the school.")
    parent_page_types = ["home.HomePage", "schools.SchoolPage", "schools.ClusterPage", "news.NewsIndexPage"]
    subpage_types = ["news.NewsIndexPage", "news.ArticlePage"]
    template = "news/news_index_page.html"

    content_panels = [
        *ContentPage.content_panels,
        FieldPanel("intro", help_text=_("Stands above the articles. Left empty: the list begins at once.")),
    ]
    edit_handler = page_tabs(content_panels)

    class Meta:
        verbose_name = _("news section")
        verbose_name_plural = _("news sections")

    def articles(self) -> ArticleQuerySet:
        """The public articles in this section and below, the newest first."""
        return open_to_all(ArticlePage.objects.descendant_of(self)).newest_first()

    def sections(self) -> PageQuerySet:
        """The public sections directly below, in the editors' order."""
        return open_to_all(NewsIndexPage.objects.child_of(self)).order_by("path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `articles`, a slice of the list, and `sections`."""
        articles = slice_of(self.articles().for_cards(), request, ARTICLES_PER_PAGE, ("articles", self.pk))
        # Databases look for them among all the articles below, as long as there are any.
        sections = memory.recall(("sections", self.pk), lambda: list(self.sections()))
        return {**super().get_context(request, *args, **kwargs), "articles": articles, "sections": sections}

    def search_lines(self) -> Iterator[str | FileId]:
        yield from text_lines(self.summary)
        yield from rich_lines(self.intro)
