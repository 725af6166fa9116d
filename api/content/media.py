"""/api/v1/images/ and /api/v1/documents/: pictures, and files to download."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseRedirect
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from PIL.Image import DecompressionBombError
from rest_framework.request import Request
from rest_framework.views import APIView
from wagtail.images.exceptions import UnknownOutputImageFormatError

from api.content import examples, filters, orders
from api.content.described import ID, NOT_FOUND, described
from api.content.pictures import FORMATS, SIZES, filter_of
from api.content.reading import MAX_ID
from api.content.related import Related
from api.content.selection import Selection
from api.content.serializers import FileSerializer, PictureSerializer
from api.content.views import ListViewSet, related_to
from api.content.visibility import NOTHING
from api.errors import NO_CACHE
from api.search import PROBLEMS
from cms.core.models import Document, Image
from search.parameters import refuse_all

_CREATED = orders.both("created_at", "created_at")


class MediaViewSet(ListViewSet):
    """Pictures or files, `model`; their serializers begin with an id."""

    model: Any

    @property
    def made_of(self) -> tuple[type[models.Model], ...]:  # type: ignore[override]
        return (self.model,)

    def public(self, related: Related) -> QuerySet[Any]:
        return related.visible.media(self.model.objects.all())

    def completed(self, things: Sequence[Any], fields: Selection) -> Sequence[Any]:
        return [thing.pk for thing in things]


def _tagged(found: filters.Found, slugs: Any, _visible: Any) -> filters.Found:
    return found.filter(pk__in=found.model.objects.filter(tags__slug__in=slugs).values("pk"))


@described("image", "images", "The newest first, unless sorted otherwise.", examples.IMAGE)
class ImageViewSet(MediaViewSet):
    kind = "image"
    model = Image
    serializer = PictureSerializer
    filters = (
        filters.ids(),
        filters.subquery("tag", _tagged, "Only pictures to which editors gave this tag, by its slug."),
        *filters.moments("created_at", "created_at", "was uploaded"),
    )
    orders = (*_CREATED[::-1], *orders.BY_TITLE)


def _with_extension(found: filters.Found, extensions: Sequence[str], _visible: Any) -> filters.Found:
    condition = NOTHING
    for extension in extensions:
        condition |= Q(file__iendswith=f".{extension}")
    return found.filter(condition)


@described("document", "documents", "Files to download, the newest first, unless sorted otherwise.", examples.FILE)
class FileViewSet(MediaViewSet):
    kind = "file"
    model = Document
    serializer = FileSerializer
    filters = (
        filters.ids(),
        filters.subquery("tag", _tagged, "Only files to which editors gave this tag, by its slug."),
        filters.subquery("extension", _with_extension, "Only files of this kind, such as `pdf`."),
        *filters.moments("created_at", "created_at", "was uploaded"),
    )
    orders = (*_CREATED[::-1], *orders.BY_TITLE, *orders.both("size", "file_size", nullable=True))


class RenditionView(APIView):
    """A size of a picture, made when somebody asks for it the first time."""

    kind = "image"

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Whoever asks for pictures alone need not accept JSON."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        operation_id="get_rendition",
        summary="Get a picture in one of its sizes",
        description="Leads to the picture. Lists link here only until it has been made.",
        tags=["images"],
        parameters=[
            ID,
            OpenApiParameter("size", enum=list(SIZES), location=OpenApiParameter.PATH, description="The size."),
            OpenApiParameter("format", enum=list(FORMATS), location=OpenApiParameter.PATH, description="The format."),
        ],
        responses={
            302: OpenApiResponse(description="`Location` is the address of the picture."),
            **{key: value for key, value in PROBLEMS.items() if key[0] != 406},
            **NOT_FOUND,
        },
    )
    def get(self, request: Request, id: int, size: str, format: str) -> HttpResponseRedirect:
        refuse_all(request.query_params)
        related = related_to(request)
        image = related.visible.media(Image.objects.filter(pk=id)).first() if id <= MAX_ID else None
        if image is None or size not in SIZES or format not in FORMATS:
            raise Http404
        try:
            rendition = image.get_rendition(filter_of(size, format))
        except (OSError, DecompressionBombError, UnknownOutputImageFormatError):  # the original is missing or damaged
            raise Http404 from None
        return HttpResponseRedirect(related.base + rendition.url, headers=NO_CACHE)
