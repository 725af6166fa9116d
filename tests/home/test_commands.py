"""The operator's commands."""

import re
import stat

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

pytestmark = pytest.mark.django_db


def say(capsys):
    call_command("createeditor")
    return capsys.readouterr().out


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_the_editor_gets_a_password_of_their_own_that_works(data, client, capsys):
    password = re.search(r"password (\S{16})$", say(capsys), re.MULTILINE)[1]
    client.post("/admin/login/", {"username": "bientap", "password": password})
    assert client.get("/admin/").status_code == 200
    kept = data / "editor-login"
    assert kept.read_text() == f"bientap\n{password}\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_two_installations_have_different_passwords(data, capsys):
    first = say(capsys)
    get_user_model().objects.all().delete()
    assert say(capsys) != first


def test_a_second_run_says_where_the_password_is_and_does_not_show_or_change_it(data, capsys):
    say(capsys)
    kept = (data / "editor-login").read_text()
    assert str(data / "editor-login") in (second := say(capsys))
    assert kept.split()[1] not in second
    assert (data / "editor-login").read_text() == kept


def test_a_password_that_was_changed_since_is_left_alone(data, capsys):
    say(capsys)
    user = get_user_model().objects.get(username="bientap")
    user.set_password("mới và riêng")
    user.save()
    assert "changepassword" in say(capsys)
    user.refresh_from_db()
    assert user.check_password("mới và riêng")


@pytest.mark.parametrize(("command", "tool"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_on_a_database_server_its_own_tools_are_named(monkeypatch, tmp_path, command, tool):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    with pytest.raises(CommandError, match=rf"{tool}; docs/operations\.md"):
        call_command(command, str(tmp_path / "trang.zip"))
    assert not list(tmp_path.iterdir())
