"""Keys in the admin: for those who may, shown once, revoked and never deleted."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from api.keys.models import Key

KEYS = "/admin/api-keys/"
FORM = {"name": "Cổng tỉnh", "contact": "it@example.vn", "scopes": ["read", "search"], "rate": "", "expires_at": ""}

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Client:
    """Somebody who may do in the admin what the group's permissions say."""
    user = get_user_model().objects.create_user("thanh-vien", password="x")
    group = Group.objects.create(name="Thử")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    client.group = group
    return client


def allow(member: Client, *codenames: str) -> None:
    member.group.permissions.add(*Permission.objects.filter(codename__in=codenames))


def text_in(html: str) -> list[str]:
    return re.findall(r"trang_[0-9a-f]{12}_[0-9a-f]{48}", html)


def test_a_key_is_made_and_shown_once(admin_client: Client, client: Client) -> None:
    response = admin_client.post(f"{KEYS}new/", FORM)
    [text] = text_in(response.content.decode())
    assert "no-store" in response["Cache-Control"]
    key = Key.objects.get()
    assert (key.name, key.scopes) == ("Cổng tỉnh", ["read", "search"])
    for address in (KEYS, f"{KEYS}edit/{key.pk}/", f"{KEYS}history/{key.pk}/"):
        shown = admin_client.get(address)
        assert shown.status_code == 200
        assert text_in(shown.content.decode()) == []
    assert client.get("/api/v1/search/", headers={"X-API-Key": text}).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"name": ""}, "name"),
        ({"rate": "0"}, "rate"),
        ({"expires_at": "2020-01-01 00:00"}, "expires_at"),
    ],
)
def test_what_makes_no_key_is_said_at_its_field(admin_client: Client, wrong: dict, field: str) -> None:
    response = admin_client.post(f"{KEYS}new/", FORM | wrong)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Key.objects.exists()


def test_what_it_is_good_for_can_be_changed_and_an_end_that_has_passed_stays(admin_client: Client, make_key) -> None:
    key, _ = make_key(expires_at=timezone.now().replace(second=0, microsecond=0) - timedelta(days=1))
    ended = timezone.localtime(key.expires_at).strftime("%Y-%m-%d %H:%M")
    assert admin_client.post(f"{KEYS}edit/{key.pk}/", FORM | {"rate": "5", "expires_at": ended}).status_code == 302
    changed = Key.objects.get()
    assert (changed.name, changed.limit(), changed.digest) == ("Cổng tỉnh", 5, key.digest)


def test_a_revoked_key_is_refused_and_stays_in_the_list(admin_client: Client, client: Client, make_key) -> None:
    key, text = make_key()
    assert admin_client.get(f"{KEYS}delete/{key.pk}/").status_code == 200
    assert admin_client.post(f"{KEYS}delete/{key.pk}/").status_code == 302
    assert client.get("/api/v1/search/", headers={"X-API-Key": text}).status_code == 401
    assert key.prefix in admin_client.get(KEYS).content.decode()
    assert ModelLogEntry.objects.filter(action="keys.revoke").count() == 1
    revoked = Key.objects.get().revoked_at
    admin_client.post(f"{KEYS}delete/{key.pk}/")
    assert Key.objects.get().revoked_at == revoked


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [(None, set()), ("add_key", {"new"}), ("change_key", {"edit"}), ("delete_key", {"delete"})],
)
def test_each_permission_lets_do_what_it_says(member: Client, make_key, permission: str | None, allowed: set) -> None:
    key, _ = make_key()
    if permission:
        allow(member, permission)
    addresses = {"new": f"{KEYS}new/", "edit": f"{KEYS}edit/{key.pk}/", "delete": f"{KEYS}delete/{key.pk}/"}
    assert {name for name, address in addresses.items() if member.get(address).status_code == 200} == allowed
    assert (member.get(KEYS).status_code == 200) == bool(allowed)
    for name in addresses.keys() - allowed:
        member.post(addresses[name], FORM)
    assert Key.objects.count() == 1
    assert ("delete" in allowed) or Key.objects.get().revoked_at is None


def test_the_menu_shows_keys_to_those_who_may_handle_them(member: Client, make_key) -> None:
    assert KEYS not in member.get("/admin/").content.decode()
    allow(member, "change_key")
    assert KEYS in member.get("/admin/").content.decode()


def test_groups_can_be_let_handle_keys(admin_client: Client) -> None:
    shown = admin_client.get("/admin/groups/new/").content.decode()
    assert all(f'value="{Permission.objects.get(codename=name).pk}"' in shown for name in ("add_key", "delete_key"))


def test_keys_are_found_by_name_and_prefix(admin_client: Client, make_key) -> None:
    key, _ = make_key(name="Ki-ốt sảnh A")
    make_key(name="Khác")
    for asked in ("ki-ốt", key.prefix):
        shown = admin_client.get(f"{KEYS}results/", {"q": asked}).content.decode()
        assert "Ki-ốt sảnh A" in shown
        assert "Khác" not in shown
