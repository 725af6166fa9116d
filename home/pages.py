"""The home page and standing pages."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from cms.core.blocks import BodyBlock
from cms.core.models import ContentPage, PublicPage, body_panel, page_tabs
from cms.core.routing import way_down, whole
from cms.core.search import prefetch_covers
from cms.core.text import FileId, stream_lines, text_lines
from cms.core.visibility import open_to_all
from cms.news.models import ArticlePage, NewsIndexPage
from home.front import beside

NEWEST = 8  # articles listed under “newest”
ARTICLES_PER_SECTION = 4


class HomePage(PublicPage):
    """The portal's front."""

    welcome = models.CharField(_("welcome line"), max_length=255, blank=True)

    search_type = "home"
    search_document = None  # readers who search are looking for something on it
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "news.NewsIndexPage",
        "events.EventIndexPage",
        "people.PersonIndexPage",
        "documents.DocumentIndexPage",
        "schools.SchoolPage",
        "schools.ClusterPage",
        "home.StandardPage",
    ]
    template = "home/home_page.html"

    content_panels = [
        *Page.content_panels,
        FieldPanel("welcome"),
        InlinePanel("featured", heading=_("Featured pages"), label=_("page")),
        InlinePanel("shown_sections", heading=_("Sections with their newest articles"), label=_("section")),
    ]
    edit_handler = page_tabs(content_panels)

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """To the page below that the address names. It knows the pages above itself: see `breadcrumbs`."""
        way = way_down(self, path_components) if self.live else []
        if not way:
            return super().route(request, path_components)
        if not all(page.live for page in way[:-1]):
            raise Http404
        page = whole(way[-1])
        page.way_down = [self, *way[:-1]]
        return page.route(request, path_components[len(way) :])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `featured_pages`, `sections` (pairs of a section and its newest articles), `newest` articles, and what
        stands beside them.
        """
        context = super().get_context(request, *args, **kwargs)
        articles = open_to_all(ArticlePage.objects.descendant_of(self)).newest_first().for_cards()
        return {
            **context,
            **beside(self),
            "featured_pages": self.featured_pages(),
            "sections": self.sections_with_articles(articles),
            "newest": articles[:NEWEST],
        }

    def featured_pages(self) -> list[Page]:
        """The featured pages that anybody may open, in the editors' order."""
        chosen = [item.page_id for item in self.featured.all()]
        found = {page.pk: page for page in open_to_all(Page.objects.filter(pk__in=chosen)).specific()}
        prefetch_covers(found.values())
        return [found[page_id] for page_id in chosen if page_id in found]

    def sections_with_articles(self, articles: Any) -> list[tuple[NewsIndexPage, list[ArticlePage]]]:
        """The chosen sections that anybody may open, each with the newest of `articles` below it."""
        chosen = [item.section_id for item in self.shown_sections.all()]
        found = {section.pk: section for section in open_to_all(NewsIndexPage.objects.filter(pk__in=chosen))}
        sections = [found[section_id] for section_id in chosen if section_id in found]
        newest = _newest_below(sections, articles)
        return [(section, _below(section, newest)[:ARTICLES_PER_SECTION]) for section in sections]


def _newest_below(sections: list[NewsIndexPage], articles: Any) -> list[ArticlePage]:
    """The newest articles of each of the sections, in one query for all of them."""
    wanted = Q(pk__in=[])
    for section in sections:
        wanted |= Q(pk__in=articles.descendant_of(section).values("pk")[:ARTICLES_PER_SECTION])
    return list(articles.filter(wanted))


def _below(section: NewsIndexPage, articles: list[ArticlePage]) -> list[ArticlePage]:
    return [article for article in articles if article.path.startswith(section.path)]


class FeaturedPage(Orderable):
    """A page that the home page puts first."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))

    panels = [PageChooserPanel("page")]


class HomeSection(Orderable):
    """A section that the home page shows."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="shown_sections")
    section = models.ForeignKey(NewsIndexPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("section"))

    panels = [PageChooserPanel("section")]


class StandardPage(ContentPage):
    """A page that stands by itself: about the school, contact, rules."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    search_type = "page"
    page_description = _("A page that stands by itself: about the school, contact, rules.")
    parent_page_types = ["home.HomePage", "schools.SchoolPage", "schools.ClusterPage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"

    content_panels = [*ContentPage.content_panels, body_panel()]
    edit_handler = page_tabs(content_panels)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `children`, the public pages directly below."""
        children = open_to_all(StandardPage.objects.child_of(self)).order_by("path").defer("body")
        return {**super().get_context(request, *args, **kwargs), "children": children}

    def search_lines(self) -> Iterator[str | FileId]:
        yield from text_lines(self.summary)
        yield from stream_lines(self.body)
