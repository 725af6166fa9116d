"""The search in the admin: one menu with the report and with what editors lay down."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

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
