"""The panel beside the form, by the views that Wagtail lets a type of page bring."""

from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from cms.editing.explorer import ExplorerView


class WritingSidePanel(BaseSidePanel):
    """Says what there is to say of the text while it is written."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle writing help")
        icon_name = "pilcrow"

    name = "writing"
    title = _("Writing help")
    template_name = "editing/panel.html"
    order = 150

    def __init__(self, *args: Any, look_address: str) -> None:
        super().__init__(*args)
        self.look_address = look_address

    @cached_property
    def media(self) -> Media:
        return Media(js=["js/side-panel.js"], css={"all": ["css/side-panel.css"]})


class WritingEditView(EditView):
    """Wagtail's, with the panel; an answer that only says that something was saved has none."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        if not self.expects_json_response:
            address = reverse("look_on_edit", args=[self.page.pk])
            panels.append(WritingSidePanel(self.page, self.request, look_address=address))
        return panels


class WritingCreateView(CreateView):
    """The same for a page that is new."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        kind = self.page_content_type
        address = reverse("look_on_create", args=[kind.app_label, kind.model, self.parent_page.pk])
        panels.append(WritingSidePanel(self.page, self.request, look_address=address))
        return panels


class WritingViewSet(PageViewSet):
    """The pages of this site in the admin."""

    add_view_class = WritingCreateView
    edit_view_class = WritingEditView
    index_view_class = ExplorerView
