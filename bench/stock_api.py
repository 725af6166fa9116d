"""Wagtail's own API v2 beside ours, for the same articles with the same fields. A URL configuration, too."""

from django.urls import include, path
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.images.api.fields import ImageRenditionField
from wagtail.images.api.v2.views import ImagesAPIViewSet

from api.content.pictures import FORMATS, SIZES
from cms.core.models import Image
from cms.news.models import ArticleAuthor, ArticlePage

_SIZES = {f"cover_{size}_{kind}": f"{SIZES[size]}|{FORMATS[kind]}" for size in SIZES for kind in FORMATS}

# What the two lists show alike: the article, its cover in every size and format, tags and authors.
OURS = (
    "/api/v1/articles/?page_size={size}&fields=type,title,slug,url,api_url,first_published_at,summary,published_at,"
    "cover(title,alt,renditions),tags,authors(name,post)"
)
STOCK = (
    "/stock/pages/?type=news.ArticlePage&order=-published_at&limit={size}&fields=_,id,type,title,slug,html_url,"
    "detail_url,first_published_at,summary,published_at,cover(title,description),tags,authors(name,post),"
    + ",".join(_SIZES)
)

Image.api_fields = [APIField("description")]
ArticleAuthor.api_fields = [APIField("name"), APIField("post")]
ArticlePage.api_fields = [
    *map(APIField, ("summary", "published_at", "cover", "tags", "authors")),
    *(APIField(name, ImageRenditionField(spec, source="cover")) for name, spec in _SIZES.items()),
]

router = WagtailAPIRouter("stock")
router.register_endpoint("pages", PagesAPIViewSet)
router.register_endpoint("images", ImagesAPIViewSet)
urlpatterns = [path("stock/", router.urls), path("", include("config.urls"))]
