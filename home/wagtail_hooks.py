from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Site
from wagtail.sites.views import SiteViewSet

from home.dashboard.panels import PANELS
from home.demo import marks

# Wagtail calls these columns by their attributes, which no catalogue translates.
for column in SiteViewSet.index_view_class.columns:
    if column.name in {"port", "site_name", "root_page"}:
        column.label = capfirst(Site._meta.get_field(column.name).verbose_name)


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Beside Wagtail's own: what waits for approval, what the user edited last, what is locked."""
    panels += [panel() for panel in PANELS]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Show in a page's history that it came with the demo content."""
    actions.register_action(marks.ACTION, _("Load demo content"), _("Loaded with the demo content"))
