"""/api/v1/articles/"""

from typing import Any

from django.db.models import Q
from rest_framework import serializers

from api.content import examples, filters, orders
from api.content.bodies.shapes import BodySerializer
from api.content.common import LEFT_OUT, CitedDocuments, PageSerializer
from api.content.described import described
from api.content.serializers import LinkSerializer, Rows, Sparse
from api.content.views import PageViewSet
from cms.news.models import ArticleAuthor, ArticlePage, ArticleSchool, ArticleTag


class TagSerializer(Sparse):
    slug = serializers.CharField(help_text="What the filter `tag` takes.")
    name = serializers.CharField()


class AuthorSerializer(Sparse):
    name = serializers.CharField(help_text="With the academic title, as printed.")
    post = serializers.CharField(help_text="As held when the article was written; may be empty.")
    person = LinkSerializer(source="person_id", allow_null=True, help_text="The author's own page.")


class ArticleSerializer(PageSerializer):
    """An article."""

    published_at = serializers.DateTimeField(help_text="The date that readers see; an old portal's for what it wrote.")
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="Where it was taken from, if it is not the portal's own."
    )
    tags = Rows(TagSerializer(), of=(ArticleTag, "content_object_id"), order=("tag__slug",), show="tag", also=("tag",))
    authors = Rows(AuthorSerializer(), of=(ArticleAuthor, "page_id"))
    schools = Rows(
        LinkSerializer(), of=(ArticleSchool, "page_id"), show="school_id", help_text="The schools that it is about."
    )
    event = LinkSerializer(source="event_id", allow_null=True, help_text="The event that it reports on.")
    cited_documents = CitedDocuments()
    body = BodySerializer()


def _by(authors: list[int]) -> Q:
    return Q(pk__in=ArticleAuthor.objects.filter(person__in=authors).values("page"))


def _about(schools: list[int]) -> Q:
    return Q(pk__in=ArticleSchool.objects.filter(school__in=schools).values("page"))


def _tagged(found: filters.Found, slugs: Any, _visible: Any) -> filters.Found:
    return found.filter(pk__in=ArticleTag.objects.filter(tag__slug__in=slugs).values("content_object"))


@described("article", "articles", "The newest first, unless sorted otherwise.", examples.ARTICLE)
class ArticleViewSet(PageViewSet):
    kind = "article"
    model = ArticlePage
    body = "body"
    serializer = ArticleSerializer
    left_out_of_lists = LEFT_OUT
    filters = (
        *filters.OF_PAGES,
        filters.subquery("tag", _tagged, "Only articles with this tag, by its slug.", facet="tag"),
        filters.linked("author", _by, "Only articles by the person with this id."),
        filters.linked("event", lambda keys: Q(event__in=keys), "Only articles on the event with this id."),
        filters.of_school(_about),
        filters.texts("source", "source", "Only articles from this source, exactly as it is given."),
        filters.on_day("published_at", "was published"),
        *filters.moments("published_at", "published_at", "was published"),
        filters.years("published_at", "was published", facet="year"),
    )
    orders = (*orders.both("published_at", "published_at")[::-1], *orders.OF_PAGES)
