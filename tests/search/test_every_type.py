"""Every type of page is found, counted and suggested while it is public, and gone on the very next request."""

from datetime import date

import pytest
from wagtail.models import PageViewRestriction

from cms.schools.models import ClusterPage
from home.models import StandardPage
from search import checking
from search.documents import FACETS
from search.pages import searchable_types
from search.queries import SearchQuery
from search.service import search, suggest

TITLE = "Chim hoàng yến"


@pytest.fixture
def make(request, home, make_article, make_school, make_person, make_event, make_official_document, section):
    """Makes the page of a type under the same name."""
    makers = {
        "article": lambda: make_article(title=TITLE, body=[("text", "<p>Theo 444-KH/CTĐ</p>")]),
        "school": lambda: make_school(TITLE),
        "person": lambda: make_person(TITLE),
        "event": lambda: make_event(title=TITLE, taking_part=[make_school("Trường A")]),
        "document": lambda: make_official_document(title=TITLE, issued_on=date(2023, 10, 25)),
        "cluster": lambda: home.add_child(instance=ClusterPage(title=TITLE)),
        "page": lambda: home.add_child(instance=StandardPage(title=TITLE)),
        "section": lambda: home.add_child(instance=type(section)(title=TITLE)),
        "person_list": lambda: make_person("Ai đó").get_parent().specific,
        "event_list": lambda: make_event(title="Gì đó").get_parent().specific,
        "document_list": lambda: make_official_document().get_parent().specific,
    }

    def made(name):
        page = makers[name]()
        if page.title != TITLE:
            page.title = TITLE
            page.save_revision().publish()
        return page

    return made


TYPES = (
    "article", "school", "person", "event", "document", "cluster", "page", "section",
    "person_list", "event_list", "document_list",
)  # fmt: skip


@pytest.mark.django_db
def test_all_types_are_looked_at_here():
    assert set(searchable_types()) == set(TYPES)


def found(name):
    """Whether the page is in hits, counts, facets and suggestions; they must agree."""
    results = search(SearchQuery("hoang yen", filters={"type": (name,)}, facets=FACETS))
    assert not results.degraded
    suggested = [item.title for item in suggest("hoàng y")]
    counted = {count.value: count.count for count in results.facets["type"]}
    assert len(results.hits) == results.total == counted.get(name, 0) == len(suggested)
    return bool(results.hits)


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("withdraw", ["unpublished", "made private", "deleted", "below an unpublished page"])
def test_what_is_withdrawn_is_gone_at_once_and_from_the_index_later(make, drain, name, withdraw):
    page = make(name)
    drain()
    assert found(name)
    match withdraw:
        case "unpublished":
            page.unpublish()
        case "made private":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        case "deleted":
            page.delete()
        case _:
            page.get_parent().specific.unpublish()
    assert not found(name)
    assert drain().failed == 0
    assert not found(name)
    assert checking.check().drifted == []


@pytest.mark.parametrize("name", TYPES)
def test_the_answer_from_the_database_knows_the_type_too(make, settings, name):
    make(name)
    results = search(SearchQuery("hoang yen", filters={"type": (name,)}))  # there is no index
    assert results.degraded
    assert [hit.type for hit in results.hits] == [name]


def test_while_degraded_schools_kinds_and_years_narrow_as_ever(
    make_school, make_event, make_official_document, make_article
):
    school, other = make_school("Trường A"), make_school("Trường B")
    event = make_event(taking_part=[school])
    hosted = make_event(title="Hội thảo", host=school)
    article = make_article()
    article.schools.create(school=school), article.save()
    document = make_official_document(issued_on=date(2023, 10, 25))
    make_official_document("9-QĐ/TW", issued_on=date(2021, 1, 1))

    def ids(**filters):
        results = search(SearchQuery("", filters={name: (value,) for name, value in filters.items()}, page_size=50))
        assert results.degraded
        return {hit.id for hit in results.hits}

    assert ids(school=str(school.pk)) == {school.pk, article.pk, event.pk, hosted.pk}
    assert ids(school=str(other.pk)) == {other.pk}
    assert ids(school="không-phải-số") == set()
    assert ids(document_kind="ke-hoach") == {document.pk}
    assert ids(type="document", year="2023") == {document.pk}
    assert event.pk in ids(type="event")


def test_suggestions_of_one_type_stand_together(make, make_person, make_school, make_article, drain):
    for number in range(2):
        make_article(title=f"Hoàng yến {number}"), make_person(f"Hoàng Yến {number}")
        make_school(f"Trường Hoàng Yến {number}")
    drain()
    types = [item.type for item in suggest("hoang ye")]
    assert len(types) == 6
    assert types == [name for name in dict.fromkeys(types) for _ in range(2)]
    assert {item.type_label for item in suggest("hoang ye")} == {"bài viết", "cán bộ, giảng viên", "trường"}
