"""People: what their pages and the directories show."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cms.people.models import PersonPage, PersonPost


def test_a_person_is_shown_with_posts_those_held_now_first_and_articles(client, make_person, make_school, make_article):
    person = make_person("Phạm Thị Thu Hà", academic_title="ThS.", slug="ha", about="<p>Quê ở Yên Bái</p>")
    person.posts.create(role="Giảng viên", department="Khoa Xây dựng Đảng", until=date(2020, 6, 1))
    person.posts.create(role="Trưởng khoa", school=make_school("Trường A"), since=date(2020, 7, 1))
    person.save()
    written = make_article(title="Bài của chị Hà")
    written.authors.create(name="Thu Hà", person=person), written.save()
    draft = make_article(title="Bản nháp của chị Hà", live=False)
    draft.authors.create(name="Thu Hà", person=person), draft.save()
    shown = client.get("/can-bo/ha/").content.decode()
    assert "<h1>ThS. Phạm Thị Thu Hà</h1>" in shown
    assert shown.index("Trưởng khoa") < shown.index("Giảng viên, Khoa Xây dựng Đảng")
    assert "Quê ở Yên Bái" in shown
    assert "07/2020" in shown
    assert "Bài của chị Hà" in shown
    assert "Bản nháp của chị Hà" not in shown


def test_an_articles_byline_leads_to_its_people_as_far_as_anybody_may_open_them(client, make_person, make_article):
    article = make_article(slug="bai")
    article.authors.create(name="ThS. Thu Hà", person=make_person("Phạm Thị Thu Hà", slug="ha"))
    article.authors.create(name="Văn Kín", person=make_person("Lê Văn Kín", slug="kin", live=False))
    article.save()
    shown = client.get("/tin-tuc/bai/").content.decode()
    assert '<a href="/can-bo/ha/" rel="author">ThS. Thu Hà</a>' in shown
    assert "<strong>Văn Kín</strong>" in shown


def test_a_post_cannot_end_before_it_begins():
    with pytest.raises(ValidationError):
        PersonPost(role="Giảng viên", since=date(2024, 1, 1), until=date(2023, 1, 1)).clean()


def test_a_directory_of_many_costs_as_many_queries_as_of_few(
    client, make_person, make_school, make_image, count_queries
):
    school = make_school()

    def add(count):
        for number in range(count):
            person = make_person(f"Người {PersonPage.objects.count()} {number}", cover=make_image())
            person.posts.create(role="Giảng viên", school=school), person.save()

    def cost():
        client.get("/can-bo/")
        return count_queries(lambda: client.get("/can-bo/"))

    add(2)
    few = cost()
    add(8)
    assert cost() == few


def test_a_persons_search_document_names_title_posts_and_schools(make_person, make_school):
    school = make_school("Trường A")
    person = make_person("Phạm Thị Thu Hà", academic_title="ThS.")
    person.posts.create(role="Giảng viên", department="Khoa Xây dựng Đảng", school=school), person.save()
    [found] = PersonPage.for_search([person.pk])
    made = found.search_document()
    assert (made.type, made.title) == ("person", "Phạm Thị Thu Hà")
    assert made.body.split("\n") == ["ThS. Phạm Thị Thu Hà", "Giảng viên, Khoa Xây dựng Đảng"]
    assert [value.value for value in made.facets["school"]] == [str(school.pk)]
