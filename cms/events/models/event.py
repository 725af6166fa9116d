"""Events: conferences, openings of courses, contests."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet

from cms.core.blocks import BodyBlock
from cms.core.models import ContentPage, body_panel, page_tabs
from cms.core.text import FileId, stream_lines, text_lines
from cms.core.visibility import open_to_all
from cms.documents.models import OfficialDocumentPage
from cms.events import calendars
from cms.events.agenda_panel import AgendaPanel
from cms.events.months import Month
from cms.people.models import hide_private_schools
from cms.schools.models import SchoolPage


class EventQuerySet(PageQuerySet):
    """Events, as lists want them."""

    def coming(self, now: datetime) -> "EventQuerySet":
        """What has not ended yet, the next first. An event for whole days lasts until the end of its last day."""
        today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        over = models.Q(is_all_day=False, ends_at__lt=now) | models.Q(is_all_day=True, ends_at__lt=today)
        return self.exclude(over).order_by("starts_at", "pk")

    def past(self, now: datetime) -> "EventQuerySet":
        """What has ended, the latest first."""
        return self.exclude(pk__in=self.coming(now).values("pk")).order_by("-starts_at", "-pk")

    def turns(self, after: datetime, until: datetime) -> list[datetime]:
        """The moments in this time at which a published event begins or ends, and lists of events change."""
        due = models.Q(starts_at__gt=after, starts_at__lte=until) | models.Q(ends_at__gt=after, ends_at__lte=until)
        moments = self.live().filter(due).order_by().values_list("starts_at", "ends_at")
        return [moment for pair in moments for moment in pair if after < moment <= until]

    def within(self, month: Month) -> "EventQuerySet":
        """What takes place in a month, or in a part of it."""
        return self.filter(starts_at__lt=month.next.begins, ends_at__gte=month.begins).order_by("starts_at", "pk")


class EventPage(RoutablePageMixin, ContentPage):
    """An event: when, where, who, and what came of it."""

    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"), help_text=_("For whole days: any time on the last of them."))
    is_all_day = models.BooleanField(_("whole days"), default=False, help_text=_("Times of day are not shown."))
    venue = models.CharField(_("venue"), max_length=255, blank=True)
    host = models.ForeignKey(
        SchoolPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("host school"),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = PageManager.from_queryset(EventQuerySet)()

    search_type = "event"
    search_prefetch = ("participants", "agenda")
    search_lookups = {
        **ContentPage.search_lookups,
        "date": "starts_at",
        "school": ("host_id", "participants__school_id"),
    }
    page_description = _("A conference, a ceremony, the opening of a course: with time and place.")
    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []
    template = "events/event_page.html"

    content_panels = [
        *ContentPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("starts_at", help_text=_("For whole days: any time on the first of them.")),
                        FieldPanel("ends_at"),
                    ]
                ),
                FieldPanel("is_all_day"),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("venue", help_text=_("Hall, building and place, as an invitation names them.")),
                PageChooserPanel("host", help_text=_("The school that invites.")),
            ],
            heading=_("Where"),
        ),
        InlinePanel(
            "participants",
            heading=_("Participating schools"),
            label=_("school"),
            help_text=_("The event is found too where readers look for one of these schools only."),
        ),
        AgendaPanel("agenda", heading=_("Agenda"), label=_("item")),
        body_panel(),
        InlinePanel(
            "documents",
            heading=_("Official documents"),
            label=_("official document"),
            help_text=_(
                "The plan, the invitation and others: put them into the register first, then choose them here."
            ),
        ),
    ]
    edit_handler = page_tabs(content_panels)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        """Refuse an event that ends before it begins."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end lies before the beginning.")})

    @property
    def last_day_ends_at(self) -> datetime:
        """When the event is over: for whole days midnight after the last of them."""
        if not self.is_all_day:
            return self.ends_at
        last = timezone.localtime(self.ends_at).replace(hour=0, minute=0, second=0, microsecond=0)
        return last + timedelta(days=1)

    @path("")
    def page(self, request: HttpRequest) -> HttpResponse:
        """The event itself."""
        return self.render(request)

    @path("ics/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """The event for a calendar program."""
        response = HttpResponse(calendars.of_event(self, self.full_url), content_type=calendars.CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{self.slug}.ics"'
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `hosts`, `taking_part`, `papers` and `articles` that report, as far as anybody may open them."""
        documents = OfficialDocumentPage.objects.filter(pk__in=self.documents.values("document"))
        return {
            **super().get_context(request, *args, **kwargs),
            "hosts": open_to_all(SchoolPage.objects.filter(pk=self.host_id)),
            "taking_part": hide_private_schools(self.participants.select_related("school")),
            "papers": open_to_all(documents).order_by("issued_on", "pk"),
            "articles": self.articles(),
        }

    def articles(self) -> Any:
        """The public articles that report on the event, the oldest first."""
        from cms.news.models import ArticlePage  # which refers to events

        reports = ArticlePage.objects.filter(event__in=[self.pk])  # none where a new event is previewed, unsaved
        return open_to_all(reports).order_by("published_at", "pk").for_cards()

    def search_date(self) -> datetime:
        return self.starts_at

    def search_lines(self) -> Iterator[str | FileId]:
        yield from text_lines(self.summary)
        yield from text_lines(self.venue)
        for participant in self.participants.all():
            yield from text_lines(f"{participant.name} {participant.part}")
        for item in self.agenda.all():
            yield from text_lines(f"{item.what} {item.who}")
        yield from stream_lines(self.body)

    def search_schools(self) -> Iterable[int]:
        taking_part = [item.school_id for item in self.participants.all() if item.school_id]
        return [self.host_id, *taking_part] if self.host_id else taking_part


class EventParticipant(Orderable):
    """A school that takes part in an event, and its part in it."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="participants")
    school = models.ForeignKey(
        SchoolPage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("school")
    )
    name = models.CharField(
        _("or another body"), max_length=255, blank=True, help_text=_("Where the portal has no such school.")
    )
    part = models.CharField(_("part in the event"), max_length=255, blank=True)

    panels = [PageChooserPanel("school"), FieldPanel("name"), FieldPanel("part")]


class AgendaItem(Orderable):
    """Something on an event's agenda."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="agenda")
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    what = models.CharField(_("what"), max_length=500)
    who = models.CharField(_("who"), max_length=255, blank=True)

    panels = [FieldPanel("starts_at"), FieldPanel("what"), FieldPanel("who")]


class EventDocument(Orderable):
    """An official document that belongs to an event."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        OfficialDocumentPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("document")
    )

    panels = [PageChooserPanel("document", heading=_("official document"))]
