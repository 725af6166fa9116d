"""Wrong passwords are counted by name and address, and too many close the door for a while."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests.home.signing_in.conftest import PASSWORD


@pytest.fixture(autouse=True)
def three_attempts(settings):
    settings.AXES_FAILURE_LIMIT = 3


@pytest.fixture
def locked(editor, log_in):
    for _attempt in range(3):
        client = log_in("lan", "sai")
    return client


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_the_right_password_lets_in(editor, log_in):
    assert is_in(log_in("lan"))


def test_a_wrong_password_says_that_it_is_wrong(editor, log_in):
    client = log_in("lan", "sai")
    assert client.answer.status_code == 200
    assert "Quá nhiều lần" not in client.answer.content.decode()
    assert not is_in(client)


def test_too_many_close_the_door_and_the_page_says_for_how_long(locked, log_in):
    assert locked.answer.status_code == 429
    client = log_in("lan")
    shown = client.answer.content.decode()
    assert client.answer.status_code == 429
    assert "Đăng nhập sai quá nhiều lần. Hãy thử lại sau 15 phút" in shown
    assert not is_in(client)


def test_others_and_other_addresses_are_not_locked(locked, log_in, admin_user):
    admin_user.set_password(PASSWORD)
    admin_user.save()
    assert is_in(log_in(admin_user.username))
    assert is_in(log_in("lan", REMOTE_ADDR="192.0.2.7"))


def test_only_the_trusted_proxy_says_where_somebody_is(editor, log_in, settings):
    for number in range(4):
        client = log_in("lan", "sai", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert client.answer.status_code == 429  # nobody in front: one address, whatever it claims
    settings.TRUSTED_PROXY = "127.0.0.1"
    assert is_in(log_in("lan", HTTP_X_FORWARDED_FOR="192.0.2.9"))


def test_a_whole_network_of_ipv6_is_one_address(editor, log_in):
    for number in range(3):
        client = log_in("lan", "sai", REMOTE_ADDR=f"2001:db8::{number + 1}")
    assert client.answer.status_code == 429


def test_the_door_opens_again_by_itself(locked, log_in, settings):
    settings.AXES_COOLOFF_TIME = timedelta(0)
    assert is_in(log_in("lan"))


def test_trying_on_does_not_make_the_wait_longer(locked, log_in):
    before = AccessAttempt.objects.values().get()
    log_in("lan", "sai")
    assert AccessAttempt.objects.values().get() == before


def test_an_administrator_opens_it(locked, log_in, editor, helper):
    page = f"/admin/signing-in/{editor.pk}/"
    assert 'name="unlock"' in helper.get(page).content.decode()
    helper.post(page, {"unlock": "1"})
    assert 'name="unlock"' not in helper.get(page).content.decode()
    assert is_in(log_in("lan"))


def test_nobody_else_opens_it(locked, log_in, editor, admin_user):
    page = f"/admin/signing-in/{editor.pk}/"
    other = log_in("lan", REMOTE_ADDR="192.0.2.7")
    assert other.post(page, {"unlock": "1"}).url == "/admin/"
    assert log_in("lan").answer.status_code == 429


def test_the_login_of_the_site_is_guarded_too(editor, client):
    for _attempt in range(3):
        answer = client.post("/_util/login/", {"username": "lan", "password": "sai"})
    assert answer.status_code == 429
    assert "Đăng nhập sai quá nhiều lần" in answer.content.decode()


def test_no_password_is_kept_with_the_attempts(editor, log_in):
    log_in("lan", "gần đúng lắm rồi")
    assert "gần đúng" not in str(AccessAttempt.objects.values().get())


@pytest.mark.parametrize("password", ["ngắn thôi", "123456789012345", "lan@truong.example"])
def test_passwords_that_are_guessed_are_refused(editor, password):
    with pytest.raises(ValidationError):
        validate_password(password, user=editor)
