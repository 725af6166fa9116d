"""What the pages of imports in the admin share: whose they are, and where they stand."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django.views.generic.base import View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.imports.access import imports_for, may_import
from cms.imports.models import Import, ImportPage


class ForImporters(View):
    """For those who may publish in some section; the rest of the admin's users are told that they may not."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class OfImport(ForImporters):
    """Of one import. One that somebody may not see is not there for them."""

    @cached_property
    def importing(self) -> Import:
        return get_object_or_404(imports_for(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def row(self) -> ImportPage:
        """The page that the address names."""
        row = get_object_or_404(self.importing.pages, number=self.kwargs["number"])
        row.of = self.importing
        return row


class Desk(WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin below the list of imports."""

    header_icon = "download"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.crumbs(), {"url": "", "label": self.get_page_title()}]

    def crumbs(self) -> list[dict[str, Any]]:
        """Between the admin's first page and this one."""
        return [{"url": reverse("imports:index"), "label": _("Imports of old pages")}]


class ImportDesk(OfImport, Desk):
    """A page of the admin below one import's own."""

    def crumbs(self) -> list[dict[str, Any]]:
        own = {"url": reverse("imports:detail", args=[self.importing.pk]), "label": str(self.importing)}
        return [*super().crumbs(), own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"importing": self.importing}
