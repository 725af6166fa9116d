"""People: who works, leads and writes at the schools."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.query import PageQuerySet

from cms.core.blocks import TEXT_FEATURES
from cms.core.lists import slice_of
from cms.core.models import ContentPage, page_tabs
from cms.core.search import covers
from cms.core.text import FileId, rich_lines, text_lines
from cms.core.visibility import open_to_all

PEOPLE_PER_PAGE = 60
ARTICLES_SHOWN = 20
PORTRAIT = "fill-120x120|format-webp"  # in the directory


class PersonIndexPage(ContentPage):
    """A directory of people, in the editors' order."""

    search_type = "person_list"
    is_section = True
    page_description = _("A directory of staff.")
    parent_page_types = ["home.HomePage", "schools.SchoolPage"]
    subpage_types = ["people.PersonPage"]
    template = "people/person_index_page.html"

    edit_handler = page_tabs(ContentPage.content_panels)

    class Meta:
        verbose_name = _("directory of people")
        verbose_name_plural = _("directories of people")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `people`, a slice of the public people below."""
        people = open_to_all(PersonPage.objects.descendant_of(self)).order_by("path")
        people = people.prefetch_related(covers(PORTRAIT), "posts")
        return {**super().get_context(request, *args, **kwargs), "people": slice_of(people, request, PEOPLE_PER_PAGE)}


class PersonPage(ContentPage):
    """A person; the title is the name, the cover the portrait."""

    academic_title = models.CharField(
        _("academic title"), max_length=100, blank=True, help_text=_("As it is printed before the name.")
    )
    about = RichTextField(_("about the person"), blank=True, features=TEXT_FEATURES)

    search_type = "person"
    search_prefetch = ("posts__school",)
    search_lookups = {**ContentPage.search_lookups, "school": "posts__school_id"}
    page_description = _("A member of the staff, with posts and portrait.")
    parent_page_types = ["people.PersonIndexPage"]
    subpage_types: list[str] = []
    template = "people/person_page.html"

    content_panels = [
        TitleFieldPanel(
            "title",
            heading=_("Name"),
            classname="",
            placeholder=False,
            help_text=_("The full name only: the academic title has a field of its own."),
        ),
        FieldPanel("academic_title"),
        FieldPanel("summary"),
        FieldPanel("cover", heading=_("Portrait")),
        InlinePanel(
            "posts",
            heading=_("Posts"),
            label=_("post"),
            help_text=_("Former posts too: give them the day on which they ended, and do not delete them."),
        ),
        FieldPanel("about", help_text=_("Training, research and work. No private addresses or telephone numbers.")),
    ]
    edit_handler = page_tabs(content_panels)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @property
    def full_name(self) -> str:
        """The name with the academic title before it."""
        return f"{self.academic_title} {self.title}".strip()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `posts`, those held now first, and `articles` written, the newest first."""
        posts = sorted(self.posts.select_related("school"), key=lambda post: post.until is not None)
        context = {"posts": hide_private_schools(posts), "articles": self.articles()[:ARTICLES_SHOWN]}
        return {**super().get_context(request, *args, **kwargs), **context}

    def articles(self) -> PageQuerySet:
        """The public articles that the person has written, the newest first."""
        from cms.news.models import ArticlePage  # which refers to people

        # By its number: a new page is previewed without one, and has written nothing yet.
        written = ArticlePage.objects.filter(authors__person__in=[self.pk]).distinct()
        return open_to_all(written).newest_first().for_cards()

    def search_lines(self) -> Iterator[str | FileId]:
        yield from text_lines(self.full_name if self.academic_title else "")
        yield from text_lines(self.summary)
        for post in self.posts.all():
            yield from text_lines(post.description)
        yield from rich_lines(self.about)

    def search_schools(self) -> Iterable[int]:
        return [post.school_id for post in self.posts.all() if post.school_id]


class PersonPost(Orderable):
    """A post that a person holds or held, at a school of this portal or elsewhere."""

    page = ParentalKey(PersonPage, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(_("post"), max_length=255)
    department = models.CharField(_("department"), max_length=255, blank=True)
    school = models.ForeignKey(
        "schools.SchoolPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("school"),
    )
    organisation = models.CharField(
        _("or another organisation"), max_length=255, blank=True, help_text=_("Where the portal has no such school.")
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("to"), null=True, blank=True, help_text=_("Left empty: the post is held now."))

    panels = [
        FieldPanel("role"),
        FieldPanel("department"),
        PageChooserPanel("school"),
        FieldPanel("organisation"),
        FieldPanel("since"),
        FieldPanel("until"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return self.description

    @property
    def description(self) -> str:
        """Post, department and organisation, without the school, which may not be public."""
        return ", ".join(filter(None, (self.role, self.department, self.organisation)))

    def clean(self) -> None:
        """Refuse a post that ends before it begins."""
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The end lies before the beginning.")})


def hide_private_schools(items: Iterable[Any]) -> list[Any]:
    """The items (posts, participants) with the schools that not everybody may open taken out."""
    shown = list(items)
    chosen = {item.school_id for item in shown if item.school_id}
    public = set(open_to_all(Page.objects.filter(pk__in=chosen)).values_list("pk", flat=True)) if chosen else set()
    for item in shown:
        if item.school_id not in public:
            item.school = None
    return shown
