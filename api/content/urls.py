"""The addresses of content."""

from django.urls import path

from api.content.articles import ArticleViewSet
from api.content.events import EventViewSet
from api.content.media import FileViewSet, ImageViewSet, RenditionView
from api.content.official_documents import OfficialDocumentViewSet
from api.content.pages import AnyPageViewSet
from api.content.people import PersonViewSet
from api.content.redirects import FindView, RedirectViewSet
from api.content.schools import ClusterViewSet, SchoolViewSet
from api.content.sections import SectionViewSet
from api.content.site import SiteView

VIEWS = {
    "pages": AnyPageViewSet,
    "articles": ArticleViewSet,
    "events": EventViewSet,
    "schools": SchoolViewSet,
    "clusters": ClusterViewSet,
    "people": PersonViewSet,
    "official-documents": OfficialDocumentViewSet,
    "sections": SectionViewSet,
    "images": ImageViewSet,
    "documents": FileViewSet,
    "redirects": RedirectViewSet,
}

urlpatterns = [
    path("pages/find/", FindView.as_view(), name="find"),
    *(path(f"{name}/", view.as_view({"get": "list"}), name=name) for name, view in VIEWS.items()),
    *(path(f"{name}/<int:id>/", view.as_view({"get": "retrieve"}), name=f"{name}-one") for name, view in VIEWS.items()),
    path("images/<int:id>/renditions/<str:size>/<str:format>/", RenditionView.as_view(), name="rendition"),
    path("site/", SiteView.as_view(), name="site"),
]
