"""Somebody with a password, and a phone that makes codes."""

import time
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import ModelLogEntry

from cms.core.models import User
from cms.roles.models import PortalGroup

PASSWORD = "mật khẩu dài và riêng"


@pytest.fixture
def editor(db: None) -> User:
    """An editor of the portal, of whom nothing has been told yet."""
    user = User.objects.create_user("lan", "lan@truong.example", PASSWORD)
    user.groups.add(PortalGroup.objects.get(role="editor").group)
    ModelLogEntry.objects.all().delete()
    return user


@pytest.fixture
def log_in() -> Callable[..., Client]:
    """Log in at the form, with the right password or another; the client, whose `answer` is what came."""

    def log_in(name: str, password: str = PASSWORD, client: Client | None = None, **extra: str) -> Client:
        client = client or Client()
        values = {"username": name, "password": password, "next": "/admin/"}
        client.answer = client.post("/admin/login/", values, **extra)
        return client

    return log_in


def code_of(app: TOTPDevice, steps: int = 0) -> str:
    """What the phone shows, or will show after some half minutes."""
    totp = TOTP(app.bin_key)
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


@pytest.fixture
def phone(editor: User) -> TOTPDevice:
    """The editor has set a second factor up."""
    return TOTPDevice.objects.create(user=editor, name="app", confirmed=True)


@pytest.fixture
def helper(db: None) -> Client:
    """Somebody who may change users and nothing else, at the desk."""
    user = User.objects.create_user("quan-tri")
    group = Group.objects.create(name="Quản lý tài khoản")
    group.permissions.add(*Permission.objects.filter(codename__in=["access_admin", "change_user"]))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client
