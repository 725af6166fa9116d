"""For the side panel's script: looks at what stands in the form of a page, without saving anything."""

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.template.loader import render_to_string
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from cms.core.models import PublicPage
from cms.editing.looking import look


class LookOnEdit(PreviewOnEditView):
    """Looks at a page that is there; whoever may edit it may ask."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        form = self.get_form(request.POST)
        if not request.POST or not self.validate_form(form):
            return JsonResponse({"html": self._shown({"errors": True}), "fixes": {}})
        found = look(form.save(commit=False))
        return JsonResponse({"html": self._shown({"found": found}), "fixes": found.fixes})

    def _shown(self, context: dict[str, Any]) -> str:
        return render_to_string("editing/findings.html", context, request=self.request)


class LookOnCreate(LookOnEdit, PreviewOnCreateView):
    """Looks at a page that is new; whoever may add pages there may ask."""

    def get_object(self) -> Any:
        if not issubclass(self.content_type.model_class() or object, PublicPage):
            raise Http404
        return PreviewOnCreateView.get_object(self)

    def get_form(self, query_dict: Any) -> Any:
        return PreviewOnCreateView.get_form(self, query_dict)
