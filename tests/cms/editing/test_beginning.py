"""A new page begins with what is known of who writes it, and can be previewed before it is saved."""

import pytest

from cms.news.models import NewsIndexPage
from cms.people.models import PersonPost
from cms.schools.models import SchoolGroup
from tests.cms.editing.test_panel import form


@pytest.fixture
def editor(make_school, django_user_model):
    user = django_user_model.objects.create_user("hoa", first_name="Hoa", last_name="Lê Thị")
    user.groups.add(make_school().groups.get(role=SchoolGroup.Role.EDITOR).group)
    return user


def begun(client, user, parent, kind="news/articlepage"):
    client.force_login(user)
    return client.get(f"/admin/pages/add/{kind}/{parent.pk}/").context["form"]


def test_an_article_begins_with_its_author_and_the_school_that_it_stands_below(client, editor, make_person):
    person = make_person("Lê Thị Hoa", academic_title="ThS.")
    person.posts.add(PersonPost(role="Giảng viên"))
    person.save()
    school = SchoolGroup.objects.first().school
    section = school.add_child(instance=NewsIndexPage(title="Tin", slug="tin"))
    article = begun(client, editor, section).instance
    (author,) = article.authors.all()
    assert (author.name, author.post, author.person) == ("ThS. Lê Thị Hoa", "Giảng viên", person)
    assert [item.school for item in article.schools.all()] == [school]
    assert article.published_at


def test_who_has_no_page_is_author_by_name_and_who_has_no_name_is_none(client, editor, admin_user):
    section = SchoolGroup.objects.first().school.add_child(instance=NewsIndexPage(title="Tin", slug="tin"))
    assert [author.name for author in begun(client, editor, section).instance.authors.all()] == ["Lê Thị Hoa"]
    assert list(begun(client, admin_user, section).instance.authors.all()) == []


def test_a_new_article_is_previewed_unsaved_without_an_index_on_phone_and_desk(admin_client, section):
    address = f"/admin/pages/add/news/articlepage/{section.pk}/preview/"
    assert admin_client.post(address, form(title="Chưa lưu")).json()["is_available"]
    assert "Chưa lưu" in admin_client.get(f"{address}?mode=").content.decode()
    html = admin_client.get(f"/admin/pages/add/news/articlepage/{section.pk}/").content.decode()
    assert 'data-device-width="375"' in html and 'data-device-width="1280"' in html
