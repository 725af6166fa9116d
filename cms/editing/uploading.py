"""Wagtail's form for a single picture, which says as well when the picture is in the library already."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.images.utils import find_image_duplicates
from wagtail.images.views.images import CreateView

from cms.core.models import Image


class NoticingCreateView(CreateView):
    """Its other ways, an upload of several and the chooser's, ask of themselves what is to become of a double."""

    def save_action(self) -> HttpResponse:
        answer = super().save_action()
        doubles = find_image_duplicates(self.object, self.request.user, self.permission_policy)
        if known := doubles.order_by("pk").first():
            text = _("The same picture is in the library already, as “%(title)s”. Delete one that is not needed.")
            messages.warning(self.request, text % {"title": known.title}, buttons=self._ways_to(known))
        return answer

    def _ways_to(self, known: Image) -> list[Any]:
        """A button to the picture, for those who may open it."""
        if not self.permission_policy.user_has_permission_for_instance(self.request.user, "change", known):
            return []
        return [messages.button(reverse("wagtailimages:edit", args=[known.pk]), _("Show the picture"))]
