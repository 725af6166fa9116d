"""Why these results: a question as readers ask it, and the reason for each page, in words."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from search.explaining import Explanation, explain
from search.parameters import BadParameters, search_query
from search.queries import BadQuery


class WhyView(WagtailAdminTemplateMixin, TemplateView):
    """For everybody who may enter the admin: it shows what every reader sees, and why."""

    page_title = _("Why these results")
    header_icon = "help"
    template_name = "search/admin/why.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"text": self.request.GET.get("q", "")}
        try:
            context["explanation"] = self.explanation
        except (BadParameters, BadQuery) as error:
            context["mistake"] = str(error)
        return context

    @cached_property
    def explanation(self) -> Explanation | None:
        """None while nothing is asked. Raises BadParameters and BadQuery."""
        query = search_query(self.request.GET)
        return explain(query) if query.text else None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class WhyViewSet(ViewSet):
    name = "search_why"
    url_prefix = "search/why"
    icon = "help"
    menu_label = _("Why these results")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", WhyView.as_view(), name="index")]
