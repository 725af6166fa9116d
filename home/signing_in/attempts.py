"""Logins that fail: counted by name and address, and refused for a while when they are many."""

from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db.models import Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from home.serving.addresses import client_network


def address(request: HttpRequest) -> str | None:
    """Where a login comes from, as `axes` counts it."""
    return client_network(request)


def refused(request: HttpRequest, response: HttpResponseBase, credentials: Any = None) -> HttpResponseBase:
    """The login page, whose form says why (see `forms`), with the status for too many attempts."""
    response.status_code = 429
    return response


def is_locked(user: AbstractUser) -> bool:
    """Whether logins under this name are refused now, from any address."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    recent = AccessAttempt.objects.filter(username=user.get_username(), attempt_time__gt=since)
    by_address = recent.values("ip_address").annotate(failures=Sum("failures_since_start")).order_by()
    return by_address.filter(failures__gte=settings.AXES_FAILURE_LIMIT).exists()


def unlock(user: AbstractUser) -> None:
    """Forget the failures under this name."""
    reset(username=user.get_username())
