"""/api/v1/people/"""

from django.db.models import Q
from rest_framework import serializers

from api.content import examples, filters, orders
from api.content.bodies.shapes import BodySerializer
from api.content.common import LEFT_OUT, CitedDocuments, PageSerializer
from api.content.described import described
from api.content.serializers import LinkSerializer, Rows, Sparse
from api.content.views import PageViewSet
from cms.people.models import PersonPage, PersonPost


class PostSerializer(Sparse):
    """A post that somebody holds or held."""

    role = serializers.CharField()
    department = serializers.CharField()
    school = LinkSerializer(source="school_id", allow_null=True)
    organisation = serializers.CharField(help_text="Where the portal has no such school.")
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True, help_text="Null: the post is held now.")


class PersonSerializer(PageSerializer):
    """A person; the title is the name, the cover the portrait."""

    academic_title = serializers.CharField(help_text="As it is printed before the name.")
    full_name = serializers.CharField(help_text="The name with the academic title.")
    posts = Rows(PostSerializer(), of=(PersonPost, "page_id"))
    cited_documents = CitedDocuments()
    body = BodySerializer(source="about")


def _with_posts_at(schools: list[int]) -> Q:
    return Q(pk__in=PersonPost.objects.filter(school__in=schools).values("page"))


@described("person", "people", "In the editors' order, unless sorted otherwise.", examples.PERSON)
class PersonViewSet(PageViewSet):
    kind = "person"
    model = PersonPage
    body = "about"
    serializer = PersonSerializer
    left_out_of_lists = LEFT_OUT
    filters = (
        *filters.OF_PAGES,
        filters.of_school(_with_posts_at),
        filters.texts("academic_title", "academic_title", "Only people with this academic title."),
    )
    orders = orders.OF_PAGES
