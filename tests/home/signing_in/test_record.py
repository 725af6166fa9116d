"""The history of the site tells in Vietnamese who came in, who tried to, and whose rights changed."""

import pytest
from django.contrib.auth.models import Group
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from home.signing_in import record
from tests.home.signing_in.conftest import code_of

REPORT = "/admin/reports/site-history/"


def messages():
    return [entry.message for entry in ModelLogEntry.objects.order_by("timestamp", "pk")]


def test_logins_and_failures_are_told_with_their_address(editor, log_in):
    log_in("lan", "sai")
    log_in("lan")
    assert messages() == ["Đăng nhập không thành công, từ 127.0.0.1", "Đã đăng nhập từ 127.0.0.1"]
    assert {entry.label for entry in ModelLogEntry.objects.all()} == {"lan"}


def test_a_lock_is_told_once(editor, log_in, settings):
    settings.AXES_FAILURE_LIMIT = 2
    for _attempt in range(4):
        log_in("lan", "sai")
    actions = [entry.action for entry in ModelLogEntry.objects.all()]
    assert actions.count(record.LOCKED) == 1


def test_a_name_that_nobody_bears_is_not_told(editor, log_in):
    log_in("ai-do", "sai")
    assert messages() == []


def test_roles_given_and_taken_are_told_with_who_did_it(editor, admin_client, admin_user):
    chief = Group.objects.get(name="Tổng biên tập")
    admin_client.post(f"/admin/bulk/core/user/assign_role/?id={editor.pk}&next=/admin/", {"role": chief.pk})
    entry = ModelLogEntry.objects.get(action=record.ROLES_GIVEN)
    assert (entry.message, entry.user) == ("Được giao vai trò: Tổng biên tập", admin_user)
    editor.groups.remove(chief)
    chief.user_set.add(editor)
    editor.groups.clear()
    assert messages()[-3:] == [
        "Bị rút vai trò: Tổng biên tập",
        "Được giao vai trò: Tổng biên tập",
        "Bị rút vai trò: Biên tập viên, Tổng biên tập",
    ]


def test_who_may_do_everything_is_told(editor):
    editor.is_superuser = True
    editor.save()
    editor.save()
    editor.is_superuser = False
    editor.save()
    actions = list(ModelLogEntry.objects.order_by("timestamp", "pk").values_list("action", flat=True))
    assert actions[-2:] == [record.MADE_ALL_POWERFUL, record.MADE_ORDINARY]


def test_the_second_factors_are_told(editor, phone, log_in, helper):
    client = log_in("lan")
    client.post("/admin/second-factor/code/", {"code": "abc"})
    client.post("/admin/second-factor/code/", {"code": code_of(phone)})
    client.post("/admin/second-factor/", {"new_codes": "1"})
    helper.post(f"/admin/signing-in/{editor.pk}/", {"reset": "1"})
    actions = list(
        ModelLogEntry.objects.filter(label="lan").order_by("timestamp", "pk").values_list("action", flat=True)
    )
    assert actions[-3:] == [record.WRONG_CODE, record.NEW_CODES, record.RESET]


def test_the_report_is_for_administrators_only(editor, log_in, admin_client):
    log_in("lan", "sai")
    assert "Đăng nhập không thành công" in admin_client.get(REPORT).content.decode()
    assert "Đăng nhập không thành công" not in log_in("lan").get(REPORT).content.decode()


@pytest.mark.parametrize("action", [value for name, value in vars(record).items() if name.isupper()])
def test_everything_that_is_noted_can_be_told(editor, action):
    entry = log(editor, action)
    assert entry.message
    assert str(entry.formatter.label)
