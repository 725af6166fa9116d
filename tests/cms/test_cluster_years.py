"""The roles in a cluster are taken over from year to year."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from cms.core.models import User
from cms.schools.models import ClusterMember, ClusterPage, SchoolGroup
from tests.cms.test_schools import member_of

Role = ClusterMember.Role
YEARS = {"from_year": "2025", "year": "2026"}


@pytest.fixture
def cluster(home, make_school):
    """A cluster of three schools, of which two years are known."""
    first, second, third = (make_school(f"Trường {name}") for name in "ABC")
    cluster = ClusterPage(title="Cụm Thi đua khu vực Thượng du", slug="cum")
    for year, roles in {
        2024: {first: Role.LEAD, second: Role.DEPUTY},
        2025: {second: Role.LEAD, third: Role.DEPUTY, first: Role.MEMBER},
    }.items():
        for school, role in roles.items():
            cluster.members.add(ClusterMember(year=year, school=school, role=role))
    return home.add_child(instance=cluster)


def roles(cluster, year):
    return [(member.school.title, member.role) for member in cluster.members.all() if member.year == year]


def test_a_year_is_taken_over_as_a_draft(cluster, admin_client):
    answer = admin_client.post(reverse("coming_year", args=[cluster.pk]), YEARS)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[cluster.pk])
    draft = ClusterPage.objects.get().get_latest_revision_as_object()
    same = [("Trường B", Role.LEAD), ("Trường C", Role.DEPUTY), ("Trường A", Role.MEMBER)]
    assert roles(draft, 2026) == roles(draft, 2025) == same
    assert ClusterPage.objects.get().years == [2025, 2024]
    draft.get_latest_revision().publish()
    assert roles(ClusterPage.objects.get(), 2026) == same


def test_the_draft_keeps_what_had_been_changed_and_not_published_yet(cluster, admin_client):
    cluster.summary = "Bảy trường"
    cluster.save_revision()
    admin_client.post(reverse("coming_year", args=[cluster.pk]), YEARS)
    assert ClusterPage.objects.get().get_latest_revision_as_object().summary == "Bảy trường"


def test_the_newest_year_and_the_next_are_offered(cluster, admin_client):
    form = admin_client.get(reverse("coming_year", args=[cluster.pk])).context["form"]
    assert (form["from_year"].value(), form["year"].value()) == (2025, 2026)


def test_a_year_that_has_its_roles_is_refused_even_those_of_a_draft(cluster, admin_client):
    address = reverse("coming_year", args=[cluster.pk])
    admin_client.post(address, YEARS)
    for year in (2024, 2025, 2026):
        shown = admin_client.post(address, YEARS | {"year": str(year)})
        assert f"Năm {year} đã có" in shown.content.decode()
    assert cluster.revisions.count() == 1


@pytest.mark.parametrize("change", [{"from_year": "1999"}, {"from_year": ""}, {"year": ""}, {"year": "sang năm"}])
def test_years_that_are_none_are_refused(cluster, admin_client, change):
    answer = admin_client.post(reverse("coming_year", args=[cluster.pk]), YEARS | change)
    assert set(change) == set(answer.context["form"].errors)
    assert not cluster.revisions.exists()


def test_a_cluster_without_members_says_so(home, admin_client):
    empty = home.add_child(instance=ClusterPage(title="Cụm mới", slug="cum-moi"))
    shown = admin_client.get(reverse("coming_year", args=[empty.pk]))
    assert "chưa có thành viên" in shown.content.decode()


def test_the_button_stands_on_clusters_alone(cluster, home, admin_client):
    address = reverse("coming_year", args=[cluster.pk])
    for place, page in (("wagtailadmin_explore", home), ("wagtailadmin_pages:edit", cluster)):
        assert address in admin_client.get(reverse(place, args=[page.pk])).content.decode()
    school = cluster.members.first().school
    shown = admin_client.get(reverse("wagtailadmin_pages:edit", args=[school.pk])).content.decode()
    assert "coming-year" not in shown


@pytest.fixture
def editor(cluster):
    """Somebody who may change the cluster's page and nothing else."""
    group = Group.objects.create(name="Ban thư ký cụm")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=group, page=cluster, permission_type="change")
    user = User.objects.create_user("thu-ky")
    user.groups.add(group)
    return user


def test_who_may_change_the_cluster_may_take_over_a_year(client, cluster, editor):
    client.force_login(editor)
    assert client.post(reverse("coming_year", args=[cluster.pk]), YEARS).status_code == 302
    assert cluster.revisions.get().user == editor


def test_others_may_not_by_asking_directly_either(client, cluster, make_school, admin_user, editor):
    client.force_login(member_of(make_school("Trường D"), SchoolGroup.Role.ADMINISTRATOR))
    address = reverse("coming_year", args=[cluster.pk])
    assert client.get(address).url == client.post(address, YEARS).url == reverse("wagtailadmin_home")
    cluster.locked, cluster.locked_by = True, admin_user
    cluster.save()
    client.force_login(editor)
    assert client.post(address, YEARS).url == reverse("wagtailadmin_home")
    client.logout()
    assert "/login/" in client.post(address, YEARS).url
    assert not cluster.revisions.exists()
