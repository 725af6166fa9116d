"""What is suggested while a reader types."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from cms.documents.models import OfficialDocumentPage
from cms.news.models import ArticlePage
from cms.schools.models import SchoolPage
from search.query_log import tables
from search.query_log.tables import Question, Tally
from search.service import suggest

Drain = Callable[[], object]


@pytest.fixture
def portal(
    make_article: Callable[..., ArticlePage],
    make_school: Callable[..., SchoolPage],
    make_official_document: Callable[..., OfficialDocumentPage],
    drain: Drain,
) -> None:
    make_article(title="Trường Chính trị tổng kết năm 2024")
    make_school("Trường Chính trị tỉnh Hoà Bình", short_name="TCT Hòa Bình")
    make_official_document("444-KH/CTĐ", title="Kế hoạch tổ chức hội nghị tổng kết")
    make_official_document("11-QĐ/TW", title="Quy chế làm việc")
    drain()


@pytest.mark.parametrize(
    "typed", ["truong chinh tri ho", "trường chính trị ho", "truowngf chinhs tri hoaf", "truong72 chinh1 tri5 hoa2 bi"]
)
def test_a_school_is_suggested_whatever_way_its_name_is_typed(portal: None, typed: str) -> None:
    assert [item.title for item in suggest(typed)] == ["Trường Chính trị tỉnh Hoà Bình"]


@pytest.mark.parametrize(
    "typed", ["hooij ng", "hooi nghi", "kees hoacjh", "keers hoa", "ke61 hoa", "toor chuwc", "toor chu"]
)
def test_half_typed_keystrokes_are_read(portal: None, typed: str) -> None:
    assert [item.title for item in suggest(typed)] == ["Kế hoạch tổ chức hội nghị tổng kết"]


@pytest.mark.parametrize("typed", ["444", "444 kh", "444-KH/CTĐ", "số 444/KH-CTĐ", "444 kh ct", "kh 444"])
def test_a_document_is_suggested_by_its_number(portal: None, typed: str) -> None:
    [found] = suggest(typed)
    assert found.type == "document"
    assert found.also.replace("<mark>", "").replace("</mark>", "") == "444-KH/CTĐ"
    assert found.also.startswith("<mark>444")


def test_a_school_is_suggested_by_its_short_name(portal: None) -> None:
    [found] = suggest("tct")
    assert (found.title, found.also) == ("Trường Chính trị tỉnh Hoà Bình", "<mark>TCT</mark> Hòa Bình")


def test_what_the_title_says_is_not_said_twice(portal: None) -> None:
    assert {item.also for item in suggest("truong chinh tri")} == {""}


def test_suggestions_of_one_kind_stand_together(
    portal: None, make_article: Callable[..., ArticlePage], drain: Drain
) -> None:
    make_article(title="Trường Chính trị khai giảng")
    drain()
    kinds = [item.type for item in suggest("truong chinh")]
    assert sorted(kinds) == ["article", "article", "school"]
    assert kinds in (["article", "article", "school"], ["school", "article", "article"])


def test_what_becomes_private_is_no_longer_suggested_even_before_the_index_knows(portal: None) -> None:
    page = SchoolPage.objects.get()
    page.unpublish()
    assert suggest("tct") == ()


@pytest.fixture
def past_question(db: None) -> None:
    """A question that readers asked on two days, and that found something."""
    question = Question("hội nghị cụm", "hội nghị cụm", "hoi nghi cum", "", 3)
    days = (date(2026, 11, 1), date(2026, 11, 2))
    tables.write({(question.key, day): Tally(Counter(asked=5), question) for day in days})


@pytest.mark.parametrize("typed", ["hoi ng", "hội nghị c", "hooij nghij c", "HỘI"])
def test_what_others_searched_for_and_found_is_suggested_last(portal: None, past_question: None, typed: str) -> None:
    found = suggest(typed)[-1]
    assert (found.id, found.type, found.title) == (None, "query", "hội nghị cụm")
    assert found.url == "/search/?q=h%E1%BB%99i+ngh%E1%BB%8B+c%E1%BB%A5m"
    assert found.highlighted.startswith("<mark>h")


def test_a_past_question_takes_the_place_of_the_last_page(portal: None, past_question: None) -> None:
    assert [item.type for item in suggest("ho", limit=2)][1:] == ["query"]
