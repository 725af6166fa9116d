"""What somebody proves with that it is not only the password that came into other hands."""

from base64 import b32encode

import segno
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from home.signing_in import forms

BACKUP_CODES = 10
_DIGITS = 6


def app_of(user: AbstractUser) -> TOTPDevice | None:
    """The app that makes the user's codes, once it has shown that it does."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def new_app(user: AbstractUser) -> TOTPDevice:
    """An app that has still to show a code; the same until it does, so that the page may be reloaded."""
    return TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "app"})[0]


def backup_codes_left(user: AbstractUser) -> int:
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def make_backup_codes(user: AbstractUser) -> list[str]:
    """New codes that count once each, in place of the old ones."""
    device, _is_new = StaticDevice.objects.get_or_create(user=user, defaults={"name": "backup"})
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def device_for(user: AbstractUser, code: str) -> Device | None:
    """The device whose code this is by its look: digits are the app's, letters stand on paper."""
    if code.isdigit() and len(code) == _DIGITS:
        return app_of(user)
    return StaticDevice.objects.filter(user=user, confirmed=True).first()


@transaction.atomic
def problem_with(device: Device | None, code: str) -> str:
    """Empty for a code that is right; it is used up then. Each wrong one makes the wait for the next longer."""
    current = device and type(device).objects.select_for_update().filter(pk=device.pk).first()
    if current is None:
        return forms.wrong_code()
    if not current.verify_is_allowed()[0]:
        return forms.wait()
    return "" if current.verify_token(code) else forms.wrong_code()


@transaction.atomic
def forget(user: AbstractUser) -> bool:
    """Take away all that the user proves with; whether there was anything."""
    apps = TOTPDevice.objects.filter(user=user, confirmed=True).exists()
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    return apps


def picture_of(app: TOTPDevice) -> SafeString:
    """What the phone's camera reads: drawn here, the secret goes nowhere else."""
    return mark_safe(segno.make(app.config_url).svg_inline(scale=4, light="#fff"))  # noqa: S308  made of two attributes


def secret_of(app: TOTPDevice) -> str:
    """The same for typing in, in groups of four."""
    secret = b32encode(app.bin_key).decode()
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
