"""Wagtail's stock API v2 at /api/v2/, for front-ends that speak it: reading only, and only what is public.

Wagtail asks of each restriction whether this request may pass it, and would show an editor's session what is private.
Here everybody gets what anybody gets.
"""

from typing import Any

from django.db.models import QuerySet
from PIL.Image import DecompressionBombError
from rest_framework.fields import Field
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from taggit.models import Tag
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError, get_full_url
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.api.validators import SiteFilterValidator
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.serializers import ImageSerializer
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Collection, Page

from api.caching import cached, of
from cms.core.models import Document, Image
from cms.core.visibility import open_to_all, private_collections

PICTURE = "max-1600x1600|format-webp"  # originals are for nobody but editors


class Public(BaseAPIViewSet):
    """Answers in JSON, which clients may keep."""

    renderer_classes = [JSONRenderer]

    @cached(of(Page, Image, Document, Tag))
    def listing_view(self, request: Request) -> Response:
        return super().listing_view(request)

    @cached(of(Page, Image, Document, Tag))
    def detail_view(self, request: Request, pk: int) -> Response:
        return super().detail_view(request, pk)


class Pages(Public, PagesAPIViewSet):
    def get_base_queryset(self) -> QuerySet[Page]:
        """The public pages of the site that is asked for."""
        try:
            site = SiteFilterValidator(site=self.request.GET.get("site"), request=self.request).site_obj
        except ValueError as error:
            raise BadRequestError(str(error)) from error
        below = Page.objects.descendant_of(site.root_page, inclusive=True) if site else Page.objects.none()
        return open_to_all(below)


class InPublicCollections(Public):
    """Pictures and files that anybody may download."""

    def get_queryset(self) -> QuerySet[Any]:
        closed = private_collections()
        private = [item.pk for item in Collection.objects.all() if item.path.startswith(closed)]
        return self.model.objects.exclude(collection__in=private).order_by("id")  # by ids, or a search would refuse it


class PictureAddress(Field):
    """Where the picture can be had, in a size for readers; null where the file is missing or damaged."""

    def get_attribute(self, instance: Image) -> Image:
        return instance

    def to_representation(self, image: Image) -> str | None:
        try:
            return get_full_url(self.context["request"], image.get_rendition(PICTURE).url)
        except (OSError, DecompressionBombError):
            return None


class PictureSerializer(ImageSerializer):
    download_url = PictureAddress(read_only=True)


class Images(InPublicCollections, ImagesAPIViewSet):
    base_serializer_class = PictureSerializer
    model = Image

    def get_queryset(self) -> QuerySet[Image]:
        pictures: Any = super().get_queryset()
        return pictures.prefetch_renditions(PICTURE)


class Documents(InPublicCollections, DocumentsAPIViewSet):
    model = Document


router = WagtailAPIRouter("wagtailapi")
for name, viewset in (("pages", Pages), ("images", Images), ("documents", Documents)):
    router.register_endpoint(name, viewset)
