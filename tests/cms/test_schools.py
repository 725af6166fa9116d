"""Schools and their groups, clusters and their years."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, PageViewRestriction

from cms.core.models import User
from cms.documents.models import DocumentIndexPage
from cms.events.models import EventIndexPage, EventPage
from cms.news.models import NewsIndexPage
from cms.people.models import PersonIndexPage, PersonPage
from cms.schools.models import ClusterMember, ClusterPage, SchoolGroup, SchoolPage
from search.models import OutboxEntry

Role, InCluster = SchoolGroup.Role, ClusterMember.Role


def member_of(school, role):
    user = User.objects.create_user(f"{role}-{school.pk}", password="x" * 12)
    user.groups.add(SchoolGroup.objects.get(school=school, role=role).group)
    return user


def test_a_school_comes_with_its_groups(make_school):
    school = make_school("Trường Chính trị tỉnh Yên Bái")
    groups = {known.role: known.group for known in SchoolGroup.objects.filter(school=school)}
    assert set(groups) == set(Role)
    assert all(group.name.startswith("Trường Chính trị tỉnh Yên Bái – ") for group in groups.values())
    assert all(group.permissions.filter(codename="access_admin").exists() for group in groups.values())
    assert Collection.objects.filter(name="Trường Chính trị tỉnh Yên Bái").count() == 1


def test_each_group_may_do_its_part_on_its_own_school_and_nothing_elsewhere(make_school):
    ours, theirs = make_school("Trường A"), make_school("Trường B")
    news, their_news = (school.add_child(instance=NewsIndexPage(title="Tin", slug="tin")) for school in (ours, theirs))
    for role, may in {
        Role.CONTRIBUTOR: (True, False, False, False),
        Role.EDITOR: (True, True, False, False),
        Role.EDITOR_IN_CHIEF: (True, True, True, False),
        Role.ADMINISTRATOR: (True, True, True, True),
    }.items():
        user = member_of(ours, role)
        here, there = news.permissions_for_user(user), their_news.permissions_for_user(user)
        full = news.add_child(instance=NewsIndexPage(title="Dưới", slug=f"duoi-{role}"))
        full.add_child(instance=NewsIndexPage(title="Dưới nữa", slug="duoi-nua"))
        can_delete_all = full.permissions_for_user(user).can_delete()
        assert (here.can_add_subpage(), here.can_edit(), here.can_publish(), can_delete_all) == may, role
        assert not any((there.can_add_subpage(), there.can_edit(), there.can_publish(), there.can_delete())), role


def test_a_renamed_school_keeps_its_groups_under_its_new_name(make_school):
    school = make_school("Trường Chính trị tỉnh Yên Bái")
    before = set(SchoolGroup.objects.filter(school=school).values_list("group", flat=True))
    school.title = "Trường Chính trị tỉnh Lào Cai"
    school.save_revision().publish()
    assert set(SchoolGroup.objects.filter(school=school).values_list("group", flat=True)) == before
    assert Group.objects.filter(name__startswith="Trường Chính trị tỉnh Lào Cai – ").count() == 4


def test_two_schools_of_one_name_have_groups_of_their_own(make_school):
    make_school("Trường Chính trị", slug="mot"), make_school("Trường Chính trị", slug="hai")
    assert Group.objects.filter(name__startswith="Trường Chính trị").count() == 8


def test_a_deleted_school_takes_its_groups_with_it(make_school):
    before = Group.objects.count()
    make_school().delete()
    assert Group.objects.count() == before
    assert not SchoolGroup.objects.exists()


def test_a_school_made_in_the_admin_has_its_sections_at_once(home, admin_client):
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    names = ("former_names", "leaders", "departments", "addresses", "contacts")
    forms = {f"{name}-{field}": value for name in names for field, value in empty.items()}
    response = admin_client.post(
        f"/admin/pages/add/schools/schoolpage/{home.pk}/",
        {"title": "Trường mới", "slug": "truong-moi", "about": "null", "action-publish": "1", **forms},
    )
    assert response.status_code == 302
    school = SchoolPage.objects.get(slug="truong-moi")
    models = {type(page) for page in school.get_children().specific()}
    assert models == {NewsIndexPage, EventIndexPage, PersonIndexPage, DocumentIndexPage}


def test_a_school_shows_what_it_is_and_who_leads_it(client, make_school, make_person, make_article):
    person, draft = make_person("Lê Văn An"), make_person("Trần Văn Nháp", live=False)
    school = make_school(province="Phú Thọ", short_name="Trường CT Hoà Bình", slug="hoa-binh")
    school.former_names.create(name="Trường Đảng Hoà Bình", until_year=1993)
    school.leaders.create(name="TS. Lê Văn An", role="Hiệu trưởng", person=person)
    school.leaders.create(name="Trần Văn Nháp", role="Phó Hiệu trưởng", person=draft)
    school.departments.create(name="Khoa Xây dựng Đảng")
    school.addresses.create(address="Số 1 đường Hoà Bình")
    school.contacts.create(label="Văn thư", phone="0218", email="vt@hoabinh.example")
    school.save()
    article = make_article(title="Bài viết về trường")
    article.schools.create(school=school)
    article.save()
    shown = client.get("/hoa-binh/").content.decode()
    for part in (
        "Trường Đảng Hoà Bình", "1993", "Hiệu trưởng", "Khoa Xây dựng Đảng", "Số 1 đường Hoà Bình", "Văn thư",
        "vt@hoabinh.example", "Phú Thọ", "Bài viết về trường",
    ):  # fmt: skip
        assert part in shown
    assert '<a href="/can-bo/le-van-an/">' in shown
    assert draft.url not in shown


@pytest.fixture
def cluster(home, make_school):
    page = ClusterPage(title="Cụm Thi đua", slug="cum-thi-dua")
    for place, name in enumerate(("Hoà Bình", "Tuyên Quang", "Yên Bái")):
        school = make_school(f"Trường Chính trị tỉnh {name}")
        page.members.create(school=school, year=2023, role=[InCluster.LEAD, InCluster.MEMBER, InCluster.MEMBER][place])
        page.members.create(school=school, year=2024, role=[InCluster.MEMBER, InCluster.LEAD, InCluster.DEPUTY][place])
    return home.add_child(instance=page)


def test_the_page_of_a_year_shows_that_years_members_the_leading_school_first(client, cluster):
    shown = client.get("/cum-thi-dua/2023/").content.decode()
    assert shown.index("tỉnh Hoà Bình</a>") < shown.index("tỉnh Tuyên Quang</a>")
    newest = client.get("/cum-thi-dua/").content.decode()
    members = newest[newest.index('class="members links"') :]
    assert members.index("Tuyên Quang") < members.index("Yên Bái") < members.index("Hoà Bình")
    assert client.get("/cum-thi-dua/2019/").status_code == 404


def test_a_school_knows_its_roles_in_clusters(client, cluster):
    shown = client.get("/truong-chinh-tri-tinh-yen-bai/").content.decode()
    assert 'href="/cum-thi-dua/2024/"' in shown


def test_a_private_school_is_named_nowhere(client, cluster, make_article, make_event, make_person):
    school = SchoolPage.objects.get(title__endswith="Hoà Bình")
    article, event, person = make_article(), make_event(taking_part=[school], host=school), make_person()
    article.schools.create(school=school), article.save()
    person.posts.create(role="Giảng viên", school=school), person.save()
    PageViewRestriction.objects.create(page=school, restriction_type="login")
    for page in (cluster, article, event, person):
        assert "Hoà Bình" not in client.get(page.url).content.decode()
        [found] = type(page).for_search([page.pk])
        assert "Hoà Bình" not in f"{found.search_document()}"


@pytest.mark.parametrize("kind", ["school", "cluster", "person", "event"])
def test_many_search_documents_cost_as_many_queries_as_few(
    home, make_school, make_person, make_event, count_queries, kind
):
    schools = [make_school(f"Trường {number}") for number in range(6)]
    for school in schools:
        school.former_names.create(name="Tên cũ"), school.departments.create(name="Khoa")
        school.leaders.create(name="Ai", role="Hiệu trưởng"), school.save()
        person, event = make_person(f"Người {school.pk}"), make_event(title=f"Sự kiện {school.pk}", host=school)
        person.posts.create(role="Giảng viên", school=school), person.save()
        event.participants.create(school=school), event.agenda.create(what="Khai mạc"), event.save()
        cluster = ClusterPage(title=f"Cụm {school.pk}")
        cluster.members.create(school=school, year=2023)
        home.add_child(instance=cluster)
    model = {"school": SchoolPage, "cluster": ClusterPage, "person": PersonPage, "event": EventPage}[kind]
    ids = list(model.objects.values_list("pk", flat=True))

    def cost(count):
        return count_queries(lambda: [page.search_document() for page in model.for_search(ids[:count])])

    cost(6)  # what is looked up once
    assert cost(2) == cost(6)


def versions(*pages):
    return [OutboxEntry.objects.get(pk=page.pk).version for page in pages]


@pytest.mark.parametrize("change", ["renamed", "moved to another address", "made private", "unpublished", "deleted"])
def test_pages_that_name_a_school_follow_it(make_school, make_article, make_event, make_person, change):
    school, other = make_school("Trường A"), make_article()
    article, event, person = make_article(), make_event(taking_part=[school]), make_person()
    article.schools.create(school=school), article.save()
    person.posts.create(role="Giảng viên", school=school), person.save()
    before, untouched = versions(article, event, person), versions(other)
    match change:
        case "renamed":
            school.title = "Trường B"
            school.save_revision().publish()
        case "moved to another address":
            school.slug = "truong-khac"
            school.save_revision().publish()
        case "made private":
            PageViewRestriction.objects.create(page=school, restriction_type="login")
        case "unpublished":
            school.unpublish()
        case "deleted":
            school.delete()
    assert all(now > then for now, then in zip(versions(article, event, person), before, strict=True))
    assert versions(other) == untouched


def test_an_unchanged_school_touches_nobody_else(make_school, make_article):
    school, article = make_school(), make_article()
    article.schools.create(school=school), article.save()
    before = versions(article)
    school.summary = "Tóm tắt mới"
    school.save_revision().publish()
    assert versions(article) == before
