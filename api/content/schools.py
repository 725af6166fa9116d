"""/api/v1/schools/ and /api/v1/clusters/"""

from django.db.models import Case, IntegerField, Q, Value, When
from rest_framework import serializers

from api.content import examples, filters, orders
from api.content.bodies.shapes import BodySerializer
from api.content.common import LEFT_OUT, CitedDocuments, PageSerializer
from api.content.described import described
from api.content.serializers import LinkSerializer, RowOnPage, Rows, Sparse
from api.content.views import PageViewSet
from cms.schools.models import (
    ClusterMember,
    ClusterPage,
    Department,
    FormerName,
    SchoolAddress,
    SchoolContact,
    SchoolLeader,
    SchoolPage,
)

_BY_RANK = Case(
    *(When(role=role, then=Value(place)) for place, role in enumerate(ClusterMember.Role)),
    output_field=IntegerField(),
)


class FormerNameSerializer(Sparse):
    name = serializers.CharField()
    until_year = serializers.IntegerField(allow_null=True)


class AddressSerializer(Sparse):
    label = serializers.CharField(help_text="What is there; may be empty.")  # type: ignore[assignment]
    address = serializers.CharField()


class ContactSerializer(Sparse):
    label = serializers.CharField(help_text="For what; may be empty.")  # type: ignore[assignment]
    phone = serializers.CharField()
    email = serializers.CharField()


class DepartmentSerializer(Sparse):
    name = serializers.CharField()
    tasks = serializers.CharField()


class LeaderSerializer(Sparse):
    name = serializers.CharField(help_text="With the academic title, as printed.")
    role = serializers.CharField()
    person = LinkSerializer(source="person_id", allow_null=True)


class RoleSerializer(RowOnPage):
    """A role in a year."""

    year = serializers.IntegerField()
    role = serializers.ChoiceField(ClusterMember.Role.choices)
    role_label = serializers.CharField(source="get_role_display", help_text="In the language of the request.")


class ClusterRoleSerializer(RoleSerializer):
    """A school's role in a cluster, in a year; left out where the cluster is not public."""

    page_key = "page_id"
    cluster = LinkSerializer(source="page_id")


class MemberSerializer(RoleSerializer):
    """A cluster's member in a year; left out where the school is not public."""

    page_key = "school_id"
    school = LinkSerializer(source="school_id")


class SchoolSerializer(PageSerializer):
    """A school; the title is its official name."""

    short_name = serializers.CharField()
    province = serializers.CharField(help_text="As it is called now.")
    website = serializers.CharField()
    former_names = Rows(FormerNameSerializer(), of=(FormerName, "page_id"))
    addresses = Rows(AddressSerializer(), of=(SchoolAddress, "page_id"))
    contacts = Rows(ContactSerializer(), of=(SchoolContact, "page_id"))
    departments = Rows(DepartmentSerializer(), of=(Department, "page_id"))
    leaders = Rows(LeaderSerializer(), of=(SchoolLeader, "page_id"))
    cluster_roles = Rows(ClusterRoleSerializer(), of=(ClusterMember, "school_id"), order=("-year", "page_id"))
    cited_documents = CitedDocuments()
    body = BodySerializer(source="about")


class ClusterSerializer(PageSerializer):
    """A cluster of schools; who is a member in which role changes by year."""

    members = Rows(
        MemberSerializer(),
        of=(ClusterMember, "page_id"),
        order=("-year", _BY_RANK, "sort_order"),
        help_text="The newest year first, and in it the school that leads.",
    )
    cited_documents = CitedDocuments()


def _in_clusters(clusters: list[int]) -> Q:
    return Q(pk__in=ClusterMember.objects.filter(page__in=clusters).values("school"))


def _with_schools(schools: list[int]) -> Q:
    return Q(pk__in=ClusterMember.objects.filter(school__in=schools).values("page"))


@described("school", "schools", "In the editors' order, unless sorted otherwise.", examples.SCHOOL)
class SchoolViewSet(PageViewSet):
    kind = "school"
    model = SchoolPage
    body = "about"
    serializer = SchoolSerializer
    left_out_of_lists = LEFT_OUT | {"departments", "leaders", "cluster_roles"}
    filters = (
        *filters.OF_PAGES,
        filters.texts("province", "province", "Only schools of this province."),
        filters.texts("short_name", "short_name", "Only schools with this short name."),
        filters.linked("cluster", _in_clusters, "Only schools that are or were in the cluster with this id."),
    )
    orders = (*orders.OF_PAGES, *orders.both("province", "province"))


@described("cluster", "clusters", "In the editors' order, unless sorted otherwise.", examples.CLUSTER)
class ClusterViewSet(PageViewSet):
    kind = "cluster"
    model = ClusterPage
    serializer = ClusterSerializer
    left_out_of_lists = LEFT_OUT | {"members"}
    filters = (
        *filters.OF_PAGES,
        filters.linked("member", _with_schools, "Only clusters in which the school with this id is or was."),
    )
    orders = orders.OF_PAGES
