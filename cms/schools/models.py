"""Schools, and the clusters (cụm thi đua) in which they work together and compete."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.core.blocks import TEXT_FEATURES
from cms.core.models import ContentPage, page_tabs
from cms.core.text import FileId, html_lines, text_lines
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
        FieldPanel("title", heading=_("Official name")),
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("province")]),
        InlinePanel("former_names", heading=_("Former names"), label=_("name")),
        FieldPanel("summary"),
        FieldPanel("cover"),
        FieldPanel("about"),
        InlinePanel("leaders", heading=_("Leaders"), label=_("leader")),
        InlinePanel("departments", heading=_("Departments"), label=_("department")),
        InlinePanel("addresses", heading=_("Addresses"), label=_("address")),
        InlinePanel("contacts", heading=_("Contacts"), label=_("contact")),
        FieldPanel("website"),
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

        own = Q(path__startswith=self.path) | Q(pk__in=ArticlePage.objects.filter(schools__school=self).values("pk"))
        return open_to_all(ArticlePage.objects.filter(own)).newest_first().for_cards()

    def _leaders(self) -> list["SchoolLeader"]:
        leaders = list(self.leaders.all())
        chosen = [leader.person_id for leader in leaders if leader.person_id]
        public = open_to_all(PersonPage.objects.filter(pk__in=chosen)).in_bulk() if chosen else {}
        for leader in leaders:
            leader.person = public.get(leader.person_id)
        return leaders

    def _roles(self) -> list["ClusterMember"]:
        """The roles in public clusters, the newest year first."""
        clusters = open_to_all(ClusterPage.objects.all())
        roles = ClusterMember.objects.filter(school=self, page__in=clusters)
        return list(roles.select_related("page").order_by("-year"))

    def search_lines(self) -> Iterator[str | FileId]:
        yield from (line for name in self.names[1:] for line in text_lines(name))
        yield from text_lines(self.province)
        yield from text_lines(self.summary)
        yield from html_lines(self.about)
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


class ClusterPage(RoutablePageMixin, ContentPage):
    """A cluster of schools. Who is a member in which role changes by year; each year has an address of its own."""

    search_type = "cluster"
    search_prefetch = ("members__school",)
    search_lookups = {**ContentPage.search_lookups, "school": "members__school_id"}
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsIndexPage", "home.StandardPage"]
    template = "schools/cluster_page.html"

    content_panels = [
        *ContentPage.content_panels,
        InlinePanel("members", heading=_("Members by year"), label=_("member")),
    ]
    edit_handler = page_tabs(content_panels)

    class Meta:
        verbose_name = _("cluster of schools")
        verbose_name_plural = _("clusters of schools")

    @cached_property
    def years(self) -> list[int]:
        """The years of which members are known, the newest first."""
        return sorted({member.year for member in self.members.all()}, reverse=True)

    @path("")
    def newest_year(self, request: HttpRequest) -> HttpResponse:
        """The page shows the newest year."""
        return self.render(request, context_overrides=self._of_year(self.years[0] if self.years else None))

    @path("<int:year>/", name="year")
    def of_year(self, request: HttpRequest, year: int) -> HttpResponse:
        """The members of a year and their roles."""
        if year not in self.years:
            raise Http404
        return self.render(request, context_overrides=self._of_year(year))

    def _of_year(self, year: int | None) -> dict[str, Any]:
        """`year` and its public `members`: the leading school first, then its deputies."""
        members = self.members.filter(year=year).select_related("school")
        public = set(open_to_all(SchoolPage.objects.all()).values_list("pk", flat=True))
        shown = [member for member in members if member.school_id in public]
        order = {role: place for place, role in enumerate(ClusterMember.Role)}
        return {"year": year, "members": sorted(shown, key=lambda member: (order[member.role], member.sort_order))}

    def search_lines(self) -> Iterator[str | FileId]:
        yield from text_lines(self.summary)
        yield from (str(year) for year in self.years)

    def search_schools(self) -> list[int]:
        return [member.school_id for member in self.members.all()]


class ClusterMember(Orderable):
    """A school's role in a cluster in a year."""

    class Role(models.TextChoices):
        LEAD = "cum-truong", _("leads the cluster")
        DEPUTY = "cum-pho", _("deputy")
        MEMBER = "thanh-vien", _("member")

    page = ParentalKey(ClusterPage, on_delete=models.CASCADE, related_name="members")
    year = models.PositiveSmallIntegerField(_("year"))
    school = models.ForeignKey(SchoolPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("school"))
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)

    panels = [FieldRowPanel([FieldPanel("year"), FieldPanel("role")]), PageChooserPanel("school")]

    class Meta(Orderable.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [models.UniqueConstraint(fields=["page", "year", "school"], name="one_role_a_year")]


class SchoolGroup(models.Model):
    """A group of people who work on a school's pages; made with the school and renamed with it."""

    class Role(models.TextChoices):
        CONTRIBUTOR = "contributor", _("contributors")
        EDITOR = "editor", _("editors")
        EDITOR_IN_CHIEF = "editor_in_chief", _("editors in chief")
        ADMINISTRATOR = "administrator", _("school administrators")

    school = models.ForeignKey(SchoolPage, on_delete=models.CASCADE, related_name="groups")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    group = models.OneToOneField("auth.Group", on_delete=models.CASCADE, related_name="+", verbose_name=_("group"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("group of a school")
        verbose_name_plural = _("groups of a school")
        constraints = [models.UniqueConstraint(fields=["school", "role"], name="one_group_a_role")]

    def __str__(self) -> str:
        return str(self.group)
