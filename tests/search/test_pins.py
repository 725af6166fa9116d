"""Pages that editors pin to a question: above its results, once, for as long as they may be seen."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone

from search import service
from search.models import Pin
from search.queries import SearchQuery, Sort

pytestmark = pytest.mark.django_db


def promoted(text="lịch thi", **query):
    return [hit.id for hit in service.search(SearchQuery(text=text, **query)).promoted]


@pytest.fixture
def article(make_article, engine, drain):
    article = make_article(title="Thông báo của phòng đào tạo")
    make_article(title="Lịch thi học kỳ một")
    drain()
    return article


@pytest.mark.parametrize("typed", ["lịch thi", "LICH  THI", '"lich thi"', "lịch thi?"])
def test_a_pin_holds_from_the_next_question_on_however_it_is_typed(article, typed):
    assert promoted(typed) == []
    pin = Pin.objects.create(words="Lịch thi", page=article)
    assert promoted(typed) == [article.pk]
    pin.delete()
    assert promoted(typed) == []


def test_a_pin_is_for_the_whole_question(article):
    Pin.objects.create(words="lịch thi", page=article)
    assert promoted("lịch thi học kỳ") == promoted("lịch") == promoted("") == promoted("lịch -thi đua") == []


def test_what_is_pinned_to_the_corrected_question_is_shown(article, make_article, drain):
    from search import lexicon

    for number in range(5):
        make_article(title=f"Trường Chính trị tỉnh {number}")
    drain()
    lexicon.make()
    lexicon.refresh()
    Pin.objects.create(words="trường chính trị", page=article)
    results = service.search(SearchQuery(text="truowngf chinhs trij"))
    assert results.asked.showing_results_for == "trường chính trị"
    assert [hit.id for hit in results.promoted] == [article.pk]


def test_a_pin_holds_on_its_days_alone(article):
    today = timezone.localdate()
    pin = Pin.objects.create(words="lịch thi", page=article)
    for first, last, shown in ((0, 0, True), (1, None, False), (None, -1, False), (-1, 1, True)):
        pin.first_day = None if first is None else today + timedelta(first)
        pin.last_day = None if last is None else today + timedelta(last)
        pin.save()
        assert promoted() == ([article.pk] if shown else [])


def test_several_pins_come_in_their_order(article, make_article):
    other = make_article()
    Pin.objects.create(words="lịch thi", page=article, place=2)
    Pin.objects.create(words="lich thi", page=other, place=1)
    assert promoted() == [other.pk, article.pk]


def test_what_readers_may_not_open_is_not_shown(article, make_article):
    Pin.objects.create(words="lịch thi", page=article)
    draft = make_article(live=False)
    Pin.objects.create(words="lịch thi", page=draft)
    assert promoted() == [article.pk]
    article.view_restrictions.create(restriction_type="login")
    assert promoted() == []


def test_a_pinned_page_does_not_stand_among_the_results_again(article, make_article, drain):
    found = make_article(title="Lịch thi và lịch trả bài")
    drain()
    Pin.objects.create(words="lịch thi", page=found)
    results = service.search(SearchQuery(text="lịch thi"))
    assert [hit.id for hit in results.promoted] == [found.pk]
    assert found.pk not in {hit.id for hit in results.hits}
    assert results.total == 2


def test_nor_on_the_next_page_which_has_no_pins_of_its_own(article, make_article, drain):
    for _ in range(4):
        last = make_article(title="Lịch thi")
    drain()
    query = SearchQuery(text="lịch thi", page_size=3)
    everything = {hit.id for hit in service.search(SearchQuery(text="lịch thi")).hits}
    found = service.search(SearchQuery(text="lịch thi")).hits[-1].id
    Pin.objects.create(words="lịch thi", page_id=found)
    first = service.search(query)
    second = service.search(SearchQuery(text="lịch thi", page_size=3, cursor=first.next))
    assert second.promoted == ()
    shown = [hit.id for results in (first, second) for hit in (*results.promoted, *results.hits)]
    assert sorted(shown) == sorted(everything)
    assert last.pk in everything


def test_who_narrows_or_sorts_sees_what_fits_alone(article):
    Pin.objects.create(words="lịch thi", page=article)
    assert promoted(sort=Sort.NEWEST) == promoted(filters={"type": ("article",)}) == []
    assert promoted(date_from=timezone.localdate()) == []


def test_pins_are_shown_when_only_the_database_answers(make_article, search_dir):
    article = make_article()
    Pin.objects.create(words="lịch thi", page=article)
    assert promoted() == [article.pk]


def test_the_api_gives_pins_as_results(article, client):
    Pin.objects.create(words="lịch thi", page=article)
    (pinned,) = client.get("/api/v1/search/?q=lich+thi").json()["promoted"]
    assert pinned["title"] == "Thông báo của phòng đào tạo"
    assert pinned["url"] == f"http://testserver{article.url}"
    assert set(pinned["highlights"]) == {"title", "body", "files"}


def test_the_search_page_shows_pins_above_the_results(article, client):
    Pin.objects.create(words="lịch thi", page=article)
    soup = BeautifulSoup(client.get("/search/?q=lich+thi").content, "html.parser")
    first, second = soup.select("[data-position]")
    assert (first["data-position"], second["data-position"]) == ("0", "1")
    assert first.select_one("h3 a")["href"] == article.url
    assert "Đề xuất" in first.get_text()


def test_a_pin_alone_is_an_answer_too(article, client):
    Pin.objects.create(words="xyzzy", page=article)
    page = client.get("/search/?q=xyzzy").text
    assert "Không tìm thấy" not in page
    assert article.title in page


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"words": "?!"}, "words"),
        ({"first_day": "2026-02-01", "last_day": "2026-01-01"}, "last_day"),
        ({"words": "LICH thi"}, "page"),
    ],
)
def test_a_pin_that_makes_no_sense_is_refused_with_the_reason(article, values, field):
    Pin.objects.create(words="lịch thi", page=article)
    with pytest.raises(ValidationError) as refused:
        Pin(**({"words": "học phí", "page": article} | values)).full_clean()
    assert set(refused.value.message_dict) == {field}


def test_a_deleted_page_takes_its_pins_along(article):
    Pin.objects.create(words="lịch thi", page=article)
    article.delete()
    assert not Pin.objects.exists()
