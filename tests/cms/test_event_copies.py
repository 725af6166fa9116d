"""An event takes place again: a draft of it with new dates."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from cms.events.models import EventIndexPage, EventPage
from cms.schools.models import SchoolGroup
from tests.cms.test_schools import member_of

Role = SchoolGroup.Role
NEXT = {"title": "Hội nghị tổng kết năm 2024", "starts_at": "2024-11-12 08:30"}  # began on 08/11/2023 at 08:00


@pytest.fixture
def event(make_event):
    event = make_event(slug="hoi-nghi", venue="Hội trường lớn", body=[("text", "<p>Hai ngày làm việc</p>")])
    event.participants.create(name="Vụ Các trường chính trị", part="Chỉ đạo")
    event.agenda.create(starts_at=datetime(2023, 11, 8, 1, 15, tzinfo=UTC), what="Khai mạc", sort_order=1)
    event.agenda.create(starts_at=datetime(2023, 11, 9, 2, tzinfo=UTC), what="Bế mạc", sort_order=2)
    event.agenda.create(what="Bên lề", sort_order=9)
    event.save_revision(clean=False)
    return event


@pytest.fixture
def copy(event, admin_client):
    """Copies the event through its form."""

    def do(**changes):
        return admin_client.post(reverse("copy_event", args=[event.pk]), NEXT | changes)

    return do


def test_a_copy_is_a_draft_beside_the_event_with_all_its_dates_shifted(event, copy):
    answer = copy()
    made = EventPage.objects.get(title="Hội nghị tổng kết năm 2024")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert (made.live, made.slug) == (False, "hoi-nghi-tong-ket-nam-2024")
    assert made.get_parent().pk == event.get_parent().pk
    for known in (made, made.get_latest_revision_as_object()):
        assert known.starts_at == datetime(2024, 11, 12, 1, 30, tzinfo=UTC)
        assert known.ends_at == datetime(2024, 11, 13, 9, 30, tzinfo=UTC)
        assert [(item.what, item.starts_at) for item in known.agenda.all()] == [
            ("Khai mạc", datetime(2024, 11, 12, 1, 45, tzinfo=UTC)),
            ("Bế mạc", datetime(2024, 11, 13, 2, 30, tzinfo=UTC)),
            ("Bên lề", None),
        ]
        assert [item.name for item in known.participants.all()] == ["Vụ Các trường chính trị"]
        assert "Hai ngày làm việc" in str(known.body)


def test_the_event_that_is_copied_stays_as_it_is(event, copy):
    copy()
    event.refresh_from_db()
    assert (event.live, event.starts_at) == (True, datetime(2023, 11, 8, 1, tzinfo=UTC))
    assert event.agenda.first().starts_at == datetime(2023, 11, 8, 1, 15, tzinfo=UTC)


def test_what_an_editor_has_changed_and_not_published_yet_is_copied_too(event, copy):
    event.venue = "Nhà văn hoá"
    event.agenda.create(starts_at=datetime(2023, 11, 8, 3, tzinfo=UTC), what="Giải lao", sort_order=5)
    event.save_revision()
    copy()
    made = EventPage.objects.get(title="Hội nghị tổng kết năm 2024")
    assert made.venue == "Nhà văn hoá"
    assert "Giải lao" in {item.what for item in made.agenda.all()}
    assert not event.agenda.model.objects.filter(page=event, what="Giải lao").exists()


def test_two_copies_have_addresses_of_their_own(copy):
    copy(), copy()
    slugs = EventPage.objects.filter(title="Hội nghị tổng kết năm 2024").values_list("slug", flat=True)
    assert sorted(slugs) == ["hoi-nghi-tong-ket-nam-2024", "hoi-nghi-tong-ket-nam-2024-1"]


def test_the_history_of_the_copy_says_whose_copy_it_is(copy):
    copy()
    made = EventPage.objects.get(title="Hội nghị tổng kết năm 2024")
    assert PageLogEntry.objects.filter(page=made.pk, action="wagtail.copy").exists()


@pytest.mark.parametrize(("field", "value"), [("title", ""), ("starts_at", ""), ("starts_at", "ngày mai")])
def test_nothing_is_copied_without_a_title_and_a_date(copy, field, value):
    answer = copy(**{field: value})
    assert field in answer.context["form"].errors
    assert EventPage.objects.count() == 1


def test_the_form_offers_the_same_day_of_the_week_a_year_on(event, admin_client):
    shown = admin_client.get(reverse("copy_event", args=[event.pk])).content.decode()
    assert 'value="2024-11-06 08:00"' in shown
    assert "08:00, 08/11/2023" in shown


def test_the_button_stands_in_the_menus_of_events_alone(event, admin_client):
    address = reverse("copy_event", args=[event.pk])
    for place, args in (("wagtailadmin_explore", [event.get_parent().pk]), ("wagtailadmin_pages:edit", [event.pk])):
        assert address in admin_client.get(reverse(place, args=args)).content.decode()
    elsewhere = admin_client.get(reverse("wagtailadmin_pages:edit", args=[event.get_parent().pk])).content.decode()
    assert "events/" + str(event.get_parent().pk) + "/copy" not in elsewhere


@pytest.fixture
def events_of(make_school):
    """A school's event and a member of its groups in a role."""

    def make(name, role):
        school = make_school(name)
        below = school.add_child(instance=EventIndexPage(title="Sự kiện", slug="su-kien"))
        begins, ends = datetime(2023, 11, 8, 1, tzinfo=UTC), datetime(2023, 11, 9, 9, tzinfo=UTC)
        event = below.add_child(instance=EventPage(title="Hội nghị", starts_at=begins, ends_at=ends))
        return event, member_of(school, role)

    return make


@pytest.mark.parametrize("role", [Role.EDITOR, Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR])
def test_who_may_edit_and_add_may_copy_on_their_own_school(client, events_of, role):
    event, user = events_of("Trường A", role)
    client.force_login(user)
    assert client.post(reverse("copy_event", args=[event.pk]), NEXT).status_code == 302
    assert EventPage.objects.get(title=NEXT["title"]).owner == user


def test_others_may_not_copy_by_asking_directly_either(client, events_of):
    event, contributor = events_of("Trường A", Role.CONTRIBUTOR)
    _theirs, stranger = events_of("Trường B", Role.ADMINISTRATOR)
    for user in (contributor, stranger):
        client.force_login(user)
        for ask in (client.get, client.post):
            assert ask(reverse("copy_event", args=[event.pk]), NEXT).url == reverse("wagtailadmin_home")
    client.logout()
    assert "/login/" in client.post(reverse("copy_event", args=[event.pk]), NEXT).url
    assert EventPage.objects.count() == 2


def test_what_is_no_event_is_not_found(admin_client, home):
    assert admin_client.get(reverse("copy_event", args=[home.pk])).status_code == 404
