import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cms.core.importing.dates import parse_date
from cms.core.importing.values import Unreadable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10/11/2023 2:28:00 CH", "2023-11-10 14:28:00"),
        ("10/11/2023 2:28:00 SA", "2023-11-10 02:28:00"),
        ("10/11/2023 12:05:00 SA", "2023-11-10 00:05:00"),
        ("10/11/2023 12:05:00 CH", "2023-11-10 12:05:00"),
        ("10/11/2023 14:28", "2023-11-10 14:28:00"),
        ("1/2/2023", "2023-02-01 00:00:00"),
        ("10-11-2023 9h05", "2023-11-10 09:05:00"),
        ("2023-11-10T14:28:01+07:00", "2023-11-10 14:28:01"),
        ("Chủ nhật, 26 Tháng 11 2023 15:06", "2023-11-26 15:06:00"),
        ("Thứ năm, ngày 12 tháng 3 năm 2020, 15 giờ 45 phút", "2020-03-12 15:45:00"),
        ("08:31, 26/09/2020 (GMT+7)", "2020-09-26 08:31:00"),
    ],
)
def test_the_dates_that_portals_print_are_read_in_the_sites_zone(text: str, expected: str) -> None:
    moment = parse_date(text)
    assert moment is not None
    assert timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S") == expected


@pytest.mark.parametrize(
    "text", ["31/02/2023", "31/02/2023 2:28:00 CH", "10/13/2023", "1/1/0203", "1/1/2023 25:00", "1/1/2023 13:00 SA"]
)
def test_a_date_that_does_not_exist_is_refused_by_name(text: str) -> None:
    with pytest.raises(Unreadable, match=text):
        parse_date(text)


@pytest.mark.parametrize("text", ["", "ngày mai", "Kế hoạch số 444-KH/CTĐ ngày 25/10/2023", "25/10/2023 và 26/10/2023"])
def test_a_text_that_is_more_or_less_than_a_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@given(st.datetimes(min_value=timezone.datetime(1990, 1, 1), max_value=timezone.datetime(2100, 1, 1)))
def test_the_twelve_hour_clock_agrees_with_the_other(moment: timezone.datetime) -> None:
    half = "SA" if moment.hour < 12 else "CH"
    date = f"{moment.day}/{moment.month}/{moment.year}"
    assert parse_date(f"{date} {moment.hour % 12 or 12}:{moment:%M:%S} {half}") == parse_date(
        f"{date} {moment:%H:%M:%S}"
    )
