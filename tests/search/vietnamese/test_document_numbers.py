"""Numbers of official documents in every spelling in use, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.vietnamese.document_numbers import KINDS, find, parse


@pytest.mark.parametrize(
    ("text", "serial", "year", "kind", "issuer", "printed"),
    [
        ("444-KH/CTĐ", 444, None, "KH", "CTĐ", "444-KH/CTĐ"),
        ("444/KH-CTĐ", 444, None, "KH", "CTĐ", "444/KH-CTĐ"),
        ("Số: 444 – KH/CTĐ", 444, None, "KH", "CTĐ", "444-KH/CTĐ"),
        ("số 444 - KH / CTĐ", 444, None, "KH", "CTĐ", "444-KH/CTĐ"),
        ("11-QĐ/TW", 11, None, "QĐ", "TW", "11-QĐ/TW"),
        ("05-CT/TW", 5, None, "CT", "TW", "05-CT/TW"),
        ("15/2023/NĐ-CP", 15, 2023, "NĐ", "CP", "15/2023/NĐ-CP"),
        ("02/2022/TTLT-BNV-BTC", 2, 2022, "TTLT", "BNV-BTC", "02/2022/TTLT-BNV-BTC"),
        ("1234/QĐ-UBND", 1234, None, "QĐ", "UBND", "1234/QĐ-UBND"),
        ("1234/QĐ-TTg", 1234, None, "QĐ", "TTg", "1234/QĐ-TTg"),
        ("12-TTr/BTGTU", 12, None, "TTr", "BTGTU", "12-TTr/BTGTU"),
        ("34/2024/QH15", 34, 2024, "", "QH15", "34/2024/QH15"),
    ],
)
def test_every_spelling_in_use_is_parsed(text, serial, year, kind, issuer, printed):
    number = parse(text)
    assert (number.serial, number.year, number.kind, number.issuer) == (serial, year, kind, issuer)
    assert number.printed == printed


def test_all_spellings_of_a_number_have_one_key():
    spellings = ["444-KH/CTĐ", "444/KH-CTĐ", "Số: 444 – KH/CTĐ", "444 — KH/CTĐ", "0444-KH/CTĐ"]
    spellings += ["444-KH/CT\N{LATIN CAPITAL LETTER ETH}", "Số:\xa0444\xa0-\xa0KH/CTĐ"]  # what old fonts and Word leave
    assert {parse(text).key for text in spellings} == {"444-KH/CTĐ"}
    assert parse("15/2023/NĐ-CP").key != parse("15/2024/NĐ-CP").key


@pytest.mark.parametrize(
    "text",
    [
        "08/11/2023", "8/11", "COVID-19", "2021 - 2025", "2021-2025", "24/7", "100%", "A4", "0200-3800156",
        "12-05-2023", "KH/CTĐ", "444-KH", "444-XX/CTĐ", "444-KH/", "15/2023/NĐ", "https://a.vn/12-KH/CTD2",
        "", "số", "444-kh/ctđ",
    ],
)  # fmt: skip
def test_dates_spans_and_names_are_no_numbers(text):
    assert parse(text) is None


def test_numbers_are_found_in_running_text_with_their_places():
    text = "Kế hoạch số 444-KH/CTĐ ngày 25/10/2023, giai đoạn 2021 - 2025 (Quy định số 11-QĐ/TW), xem a.vn/1-KH/CTĐ."
    found = [(text[start:end], number.key) for start, end, number in find(text)]
    assert found == [("444-KH/CTĐ", "444-KH/CTĐ"), ("11-QĐ/TW", "11-QĐ/TW")]


issuers = st.text(st.sampled_from("ABCDĐHKLNQTUVƯ"), min_size=1, max_size=8)
dashes = st.sampled_from(["-", "–", " - ", " – ", "— "])


@given(st.integers(1, 99_999), st.sampled_from(sorted(KINDS)), issuers, dashes)
def test_whatever_is_printed_is_found_again(serial, kind, issuer, dash):
    party, state = parse(f"{serial}{dash}{kind}/{issuer}"), parse(f"Số: {serial}/{kind}{dash}{issuer}")
    assert party.key == state.key == f"{serial}-{kind}/{issuer}"
    assert parse(party.printed).key == party.key
    [(start, end, number)] = find(f"theo {party.printed}, ngày 01/02/2023")
    assert (start, end, number) == (5, 5 + len(party.printed), party)


@given(st.text(st.sampled_from("0123456789-–/ .KHQĐTWa\n"), max_size=60))
def test_no_text_breaks_it_and_places_never_overlap(text):
    last = 0
    for start, end, number in find(text):
        assert last <= start < end
        assert parse(text[start:end]) == number
        last = end


@given(st.dates().map(lambda day: day.strftime("%d/%m/%Y")), st.integers(1900, 2100), st.integers(1900, 2100))
def test_no_date_and_no_span_of_years_is_ever_taken_for_a_number(day, first, last):
    assert list(find(f"ngày {day}, {first} - {last}, {first}-{last}, {first}/{last}")) == []
