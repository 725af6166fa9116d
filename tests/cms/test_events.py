"""Events: their page, their calendar file, and the calendars that list them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar

from cms.events.models import EventIndexPage, EventPage


def test_an_event_shows_when_where_and_who(client, make_event, make_school, make_official_document, make_article):
    host, guest = make_school("Trường Chính trị tỉnh Hoà Bình"), make_school("Trường Chính trị tỉnh Yên Bái")
    event = make_event(slug="hoi-nghi", venue="Hội trường lớn", host=host)
    event.participants.create(school=guest, part="Tổ kiểm tra số 2")
    event.participants.create(name="Vụ Các trường chính trị", part="Chỉ đạo")
    event.agenda.create(starts_at=datetime(2023, 11, 9, 1, tzinfo=UTC), what="Khai mạc", who="Ban tổ chức")
    event.documents.create(document=make_official_document(title="Kế hoạch kiểm tra"))
    event.body = [("text", "<p>Theo Kế hoạch số 444-KH/CTĐ</p>")]
    event.save()
    make_article(title="Bài tường thuật", event=event)
    shown = client.get("/su-kien/hoi-nghi/").content.decode()
    for part in (
        "08:00, 08/11/2023", "16:00, 09/11/2023", "Hội trường lớn", "Trường Chính trị tỉnh Hoà Bình</a>",
        "Tổ kiểm tra số 2", "Vụ Các trường chính trị", "08:00, 09/11", "Khai mạc", "Kế hoạch kiểm tra",
        "Bài tường thuật", 'href="/su-kien/hoi-nghi/ics/"', ">444-KH/CTĐ</a>",
    ):  # fmt: skip
        assert part in shown


def event_in(response):
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    return event


def test_a_calendar_program_gets_the_moments(client, make_event):
    make_event(slug="hoi-nghi", title="Hội nghị; tổng kết, 2023", venue="Hoà Bình", summary="Hai ngày\nlàm việc")
    response = client.get("/su-kien/hoi-nghi/ics/")
    event = event_in(response)
    assert event["summary"] == "Hội nghị; tổng kết, 2023"
    assert event["location"] == "Hoà Bình"
    assert event.decoded("dtstart") == datetime(2023, 11, 8, 1, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2023, 11, 9, 9, tzinfo=UTC)
    assert event["url"].endswith("/su-kien/hoi-nghi/")
    assert "hoi-nghi.ics" in response["Content-Disposition"]


def test_whole_days_are_days_of_the_sites_clocks_and_end_with_the_first_free_one(client, make_event):
    make_event(
        slug="dai-hoi",
        is_all_day=True,
        starts_at=datetime(2023, 11, 7, 17, tzinfo=UTC),  # midnight in Vietnam
        ends_at=datetime(2023, 11, 9, 3, tzinfo=UTC),
    )
    event = event_in(client.get("/su-kien/dai-hoi/ics/"))
    assert (f"{event.decoded('dtstart')}", f"{event.decoded('dtend')}") == ("2023-11-08", "2023-11-10")
    assert "08/11/2023</time> – <time" in client.get("/su-kien/dai-hoi/").content.decode()


def test_an_event_cannot_end_before_it_begins(make_event):
    with pytest.raises(ValidationError, match="kết thúc"):
        make_event(ends_at=datetime(2023, 11, 7, tzinfo=UTC))


def test_a_calendar_lists_what_comes_the_next_first_then_what_has_been(client, make_event):
    now = timezone.now()
    for title, days in (("Năm ngoái", -300), ("Tuần trước", -7), ("Tháng sau", 30), ("Tuần sau", 7)):
        make_event(title=title, starts_at=now + timedelta(days), ends_at=now + timedelta(days, hours=2))
    make_event(title="Cả ngày hôm nay", is_all_day=True, starts_at=now, ends_at=now)
    shown = client.get("/su-kien/").content.decode()
    order = ["Cả ngày hôm nay", "Tuần sau", "Tháng sau", "Tuần trước", "Năm ngoái"]
    places = [shown.index(title) for title in order]
    assert places == sorted(places)


def test_a_calendar_of_many_costs_as_many_queries_as_of_few(client, make_event, make_image, count_queries):
    def add(count):
        for _ in range(count):
            make_event(title=f"Sự kiện {EventPage.objects.count()}", cover=make_image())

    def cost():
        client.get("/su-kien/")  # renditions are made once
        return count_queries(lambda: client.get("/su-kien/"))

    add(2)
    few = cost()
    add(8)
    assert cost() == few


def test_its_search_document_names_schools_place_and_agenda(make_event, make_school):
    host, guest = make_school("Trường A"), make_school("Trường B")
    event = make_event(host=host, venue="Hội trường", taking_part=[guest])
    event.agenda.create(what="Trao cờ thi đua"), event.save()
    [found] = EventPage.for_search([event.pk])
    made = found.search_document()
    assert made.type == "event"
    assert {value.label for value in made.facets["school"]} == {"Trường A", "Trường B"}
    assert [school["title"] for school in made.card.schools] == ["Trường A", "Trường B"]
    assert {"Hội trường", "Trao cờ thi đua"} <= set(made.body.split("\n"))
    assert made.date == event.starts_at
    assert made.card.section["id"] == EventIndexPage.objects.get().pk


def on(day, **fields):
    """An event from morning to evening in Vietnam."""
    starts_at = datetime(*day, 1, tzinfo=UTC)
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=9)} | fields


def leaf(client, month):
    return client.get("/su-kien/", {"month": month}).context


def test_the_month_asked_for_hangs_on_the_wall_with_its_events(client, make_event):
    make_event(
        title="Hai ngày", starts_at=datetime(2023, 11, 30, 1, tzinfo=UTC), ends_at=datetime(2023, 12, 1, 9, tzinfo=UTC)
    )
    make_event(title="Tháng khác", **on((2023, 10, 5)))
    shown = leaf(client, "2023-11")
    days = {day.date.isoformat(): [event.title for event in day.events] for week in shown["weeks"] for day in week}
    assert {day: titles for day, titles in days.items() if titles} == {
        "2023-11-30": ["Hai ngày"],
        "2023-12-01": ["Hai ngày"],
    }
    assert all(len(week) == 7 and week[0].date.weekday() == 0 for week in shown["weeks"])
    assert (shown["earlier"], shown["later"]) == (True, True)
    assert [event.title for event in leaf(client, "2023-12")["month_events"]] == ["Hai ngày"]


def test_one_turns_no_further_than_there_are_events(client, make_event):
    make_event(**on((2023, 10, 5)))
    shown = leaf(client, "2023-10")
    assert (shown["earlier"], shown["later"]) == (False, False)
    assert (leaf(client, "2024-01")["earlier"], leaf(client, "2022-01")["later"]) == (True, True)


@pytest.mark.parametrize("month", ["", "2023-13", "2023-1", "0000-01", "9999-12", "x", "2023-11-05", "٢٠٢٣-١١"])
def test_a_month_that_there_is_not_gives_the_present_one(client, make_event, month):
    make_event()
    assert leaf(client, month)["month"].first == timezone.localdate().replace(day=1)


@pytest.mark.parametrize("month", ["1900-01", "2199-12"])
def test_distant_months_have_a_leaf_too(client, make_event, month):
    make_event()
    assert leaf(client, month)["month"].name == month


def test_the_calendar_costs_the_same_however_many_events(client, make_event, count_queries):
    def cost():
        leaf(client, "2023-11")
        return count_queries(lambda: leaf(client, "2023-11"))

    make_event(**on((2023, 11, 1)))
    few = cost()
    for day in range(2, 12):
        make_event(**on((2023, 11, day)))
    assert cost() == few
