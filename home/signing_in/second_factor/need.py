"""Who has to prove more than a password, and who has not done so yet."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser

from cms.roles.membership import roles_of
from home.signing_in.second_factor import devices


def is_required_of(user: AbstractUser) -> bool:
    """Whether the operator wants people of this user's roles to have a second factor."""
    wanted = set(settings.TWO_FACTOR_ROLES)
    return bool(wanted) and bool(wanted & roles_of(user))


def is_missing(user: AbstractUser | AnonymousUser) -> bool:
    """Whether the user came in with the password alone and needs more, as all do who have set more up."""
    if not user.is_authenticated or user.is_verified():
        return False
    return devices.app_of(user) is not None or is_required_of(user)
