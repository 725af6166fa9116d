"""`search=` in lists: the engine's hits in its order, less what other filters and the public take away."""

import pytest

from api.content import searching
from cms.news.models import ArticlePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles(make_article, drain):
    """Three that are found, by how well they fit, and one that is not."""
    made = [
        make_article(title="Hội nghị tổng kết", tags=["Thi đua"]),
        make_article(title="Thông báo", summary="Sau hội nghị, mời họp tổng kết cùng toàn thể cán bộ", tags=["Khác"]),
        make_article(title="Ghi chép dài về nhiều việc", summary="Một hội nghị " + "khác hẳn " * 30),
    ]
    make_article(title="Bóng chuyền")
    drain()
    return [article.pk for article in made]


def test_a_search_keeps_the_order_of_its_ranking(ids, get, articles):
    ranked = [hit["id"] for hit in get("search", q="hoi nghi tong ket")["results"]]
    assert ids("articles", search="hoi nghi tong ket") == ranked
    assert ranked[0] == articles[0]


def test_a_search_gives_the_same_fields_as_a_list(get, articles):
    (result, *_rest) = get("articles", search="hội nghị tổng kết", fields="title,tags(name)")["results"]
    assert result == {"id": articles[0], "title": "Hội nghị tổng kết", "tags": [{"name": "Thi đua"}]}


def test_a_search_is_of_the_lists_type(ids, articles, make_event, drain):
    event = make_event(title="Hội nghị tổng kết").pk
    drain()
    assert ids("events", search="hội nghị tổng kết") == [event]
    assert set(ids("pages", search="hội nghị tổng kết")) >= {event, articles[0]}
    assert event not in ids("articles", search="hội nghị tổng kết")


@pytest.mark.parametrize("parameters", [{"tag": "thi-đua"}, {"slug": "bai-viet-1"}])
def test_filters_narrow_a_search_whether_the_index_knows_them_or_not(ids, articles, parameters):
    assert ids("articles", search="hội nghị", **parameters) == articles[:1]


def test_pages_of_a_search_can_be_turned(client, ids, articles):
    everything = ids("articles", search="hội nghị")
    found, address = [], "/api/v1/articles/?search=hội nghị&page_size=1"
    while address:
        answer = client.get(address).json()
        found += [result["id"] for result in answer["results"]]
        previous, address = answer["previous"], answer["next"]
    assert found == everything
    assert client.get(previous).json()["results"][0]["id"] == everything[-2]


def test_pages_that_filters_leave_empty_are_passed_over(ids, articles, monkeypatch):
    last = ids("articles", search="hội nghị")[-1]
    assert ids("articles", search="hội nghị", page_size=1, id=last) == [last]
    monkeypatch.setattr(searching, "ROUNDS", 1)
    assert ids("articles", search="hội nghị", page_size=1, id=last) == []


def test_a_search_leaves_out_what_is_unpublished_at_once(ids, articles):
    ArticlePage.objects.get(pk=articles[0]).unpublish()
    assert articles[0] not in ids("articles", search="hội nghị tổng kết")


def test_a_cursor_of_a_search_belongs_to_it(client, articles):
    address = client.get("/api/v1/articles/?search=hội nghị&page_size=1").json()["next"]
    cursor = address.split("cursor=")[1]
    assert client.get(f"/api/v1/articles/?search=khác&page_size=1&cursor={cursor}").status_code == 400
    assert client.get(f"/api/v1/articles/?page_size=1&cursor={cursor}").status_code == 400
    # The index turns pages of one size only.
    assert client.get(address.replace("page_size=1", "page_size=2")).status_code == 400


def test_a_search_without_an_index_is_answered_from_the_database(ids, make_article):
    article = make_article(title="Hội nghị tổng kết").pk
    assert ids("articles", search="hội nghị") == [article]
