"""The panels, as lists of lines; one with nothing to say is not there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from home.dashboard import pages
from search.desk import figures
from search.desk.report import may_see
from search.status import Status, status


@dataclass(frozen=True)
class Line:
    """A line of a panel: what it is about, where that is worked on, and a word more."""

    text: Any
    url: str = ""
    note: str = ""


class Panel(Component):
    """A heading and some lines."""

    template_name = "home/dashboard/panel.html"
    name: ClassVar[str]
    heading: ClassVar[Any]
    icon: ClassVar[str]
    order: ClassVar[int]  # among Wagtail's own: 210 my work that others look at, 220 work that I am to look at

    class Media:
        css: ClassVar = {"all": ["css/dashboard.css"]}

    def lines(self, request: Any) -> Iterable[Line]:
        """What the user may know."""
        raise NotImplementedError

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        lines = list(self.lines((parent_context or {})["request"]))
        return super().render_html({"lines": lines}) if lines else ""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"panel": self, "lines": parent_context["lines"]}


class Drafts(Panel):
    name, icon, order = "drafts", "edit", 205
    heading = _("My drafts")

    def lines(self, request: Any) -> Iterable[Line]:
        return (_line(page, _moment(page.latest_revision_created_at)) for page in pages.drafts(request.user))


class Scheduled(Panel):
    name, icon, order = "scheduled", "calendar-alt", 230
    heading = _("Scheduled to be published")

    def lines(self, request: Any) -> Iterable[Line]:
        return (_line(item.page, _moment(item.due)) for item in pages.scheduled(request.user))


class Published(Panel):
    name, icon, order = "published", "check", 310
    heading = _("Published most recently")

    def lines(self, request: Any) -> Iterable[Line]:
        return (_line(page, _moment(page.last_published_at)) for page in pages.published(request.user))


class Read(Panel):
    name, icon, order = "read", "view", 320
    heading = _("Read most this week")

    def lines(self, request: Any) -> Iterable[Line]:
        return (_line(page, _reads(page.recent_reads)) for page in pages.read(request.user))


class FoundNothing(Panel):
    """For those who may see the search report."""

    name, icon, order = "found-nothing", "search", 330
    heading = _("Readers found nothing")

    def lines(self, request: Any) -> Iterator[Line]:
        if may_see(request):
            missed = figures.questions(pages.READ_DAYS).filter(nothing__gt=0).order_by("-nothing", "text")
            for question in missed[: pages.SHOWN]:
                why = f"{reverse('search_why:index')}?{urlencode({'q': question.text})}"
                yield Line(question.text, why, _times(question.nothing))


class ToReview(Panel):
    name, icon, order = "to-review", "history", 340
    heading = _("Old content to look through")

    def lines(self, request: Any) -> Iterable[Line]:
        return (_line(page, _moment(page.last_published_at)) for page in pages.to_review(request.user))


class Index(Panel):
    """How the readers' index is, for those who may see the search report."""

    name, icon, order = "index", "success", 350
    heading = _("Index of the readers' search")

    def lines(self, request: Any) -> Iterable[Line]:
        return _of_index(status()) if may_see(request) else ()


PANELS: Sequence[type[Panel]] = (Drafts, Scheduled, Published, Read, FoundNothing, ToReview, Index)


def _line(page: Page, note: str) -> Line:
    return Line(page.get_admin_display_title(), reverse("wagtailadmin_pages:edit", args=[page.pk]), note)


def _moment(moment: datetime | None) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""


def _reads(count: int) -> str:
    return ngettext("%(count)d read", "%(count)d reads", count) % {"count": count}


def _times(count: int) -> str:
    return ngettext("%(count)d time", "%(count)d times", count) % {"count": count}


def _of_index(state: Status) -> Iterator[Line]:
    """First what somebody has to do something about."""
    health = state.health
    if not health.available:
        yield Line(_("The search engine does not answer: readers get only what the database finds."))
    elif health.needs_rebuild:
        yield Line(_("The index is missing or of another version; an administrator has to make it anew."))
    else:
        yield Line(_("The search works."), note=_documents(health.documents))
    if state.queued - state.dead:
        yield Line(_("Changes that are not in it yet"), note=str(state.queued - state.dead))
    if state.dead:
        yield Line(_("Pages that could not be put into it; an administrator has to look at them"), note=str(state.dead))


def _documents(count: int) -> str:
    return ngettext("%(count)d page", "%(count)d pages", count) % {"count": count}
