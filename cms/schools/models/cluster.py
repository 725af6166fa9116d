"""Clusters (cụm thi đua) in which schools work together and compete."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable

from cms.core.models import ContentPage, page_tabs
from cms.core.text import FileId, text_lines
from cms.core.visibility import open_to_all
from cms.schools.models.school import SchoolPage


class ClusterPage(RoutablePageMixin, ContentPage):
    """A cluster of schools. Who is a member in which role changes by year; each year has an address of its own."""

    search_type = "cluster"
    search_prefetch = ("members__school",)
    search_lookups = {**ContentPage.search_lookups, "school": "members__school_id"}
    page_description = _("A cluster of schools and its members by year.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsIndexPage", "home.StandardPage"]
    template = "schools/cluster_page.html"

    content_panels = [
        *ContentPage.content_panels,
        InlinePanel(
            "members",
            heading=_("Members by year"),
            label=_("member"),
            help_text=_("One line for each school and year. Former years stay: readers look them up."),
        ),
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
    school = models.ForeignKey(
        SchoolPage, on_delete=models.CASCADE, related_name="cluster_roles", verbose_name=_("school")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)

    panels = [FieldRowPanel([FieldPanel("year"), FieldPanel("role")]), PageChooserPanel("school")]

    class Meta(Orderable.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [models.UniqueConstraint(fields=["page", "year", "school"], name="one_role_a_year")]
