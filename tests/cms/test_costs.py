"""Pages that show others, and search documents of every type, cost the same however many there are."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.documents.models import DocumentIndexPage
from cms.events.models import EventIndexPage
from cms.news.models import NewsIndexPage
from cms.people.models import PersonIndexPage
from cms.schools.models import ClusterPage
from home.models import StandardPage


@pytest.fixture
def add(make_article, make_school, make_person, make_official_document, make_image):
    """Adds one more of everything that a page of the type can show."""

    def reporting(**fields):
        return make_article(cover=make_image(), **fields)

    def to_school(school, number):
        school.add_child(instance=NewsIndexPage(title=f"Mục {number}", slug=f"muc-{number}"))
        school.leaders.create(name="Ai", role="Hiệu trưởng", person=make_person(f"Người {number}"))
        school.departments.create(name="Khoa"), school.contacts.create(phone="1"), school.save()
        cluster = ClusterPage(title=f"Cụm {number}")
        cluster.members.create(school=school, year=2000 + number)
        school.get_parent().add_child(instance=cluster)
        article = reporting()
        article.schools.create(school=school), article.save()

    def to_cluster(cluster, number):
        cluster.members.create(school=make_school(f"Trường {number}"), year=2023), cluster.save()

    def to_person(person, number):
        person.posts.create(role="Giảng viên", school=make_school(f"Trường {number}")), person.save()
        article = reporting()
        article.authors.create(name="A", person=person), article.save()

    def to_event(event, number):
        event.participants.create(school=make_school(f"Trường {number}")), event.agenda.create(what="Khai mạc")
        event.documents.create(document=make_official_document(f"{number + 1}-KH/CTĐ")), event.save()
        reporting(event=event)

    def to_article(article, number):
        article.schools.create(school=make_school(f"Trường {number}"))
        article.authors.create(name="A", person=make_person(f"Người {number}"))
        number = make_official_document(f"{number + 1}-KH/CTĐ").number
        article.body.append(("text", f"<p>Theo {number}</p>")), article.save()

    return {"school": to_school, "cluster": to_cluster, "person": to_person, "event": to_event, "article": to_article}


@pytest.mark.parametrize("kind", ["school", "cluster", "person", "event", "article"])
def test_a_page_that_shows_many_others_costs_as_many_queries_as_with_few(
    client, home, add, make_school, make_person, make_event, make_article, count_queries, kind
):
    page = {
        "school": make_school,
        "cluster": lambda: home.add_child(instance=ClusterPage(title="Cụm Thi đua")),
        "person": make_person,
        "event": lambda: make_event(starts_at=datetime(2023, 11, 8, tzinfo=UTC)),
        "article": make_article,
    }[kind]()

    def cost(numbers):
        for number in numbers:
            add[kind](page, number)
        for _ in range(2):  # what is looked up or made once, and what all pages share
            assert client.get(page.url).status_code == 200
        return count_queries(lambda: client.get(page.url))

    assert cost(range(2)) == cost(range(2, 8))


@pytest.mark.parametrize("model", [NewsIndexPage, EventIndexPage, PersonIndexPage, DocumentIndexPage, StandardPage])
def test_search_documents_of_many_pages_cost_as_many_queries_as_of_few(home, count_queries, model):
    made = [home.add_child(instance=model(title=f"Trang {number}", slug=f"trang-{number}")) for number in range(6)]
    ids = [page.pk for page in made]

    def cost(count):
        return count_queries(lambda: [page.search_document() for page in model.for_search(ids[:count])])

    cost(6)  # what is looked up once
    assert cost(2) == cost(6)


def test_an_article_with_everything_on_it_costs_twelve_queries_at_most(
    client, make_article, make_image, make_document, make_school, make_person, count_queries
):
    def shown(number):
        return {"image": make_image(), "alt_text": "Lễ", "caption": f"Ảnh {number}", "credit": ""}

    video = {"url": "https://youtu.be/abcdefghijk", "title": "Phim", "still": make_image()}
    linked = make_article()
    article = make_article(
        cover=make_image(),
        tags=["Thi đua", "Chủ đề"],
        authors=[("ThS. Lê A", "Trưởng khoa"), ("B", "")],
        body=[
            *(("text", f'<p><a linktype="page" id="{linked.pk}">Đoạn</a> {number}</p>') for number in range(4)),
            *(("picture", shown(number)) for number in range(4)),
            ("gallery", {"pictures": [shown(number) for number in range(3)]}),
            ("video", video),
            ("files", {"title": "", "files": [make_document() for _ in range(3)]}),
        ],
    )
    article.schools.create(school=make_school())
    article.authors.create(name="C", person=make_person())
    article.save()
    for _ in range(2):
        assert client.get(article.url).content.count(b"<picture>") == 9
    assert count_queries(lambda: client.get(article.url)) <= 12


@pytest.mark.parametrize("address", ["/tin-tuc/", "/archive/", "/archive/2024/", "/archive/2024/1/"])
def test_lists_are_counted_once_and_again_after_a_change(client, make_article, count_queries, address):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return any("COUNT(" in query["sql"] for query in queries.captured_queries)

    make_article()
    assert [counted() for _ in range(3)] == [True, False, False]
    make_article()
    assert [counted() for _ in range(2)] == [True, False]
