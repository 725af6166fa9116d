"""A report for editors: which files readers can find by what is in them, and which not and why."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from cms.core.models import Document, FileText


class FileTextFilterSet(WagtailFilterSet):
    class Meta:
        model = FileText
        fields = ["state"]


class FilesView(ReportView):
    """The files that have been looked into, the latest first."""

    page_title = _("Text in files")
    header_icon = "doc-full-inverse"
    index_url_name = "file_texts"
    index_results_url_name = "file_texts_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    filterset_class = FileTextFilterSet
    model = FileText
    permission_required = None
    list_export = ["document.title", "state", "problem", "read_at"]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("document", label=_("File"), get_url=self._edit_url, accessor="document.title"),
            Column("state", label=_("State"), accessor="get_state_display"),
            Column("problem", label=_("Reason")),
            DateColumn("read_at", label=_("Read on")),
        ]

    def get_queryset(self) -> QuerySet[FileText]:
        self.queryset = FileText.objects.select_related("document").defer("pages").order_by("-read_at")
        return super().get_queryset()

    def _edit_url(self, text: FileText) -> str:
        return reverse("wagtaildocs:edit", args=[text.document_id])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who may change files: the titles of private ones are among these."""
        if not may_see(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def may_see(request: HttpRequest) -> bool:
    """Whether the report is for whoever asks."""
    return policy_registry.get_by_type(Document).user_has_any_permission(request.user, ["change"])
