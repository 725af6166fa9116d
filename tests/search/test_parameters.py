"""What an address may ask of the search, and what it is told when it may not."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.documents import FACETS
from search.parameters import (
    MAX_FILTER_VALUES,
    SEARCH_PARAMETERS,
    BadParameters,
    refuse_all,
    search_query,
    suggest_text,
)
from search.queries import SearchQuery, Sort


def refused(address: str) -> list[str]:
    """The names of the parameters that an address got wrong."""
    with pytest.raises(BadParameters) as caught:
        search_query(QueryDict(address))
    assert all(error.reason for error in caught.value.errors)
    return [error.parameter for error in caught.value.errors]


def test_an_empty_address_asks_for_everything():
    assert search_query(QueryDict("")) == SearchQuery()


def test_every_parameter_is_read():
    address = (
        "q=thi+%C4%91ua&type=article&school=5&section=7&section=8&tag=a%2Cb&year=2023&document_kind=plan&cited=4"
        "&date_from=2023-01-31&date_to=2023-02-28&sort=newest&page_size=7&cursor=abc&facets=type,year&facets=tag"
    )
    assert search_query(QueryDict(address)) == SearchQuery(
        text="thi đua",
        filters={
            "type": ("article",),
            "school": ("5",),
            "section": ("7", "8"),
            "tag": ("a,b",),
            "year": ("2023",),
            "document_kind": ("plan",),
            "cited": ("4",),
        },
        date_from=date(2023, 1, 31),
        date_to=date(2023, 2, 28),
        sort=Sort.NEWEST,
        page_size=7,
        cursor="abc",
        facets=("type", "year", "tag"),
    )


def test_the_empty_fields_of_a_form_count_as_absent():
    address = "&".join(f"{name}=" for name in SEARCH_PARAMETERS)
    assert search_query(QueryDict(address)) == SearchQuery()


def test_a_value_given_twice_counts_once():
    query = search_query(QueryDict("tag=b&tag=a&tag=b&facets=year,year"))
    assert query.filters["tag"] == ("b", "a")
    assert query.facets == ("year",)


def test_nul_and_surrounding_spaces_are_taken_away():
    assert search_query(QueryDict("q=+a%00b+")).text == "a b"
    assert search_query(QueryDict("q=%00")).text == ""


@pytest.mark.parametrize("day", ["2023-02-31", "2023-2-3", "20230201", "2023-W05-1", "31/02/2023", "٢٠٢٣-٠١-٠١", "x"])
def test_a_day_that_does_not_exist_is_refused(day):
    assert refused(f"date_from={day}") == ["date_from"]
    assert refused(f"date_to={day}") == ["date_to"]


def test_the_first_day_may_be_the_last_and_not_lie_after_it():
    query = search_query(QueryDict("date_from=2023-02-01&date_to=2023-02-01"))
    assert query.date_from == query.date_to
    assert refused("date_from=2023-02-02&date_to=2023-02-01") == ["date_from"]


@pytest.mark.parametrize("size", ["0", "101", "-1", "1.0", "1e1", "١٠", "9999999999999999999999", "many"])
def test_a_page_size_out_of_range_is_refused(size):
    assert refused(f"page_size={size}") == ["page_size"]


def test_a_page_size_may_be_one_and_a_hundred():
    assert [search_query(QueryDict(f"page_size={size}")).page_size for size in (1, 100)] == [1, 100]


def test_unknown_sorts_and_facets_are_refused():
    assert refused("sort=best") == ["sort"]
    assert refused("facets=type,colour") == ["facets"]


@pytest.mark.parametrize("name", ["q", "date_from", "date_to", "sort", "page_size", "cursor"])
def test_what_can_have_one_value_is_refused_when_given_twice(name):
    assert refused(f"{name}=1&{name}=1") == [name]


def test_a_text_of_256_characters_passes_and_of_257_does_not():
    assert len(search_query(QueryDict("q=" + "%E1%BB%99" * 256)).text) == 256
    assert refused("q=" + "%E1%BB%99" * 257) == ["q"]
    assert refused("q=" + "thi+" * 5000) == ["q"]


def test_too_many_and_too_long_filter_values_are_refused():
    many = [f"tag={number}" for number in range(MAX_FILTER_VALUES + 1)]
    assert len(search_query(QueryDict("&".join(many[:-1]))).filters["tag"]) == MAX_FILTER_VALUES
    assert refused("&".join(many)) == ["tag"]
    assert refused("tag=" + "x" * 257) == ["tag"]


def test_every_mistake_is_reported_at_once():
    assert refused("q=a&colour=red&sort=best&page_size=0&date_to=x") == ["date_to", "sort", "page_size", "colour"]


def test_unknown_parameters_are_refused_by_name():
    assert refused("q=a&utm_source=mail&Q=b") == ["utm_source", "Q"]


def test_suggestions_take_a_text_and_nothing_else():
    assert suggest_text(QueryDict("q=+hoi")) == "hoi"
    assert suggest_text(QueryDict("")) == ""
    with pytest.raises(BadParameters) as caught:
        suggest_text(QueryDict("q=a&q=b&sort=newest"))
    assert [error.parameter for error in caught.value.errors] == ["q", "sort"]


def test_an_address_without_parameters_refuses_each_by_name():
    refuse_all(QueryDict(""))
    with pytest.raises(BadParameters, match="lang"):
        refuse_all(QueryDict("lang=vi"))


def test_every_facet_can_be_filtered_by():
    assert set(FACETS) < set(SEARCH_PARAMETERS)


@given(st.binary(max_size=300))
def test_any_bytes_make_a_question_or_are_refused(data):
    try:
        query = search_query(QueryDict(data))
    except BadParameters as error:
        assert error.errors
    else:
        assert "\0" not in query.text
        query.text.encode()
