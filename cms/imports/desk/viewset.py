"""The addresses of imports in the admin, and their place in its menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from cms.imports.access import may_import
from cms.imports.desk import checking, detail, mapping, preview, starting


class ImportsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


class ImportsViewSet(ViewSet):
    name = "imports"
    icon = "download"
    menu_label = _("Import old pages")
    menu_order = 440
    menu_item_class = ImportsMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        actions = "|".join(detail.ACTIONS)
        return [
            path("", starting.Imports.as_view(), name="index"),
            path("add/", starting.add, name="add"),
            path("<int:pk>/", detail.Detail.as_view(), name="detail"),
            path("<int:pk>/progress/", detail.Progress.as_view(), name="progress"),
            path("<int:pk>/columns/", mapping.Columns.as_view(), name="columns"),
            path("<int:pk>/sections/", mapping.Sections.as_view(), name="sections"),
            path("<int:pk>/pages/", preview.Pages.as_view(), name="pages"),
            path("<int:pk>/pages/<int:number>/", preview.Page.as_view(), name="page"),
            path("<int:pk>/pages/<int:number>/original/", checking.Original.as_view(), name="original"),
            path("<int:pk>/pages/<int:number>/picture/", checking.Picture.as_view(), name="picture"),
            path("<int:pk>/check/", checking.Check.as_view(), name="checking"),
            path("<int:pk>/check/<int:number>/", checking.Check.as_view(), name="check"),
            re_path(r"^(?P<pk>\d+)/report\.(?P<kind>json|csv)$", detail.Download.as_view(), name="report"),
            re_path(rf"^(?P<pk>\d+)/(?P<action>{actions})/$", detail.Act.as_view(), name="act"),
        ]
