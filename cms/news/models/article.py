"""Articles, and what belongs to one."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import Tag, TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from cms.core.blocks import BodyBlock
from cms.core.models import ContentPage, body_panel, page_tabs
from cms.core.search import covers
from cms.core.text import FileId, stream_lines, text_lines
from cms.core.visibility import open_to_all
from cms.documents.models import registered
from cms.events.models import EventPage
from cms.news.items import read_items
from cms.people.models import PersonPage
from cms.schools.models import SchoolPage
from search import service
from search.vietnamese import document_numbers


class ArticleQuerySet(PageQuerySet):
    """Articles, as lists want them."""

    def newest_first(self) -> "ArticleQuerySet":
        return self.order_by("-published_at", "-pk")

    def for_cards(self) -> "ArticleQuerySet":
        """With all that a list shows of an article, whatever their number."""
        return self.defer("body").prefetch_related(covers())


class ArticleTag(TaggedItemBase):
    """A tag on an article."""

    # Wagtail leaves tags out of the reference index; a renamed tag must find the articles that bear it.
    wagtail_reference_index_ignore = False

    content_object = ParentalKey("news.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")


class ArticlePage(ContentPage):
    """An article."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    published_at = models.DateTimeField(
        _("date of publication"),
        default=timezone.now,
        help_text=_("The date that readers see and by which articles are sorted."),
    )
    source = models.CharField(
        _("source"), max_length=255, blank=True, help_text=_("Where the article was taken from, if it is not our own.")
    )
    tags = ClusterTaggableManager(
        through=ArticleTag, blank=True, verbose_name=_("tags"), help_text=_("Subjects, separated by commas.")
    )
    event = models.ForeignKey(
        EventPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("event"),
        help_text=_("The event that the article reports on."),
    )
    legacy_url = models.CharField(
        _("old address"),
        max_length=2000,
        blank=True,
        help_text=_("The article's address on the portal that it was taken over from."),
    )
    # Which page of the old portal this is; the importer finds it again by this.
    import_key = models.CharField(max_length=255, null=True, blank=True, unique=True, editable=False)

    objects = PageManager.from_queryset(ArticleQuerySet)()

    search_type = "article"
    search_prefetch = (
        "authors",
        "schools",
        Prefetch("tagged_items", ArticleTag.objects.select_related("tag")),
    )
    search_lookups = {
        **ContentPage.search_lookups,
        "date": "published_at",
        "tag": "tags__slug",
        "school": "schools__school_id",
    }
    page_description = _("News, a report or a paper, with text and pictures.")
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "news/article_page.html"
    # What ties a page to its original on the old portal does not go with a copy.
    exclude_fields_in_copy = ["import_key", "legacy_url"]

    content_panels = [
        *ContentPage.content_panels,
        body_panel(),
        InlinePanel(
            "authors",
            heading=_("Authors"),
            label=_("author"),
            help_text=_("In the order in which they are printed. With a page of the person, readers get to it."),
        ),
        MultiFieldPanel(
            [FieldPanel("published_at"), FieldPanel("source"), FieldPanel("tags")], heading=_("About the article")
        ),
        InlinePanel(
            "schools",
            heading=_("Schools that the article is about"),
            label=_("school"),
            help_text=_("The article is found too where readers look for one of these schools only."),
        ),
        PageChooserPanel("event"),
    ]
    edit_handler = page_tabs(content_panels, promote=[FieldPanel("legacy_url")])

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["published_at", "page_ptr"], name="articles_by_date")]  # ties are broken by id

    def with_content_json(self, content: dict[str, Any]) -> "ArticlePage":
        """As Wagtail does, but who the page is on the old portal is not a matter of drafts (or of a copy's drafts)."""
        page = super().with_content_json(content)
        page.import_key = self.import_key
        return page

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `reads`, here and on the portal that it came from, `links` to what is public of it, the documents that it
        has `cited`, and the articles that are `related`.
        """
        reads = self._fetch_items()
        lines = (line for line in stream_lines(self.body) if isinstance(line, str))
        own = "\n".join([self.title, self.summary, *lines])
        return {
            **super().get_context(request, *args, **kwargs),
            "reads": reads,
            "links": self._links(),
            "cited": list(registered(number.key for _start, _end, number in document_numbers.find(own)).values()),
            "related": service.related(self.pk, own, self.search_type),
        }

    def _fetch_items(self) -> int:
        """Fetch authors, schools and tags, unless this is a draft, which has its own; return the reads. One query."""
        found = read_items(self.pk)
        if not getattr(self, "_cluster_related_objects", None):
            self._cluster_related_objects = {
                "authors": [ArticleAuthor(name=name, post=post, person_id=key) for name, post, key in found["author"]],
                "schools": [ArticleSchool(school_id=key) for _name, _slug, key in found["school"]],
                "tagged_items": [ArticleTag(tag=Tag(key, name, slug)) for name, slug, key in found["tag"]],
            }
        return sum(number for _name, _slug, number in found["reads"])

    def _links(self) -> dict[str, Any]:
        """`authors` with their people's pages, `schools` and `event`, as far as anybody may open them; one query."""
        authors, schools = list(self.authors.all()), [item.school_id for item in self.schools.all()]
        wanted = {*schools, self.event_id, *(author.person_id for author in authors)} - {None}
        public = open_to_all(Page.objects.filter(pk__in=wanted)).in_bulk() if wanted else {}
        return {
            "authors": [(author, public.get(author.person_id)) for author in authors],
            "schools": [public[key] for key in schools if key in public],
            "event": public.get(self.event_id),
        }

    def search_date(self) -> datetime:
        return self.published_at

    def search_lines(self) -> Iterator[str | FileId]:
        yield from text_lines(self.summary)
        yield from stream_lines(self.body)
        for author in self.authors.all():
            yield from text_lines(f"{author.name}, {author.post}" if author.post else author.name)
        yield from text_lines(self.source)

    def search_schools(self) -> Iterable[int]:
        return [item.school_id for item in self.schools.all()]

    def search_tags(self) -> Iterable[Tag]:
        return sorted((item.tag for item in self.tagged_items.all()), key=lambda tag: tag.slug)


class ArticleAuthor(Orderable):
    """Who wrote an article, as printed: name with academic title, and the post held then."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="authors")
    name = models.CharField(_("name"), max_length=255, help_text=_("With the academic title, as it is to be printed."))
    post = models.CharField(_("post"), max_length=255, blank=True, help_text=_("As held when the article was written."))
    person = models.ForeignKey(
        PersonPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the person's page"),
    )

    panels = [FieldPanel("name"), FieldPanel("post"), PageChooserPanel("person")]

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.name


class ArticleSchool(Orderable):
    """A school that an article is about."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="schools")
    school = models.ForeignKey(SchoolPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("school"))

    panels = [PageChooserPanel("school")]

    class Meta(Orderable.Meta):
        verbose_name = _("school")
        verbose_name_plural = _("schools")
