"""The search in the admin: one menu with the report and with what editors lay down; and what it writes in bulk."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from search import fanout, stamps
from search.desk.report import ReportViewSet
from search.desk.viewsets import PinViewSet, RelevanceTestViewSet, SynonymViewSet
from search.desk.why import WhyViewSet


class SearchGroup(ViewSetGroup):
    items = (ReportViewSet, WhyViewSet, PinViewSet, SynonymViewSet, RelevanceTestViewSet)
    menu_icon = "search"
    menu_label = _("Readers' search")
    menu_name = "search-desk"
    menu_order = 460


@hooks.register("register_admin_viewset")
def search_group() -> SearchGroup:
    return SearchGroup()


@hooks.register("register_permissions")
def report_permission() -> QuerySet[Permission]:
    """Groups may be let see the report; the other permissions are registered with their viewsets."""
    return Permission.objects.filter(content_type__app_label="search", codename="view_askedquery")


@hooks.register("after_bulk_action")
def note_bulk_action(request: HttpRequest, action: str, objects: Iterable[models.Model], view: Any) -> None:
    """Pictures or files put into another collection, perhaps a private one; in the transaction of the action.

    The admin tells of them by no signal.
    """
    for model in {type(item) for item in objects if fanout.follows(type(item))}:
        stamps.bump([model])
        fanout.touch_referring_pages(model, [item.pk for item in objects if type(item) is model])
