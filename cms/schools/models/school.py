"""Schools: who they are, where they are, who leads them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from cms.core.blocks import TEXT_FEATURES
from cms.core.models import ContentPage, page_tabs
from cms.core.text import FileId, rich_lines, text_lines
from cms.core.visibility import open_to_all
from cms.people.models import PersonPage

ARTICLES_SHOWN = 10


class SchoolPage(ContentPage):
    """A school, by its official name: the root of its news, events, people and documents."""

    short_name = models.CharField(_("short name"), max_length=100, blank=True)
    province = models.CharField(_("province"), max_length=100, blank=True, help_text=_("As it is called now."))
    website = models.URLField(_("website"), blank=True)
    about = RichTextField(_("about the school"), blank=True, features=TEXT_FEATURES)

    search_type = "school"
    search_prefetch = ("former_names", "addresses", "contacts", "departments", "leaders")
    is_school = True
    page_description = _("A school, with its own sections below it.")
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "news.NewsIndexPage",
        "events.EventIndexPage",
        "people.PersonIndexPage",
        "documents.DocumentIndexPage",
        "home.StandardPage",
    ]
    template = "schools/school_page.html"

    content_panels = [
        TitleFieldPanel(
            "title",
            heading=_("Official name"),
            classname="",
            placeholder=False,
            help_text=_("In full, as on the seal, but not in capitals."),
        ),
        FieldRowPanel(
            [
                FieldPanel("short_name", help_text=_("As people say and type it.")),
                FieldPanel("province"),
            ]
        ),
        InlinePanel(
            "former_names",
            heading=_("Former names"),
            label=_("name"),
            help_text=_("Readers who know the school by one of these find it too."),
        ),
        FieldPanel("summary"),
        FieldPanel("cover"),
        FieldPanel("about", help_text=_("History, tasks and achievements. News has a section of its own.")),
        InlinePanel(
            "leaders", heading=_("Leaders"), label=_("leader"), help_text=_("In the order in which they are shown.")
        ),
        InlinePanel("departments", heading=_("Departments"), label=_("department")),
        InlinePanel("addresses", heading=_("Addresses"), label=_("address")),
        InlinePanel("contacts", heading=_("Contacts"), label=_("contact")),
        FieldPanel("website", help_text=_("The whole address, with https:// before it.")),
    ]
    edit_handler = page_tabs(content_panels)

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")

    @property
    def names(self) -> list[str]:
        """All names that the school has or had."""
        return [self.title, *filter(None, [self.short_name]), *(former.name for former in self.former_names.all())]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the school's own `parts`, its `leaders`, `roles` in clusters, and the newest `articles`."""
        return {
            **super().get_context(request, *args, **kwargs),
            "parts": open_to_all(self.get_children()).order_by("path"),
            "leaders": self._leaders(),
            "roles": self._roles(),
            "articles": self.articles()[:ARTICLES_SHOWN],
        }

    def articles(self) -> Any:
        """The public articles below the school's page, and those that name it, the newest first."""
        from cms.news.models import ArticlePage  # which refers to schools

        # By its number: a new page is previewed without one, and nothing names it yet.
        naming = ArticlePage.objects.filter(schools__school__in=[self.pk])
        own = Q(path__startswith=self.path) | Q(pk__in=naming.values("pk"))
        return open_to_all(ArticlePage.objects.filter(own)).newest_first().for_cards()

    def _leaders(self) -> list["SchoolLeader"]:
        leaders = list(self.leaders.all())
        chosen = [leader.person_id for leader in leaders if leader.person_id]
        public = open_to_all(PersonPage.objects.filter(pk__in=chosen)).in_bulk() if chosen else {}
        for leader in leaders:
            leader.person = public.get(leader.person_id)
        return leaders

    def _roles(self) -> list[Any]:
        """The roles in public clusters, the newest year first; none yet where a new page is previewed."""
        if not self.pk:
            return []
        roles = list(self.cluster_roles.select_related("page").order_by("-year"))
        public = set(
            open_to_all(Page.objects.filter(pk__in={role.page_id for role in roles})).values_list("pk", flat=True)
        )
        return [role for role in roles if role.page_id in public]

    def search_names(self) -> Sequence[str]:
        return self.names[1:]

    def search_lines(self) -> Iterator[str | FileId]:
        yield from (line for name in self.search_names() for line in text_lines(name))
        yield from text_lines(self.province)
        yield from text_lines(self.summary)
        yield from rich_lines(self.about)
        for leader in self.leaders.all():
            yield from text_lines(f"{leader.name}, {leader.role}")
        for department in self.departments.all():
            yield from text_lines(f"{department.name} {department.tasks}")
        for item in (*self.addresses.all(), *self.contacts.all()):
            yield from text_lines(str(item))


class FormerName(Orderable):
    """A name that a school had; texts of those years still call it so."""

    page = ParentalKey(SchoolPage, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("name"), max_length=255)
    until_year = models.PositiveSmallIntegerField(_("until the year"), null=True, blank=True)

    panels = [FieldPanel("name"), FieldPanel("until_year")]


class SchoolAddress(Orderable):
    """One of a school's places."""

    page = ParentalKey(SchoolPage, on_delete=models.CASCADE, related_name="addresses")
    label = models.CharField(_("what is there"), max_length=100, blank=True)
    address = models.CharField(_("address"), max_length=255)

    panels = [FieldPanel("label"), FieldPanel("address")]

    def __str__(self) -> str:
        return f"{self.label}: {self.address}" if self.label else self.address


class SchoolContact(Orderable):
    """Whom to ask for what."""

    page = ParentalKey(SchoolPage, on_delete=models.CASCADE, related_name="contacts")
    label = models.CharField(_("for what"), max_length=100, blank=True)
    phone = models.CharField(_("telephone"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    panels = [FieldPanel("label"), FieldPanel("phone"), FieldPanel("email")]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.label, self.phone, self.email)))


class Department(Orderable):
    """A faculty (khoa) or office (phòng) of a school."""

    page = ParentalKey(SchoolPage, on_delete=models.CASCADE, related_name="departments")
    name = models.CharField(_("name"), max_length=255)
    tasks = models.TextField(_("tasks"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("tasks")]


class SchoolLeader(Orderable):
    """Somebody who leads a school now."""

    page = ParentalKey(SchoolPage, on_delete=models.CASCADE, related_name="leaders")
    name = models.CharField(_("name"), max_length=255, help_text=_("With the academic title, as it is to be printed."))
    role = models.CharField(_("post"), max_length=255)
    person = models.ForeignKey(
        PersonPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the person's page"),
    )

    panels = [FieldPanel("name"), FieldPanel("role"), PageChooserPanel("person")]
