"""The search report: what readers ask, what finds nothing, what is clicked, and how the relevance tests stand."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import floatformat
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet

from search.desk import figures
from search.desk.chart import chart
from search.guidance import words_of
from search.models import AskedQuery
from search.quality.judging import judge_all

_USUAL = 30  # days
_OTHERS = (7, 90)


def may_see(request: HttpRequest) -> bool:
    """Whether what readers ask is for whoever asks."""
    return request.user.has_perm("search.view_askedquery")


def _periods() -> list[tuple[int, Any]]:
    """The periods to choose from beside the usual one, the longest all that is kept."""
    lengths = sorted({days for days in (*_OTHERS, settings.SEARCH_LOG_DAYS) if 0 < days <= settings.SEARCH_LOG_DAYS})
    return [(days, _days(days)) for days in lengths if days != _USUAL]


def _days(days: int) -> Any:
    return format_lazy("{days} {word}", days=days, word=_("days"))


def _click_rate(question: Any) -> str:
    return "" if question.click_rate is None else f"{floatformat(question.click_rate * 100, 0)}%"


def _mean_position(question: Any) -> str:
    return floatformat(question.mean_position, 1)


class QuestionFilterSet(WagtailFilterSet):
    period = ChoiceFilter(label=_("Period"), choices=_periods, method="as_made", empty_label=_days(_USUAL))
    found = ChoiceFilter(
        label=_("Results"),
        choices=[("nothing", _("found nothing the last time")), ("unclicked", _("nothing was clicked"))],
        method="found_so",
        empty_label=_("all questions"),
    )

    class Meta:
        model = AskedQuery
        fields: list[str] = []

    def as_made(self, queryset: Any, name: str, value: str) -> Any:
        """The figures are of the period from the start."""
        return queryset

    def found_so(self, queryset: Any, name: str, value: str) -> Any:
        """Only the questions that an editor may want to do something about."""
        return queryset.filter(results=0) if value == "nothing" else queryset.filter(click_rate=0)


class QuestionColumn(Column):
    """A question, what it was corrected to, and what may be done about it."""

    cell_template_name = "search/admin/question_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        user, words = parent_context["request"].user, urlencode({"words": instance.text})
        actions = [(f"{reverse('search_why:index')}?{urlencode({'q': instance.text})}", _("Why these results"))]
        if user.has_perm("search.add_pin"):
            actions.append((f"{reverse('search_pins:add')}?{words}", _("Pin a page")))
        if user.has_perm("search.add_synonym"):
            actions.append((f"{reverse('search_synonyms:add')}?{words}", _("Add a synonym")))
        return super().get_cell_context_data(instance, parent_context) | {"question": instance, "actions": actions}


class SearchReport(ReportView):
    """The questions of a period, the most frequent first, to be narrowed, sorted and downloaded."""

    page_title = _("Search report")
    header_icon = "search"
    template_name = "search/admin/report.html"
    results_template_name = "search/admin/report_results.html"
    index_url_name = "search_report:index"
    index_results_url_name = "search_report:results"
    filterset_class = QuestionFilterSet
    is_searchable = True
    default_ordering = ["-times", "text"]
    model = AskedQuery
    permission_required = None
    export_filename = "search-report"
    list_export = ["text", "answered_as", "times", "nothing", "results", "click_rate", "mean_position"]
    columns = [
        QuestionColumn("text", label=_("Question"), sort_key="text"),
        NumberColumn("times", label=_("Asked"), sort_key="times"),
        NumberColumn("nothing", label=_("Found nothing"), sort_key="nothing"),
        NumberColumn("results", label=_("Results at last"), sort_key="results"),
        Column("click_rate", label=_("Clicked"), sort_key="click_rate", accessor=_click_rate),
        Column("mean_position", label=_("Mean position clicked"), sort_key="mean_position", accessor=_mean_position),
    ]
    export_headings = {
        "times": _("Asked"),
        "nothing": _("Found nothing"),
        "click_rate": _("Clicked"),
        "mean_position": _("Mean position clicked"),
    }

    @cached_property
    def days(self) -> int:
        """The length of the period."""
        chosen = self.request.GET.get("period", "")
        return int(chosen) if chosen in {str(days) for days, _label in _periods()} else _USUAL

    def get_base_queryset(self) -> QuerySet[AskedQuery]:
        return figures.questions(self.days)

    def search_queryset(self, queryset: Any) -> Any:
        """Without regard to accents and capitals, as readers search."""
        return queryset.filter(folded__contains=words_of(self.search_query))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context |= {"days": self.days, "totals": figures.totals(self.days)}
        context["chart"] = chart(figures.by_day(self.days))
        if not self.results_only and not self.is_export:
            context["verdicts"] = sorted(judge_all(), key=lambda verdict: verdict.passed)  # what failed first
        return context

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_see(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request)


class ReportViewSet(ViewSet):
    name = "search_report"
    url_prefix = "search/report"
    icon = "history"
    menu_label = _("Search report")
    menu_item_class = ReportMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", SearchReport.as_view(), name="index"),
            path("results/", SearchReport.as_view(results_only=True), name="results"),
        ]
