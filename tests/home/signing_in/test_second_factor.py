"""A second factor: set up by oneself, asked for at each login, not got round, and reset by an administrator."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver
from django.utils.http import urlencode
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.core.models import User
from home.signing_in.checks import two_factor_roles_exist
from home.signing_in.second_factor import devices
from tests.home.signing_in.conftest import PASSWORD, code_of

CODE, SET_UP = "/admin/second-factor/code/", "/admin/second-factor/"


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def addresses_without_arguments(patterns, prefix=""):
    """Every address of the admin that can be asked for as it is."""
    for pattern in patterns:
        route = str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses_without_arguments(pattern.url_patterns, prefix + route)
        elif not any(sign in route for sign in "<(^\\$"):
            yield prefix + route


def test_nobody_is_asked_for_one_who_has_none_and_needs_none(editor, log_in):
    assert is_in(log_in("lan"))


def test_whoever_has_one_is_asked_for_a_code(editor, phone, log_in):
    client = log_in("lan")
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == f"{CODE}?next=%2Fadmin%2F"
    answer = client.post(CODE, {"code": code_of(phone), "next": "/admin/pages/"})
    assert answer.url == "/admin/pages/"
    assert is_in(client)


def test_a_code_counts_once(editor, phone, log_in):
    code = code_of(phone)
    log_in("lan").post(CODE, {"code": code})
    second = log_in("lan")
    second.post(CODE, {"code": code})
    assert not is_in(second)


def test_wrong_codes_let_nobody_in_and_make_the_next_wait(editor, phone, log_in):
    client = log_in("lan")
    assert "không đúng" in client.post(CODE, {"code": "abc"}).content.decode()
    wrong = f"{(int(code_of(phone)) + 500_000) % 1_000_000:06d}"
    assert "không đúng" in client.post(CODE, {"code": wrong}).content.decode()
    assert "Hãy chờ" in client.post(CODE, {"code": code_of(phone)}).content.decode()
    assert not is_in(client)


def test_the_way_back_does_not_lead_elsewhere(editor, phone, log_in):
    answer = log_in("lan").post(CODE, {"code": code_of(phone), "next": "https://evil.example/"})
    assert answer.url == "/admin/"


def test_a_role_that_needs_one_has_it_set_up_first(editor, log_in, settings):
    settings.TWO_FACTOR_ROLES = ["editor"]
    client = log_in("lan")
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == f"{SET_UP}?next=%2Fadmin%2F"
    shown = client.get(SET_UP).content.decode()
    assert "<svg" in shown
    assert "Vai trò của bạn" in shown
    shown = client.post(SET_UP, {"code": code_of(TOTPDevice.objects.get())}).content.decode()
    assert all(code in shown for code in StaticToken.objects.values_list("token", flat=True))
    assert is_in(client)
    assert client.post(SET_UP, {"turn_off": "1"}).status_code == 200
    assert TOTPDevice.objects.filter(confirmed=True).exists()


def test_other_roles_do_not_need_one(editor, log_in, settings):
    settings.TWO_FACTOR_ROLES = ["editor_in_chief", "system_administrator"]
    assert is_in(log_in("lan"))


def test_whoever_may_do_everything_is_a_system_administrator(admin_user, client, settings):
    settings.TWO_FACTOR_ROLES = ["system_administrator"]
    client.force_login(admin_user)
    assert not is_in(client)


def test_a_role_in_a_school_counts_too(make_school, settings, client):
    settings.TWO_FACTOR_ROLES = ["administrator"]
    user = User.objects.create_user("truong")
    user.groups.add(make_school().groups.get(role="administrator").group)
    client.force_login(user)
    assert not is_in(client)


@pytest.mark.parametrize("required", [True, False], ids=["set up", "to be set up"])
def test_no_address_of_the_admin_opens_with_the_password_alone(admin_user, client, settings, home, required):
    if required:
        TOTPDevice.objects.create(user=admin_user, name="app", confirmed=True)
    settings.TWO_FACTOR_ROLES = ["system_administrator"]
    client.force_login(admin_user)
    addresses = [f"/{path}" for path in addresses_without_arguments(get_resolver().url_patterns)]
    out = "/admin/logout/"  # which works
    inside = [address for address in addresses if address.startswith("/admin/") and address != out]
    assert len(inside) > 60
    opened = {address for address in inside if client.get(address).status_code == 200}
    assert opened <= {
        "/admin/second-factor/", "/admin/second-factor/code/", "/admin/jsi18n/", "/admin/sprite/",
        "/admin/password_reset/", "/admin/password_reset/done/", "/admin/password_reset/complete/",
    }  # fmt: skip
    assert client.get(f"/admin/pages/{home.pk}/edit/").status_code == 302
    assert client.post(f"/admin/pages/{home.pk}/unpublish/").status_code == 302
    home.refresh_from_db()
    assert home.live


def test_pages_for_certain_readers_stay_closed_too(editor, phone, log_in, make_article):
    article = make_article(title="Nội bộ")
    article.view_restrictions.create(restriction_type="login")
    client = log_in("lan")
    assert client.get(article.url).status_code == 302
    assert client.get(f"/_util/login/?next={article.url}").url == f"{CODE}?{urlencode({'next': article.url})}"
    client.post(CODE, {"code": code_of(phone)})
    assert client.get(article.url).status_code == 200


def test_a_password_alone_exchanges_no_phone_for_another(editor, phone, log_in):
    client = log_in("lan")
    for values in ({}, {"code": "000000"}, {"turn_off": "1"}, {"new_codes": "1"}):
        assert client.post(SET_UP, values).url == CODE
    assert list(TOTPDevice.objects.all()) == [phone]
    assert not StaticToken.objects.exists()


def test_another_persons_phone_is_nothing(editor, phone, log_in):
    other = User.objects.create_superuser("khac", password=PASSWORD)
    TOTPDevice.objects.create(user=other, name="app", confirmed=True)
    client = log_in("khac")
    client.post(CODE, {"code": code_of(phone)})
    assert not is_in(client)


def test_a_backup_code_lets_in_once(editor, phone, log_in):
    code, *_others = devices.make_backup_codes(editor)
    first, second = log_in("lan"), log_in("lan")
    first.post(CODE, {"code": f" {code.upper()} "})
    assert is_in(first)
    second.post(CODE, {"code": code})
    assert not is_in(second)
    assert devices.backup_codes_left(editor) == 9


def test_new_backup_codes_replace_the_old(editor, phone, log_in):
    [old, *_others] = devices.make_backup_codes(editor)
    client = log_in("lan")
    client.post(CODE, {"code": code_of(phone)})
    client.post(SET_UP, {"new_codes": "1"})
    assert not StaticToken.objects.filter(token=old).exists()
    assert devices.backup_codes_left(editor) == 10


def test_whoever_needs_none_turns_it_off(editor, phone, log_in):
    client = log_in("lan")
    client.post(CODE, {"code": code_of(phone)})
    client.post(SET_UP, {"turn_off": "1"})
    assert is_in(log_in("lan"))


def test_an_administrator_resets_it(editor, phone, log_in, helper):
    devices.make_backup_codes(editor)
    helper.post(f"/admin/signing-in/{editor.pk}/", {"reset": "1"})
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    assert is_in(log_in("lan"))


def test_nobody_else_resets_it(editor, phone, helper, admin_user):
    theirs = TOTPDevice.objects.create(user=admin_user, name="app", confirmed=True)
    helper.post(f"/admin/signing-in/{admin_user.pk}/", {"reset": "1"})  # not that of who may do more
    other = Client()
    other.force_login(User.objects.create_user("y"))
    other.post(f"/admin/signing-in/{editor.pk}/", {"reset": "1"})
    assert set(TOTPDevice.objects.all()) == {phone, theirs}


def test_a_command_resets_it(editor, phone, log_in, capsys):
    call_command("reset_second_factor", "lan")
    assert is_in(log_in("lan"))
    call_command("reset_second_factor", "lan")
    assert "has no second factor" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no user ai-do"):
        call_command("reset_second_factor", "ai-do")


def test_a_misspelt_role_is_named(settings):
    settings.TWO_FACTOR_ROLES = ["editor", "tong-bien-tap"]
    [error] = two_factor_roles_exist()
    assert "tong-bien-tap" in error.msg
