from typing import Any

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.viewsets.pages import page_viewset_registry

from cms.core.models import PublicPage
from cms.editing.panel import WritingViewSet
from cms.editing.uploading import NoticingCreateView
from cms.editing.views import LookOnCreate, LookOnEdit

# By the base of all our pages, which the addresses of Wagtail's own views lead to their kinds.
page_viewset_registry.register(PublicPage, WritingViewSet(), parent_models=[PublicPage])


@hooks.register("register_admin_urls")
def look_addresses() -> list[Any]:
    return [
        path("editing/look/<int:page_id>/", LookOnEdit.as_view(), name="look_on_edit"),
        path(
            "editing/look/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
            LookOnCreate.as_view(),
            name="look_on_create",
        ),
    ]


@hooks.register("register_admin_urls", order=-1)  # before Wagtail's own address, whose name goes on leading there
def picture_address() -> list[Any]:
    return [path("images/add/", NoticingCreateView.as_view())]


@hooks.register("insert_editor_js")
def one_at_a_time_script() -> str:
    """No button of the editor is sent while Wagtail saves by itself."""
    return format_html('<script src="{}"></script>', static("js/one-at-a-time.js"))
