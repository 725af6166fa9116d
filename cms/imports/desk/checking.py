"""The old page and the new one side by side, marked as checked one after the other."""

import mimetypes
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.core.importing.values import Unreadable
from cms.imports import original
from cms.imports.desk.base import ImportDesk, OfImport
from cms.imports.models import ImportPage
from cms.news.models import ArticlePage


class Check(ImportDesk):
    """One page; the first that nobody has checked where the address names none."""

    page_title = gettext_lazy("Check imported pages")
    template_name = "imports/check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "number" in kwargs:
            return super().get(request, *args, **kwargs)
        rows = self.importing.pages.to_check()
        row = rows.filter(checked_at=None).first() or rows.first()
        if row is None:
            messages.warning(request, _("There is no page to be checked."))
            return redirect("imports:detail", self.importing.pk)
        return redirect("imports:check", self.importing.pk, row.number)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.importing.pages.to_check()
        return super().get_context_data(**kwargs) | {
            "row": self.row,
            "page": ArticlePage.objects.filter(pk=self.row.page_id).first(),
            "has_files": self.importing.files_removed_at is None,
            "earlier": _number(rows.filter(number__lt=self.row.number).order_by("-number").first()),
            "later": _number(rows.filter(number__gt=self.row.number).order_by("number").first()),
            "place": rows.filter(number__lte=self.row.number).count(),
            "total": rows.count(),
            "checked": rows.filter(checked_at__isnull=False).count(),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Mark the page as checked, or take the mark away, and go on."""
        row, is_checked = self.row, "undo" not in request.POST
        row.checked_at = timezone.now() if is_checked else None
        row.checked_by = request.user if is_checked else None
        row.save(update_fields=["checked_at", "checked_by"])
        later = self.importing.pages.to_check().filter(number__gt=row.number).order_by("number").first()
        shown = later if is_checked and later else row
        return redirect("imports:check", self.importing.pk, shown.number)


def _number(row: ImportPage | None) -> int | None:
    return row.number if row else None


class Original(OfImport):
    """The old page, for the frame."""

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        pictures = reverse("imports:picture", args=[pk, number])
        answer = HttpResponse(original.document(self.row, pictures))
        answer["Content-Security-Policy"] = original.POLICY
        return answer


class Picture(OfImport):
    """A picture of the old page, as it was uploaded."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        address = request.GET.get("address", "")
        try:
            data = original.picture(self.row, address)
        except Unreadable:
            raise Http404 from None
        answer = HttpResponse(data, content_type=mimetypes.guess_type(address)[0] or "image/jpeg")
        answer["Content-Security-Policy"] = "default-src 'none'"
        answer["Cache-Control"] = "private, max-age=3600"
        return answer
