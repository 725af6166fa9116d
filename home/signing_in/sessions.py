"""Sessions that end: after a while without work at the desk, and in any case after a day's work."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

_BEGAN, _WORKED = "began_at", "worked_at"  # in seconds since 1970
_NOTED_EVERY = 60  # seconds: a write for each request would be too many


def connect() -> None:
    """Connect everything; called once, when the apps are ready."""
    user_logged_in.connect(_begin, dispatch_uid="signing_in.begin")


def is_over(session: SessionBase) -> bool:
    """Whether whoever is logged in has to log in again."""
    now = time.time()
    rested = now - session.get(_WORKED, 0)
    lasted = now - session.get(_BEGAN, 0)
    return rested > settings.SESSION_IDLE_MINUTES * 60 or lasted > settings.SESSION_HOURS * 3600


def note_work(session: SessionBase) -> None:
    """Remember that somebody works in this session."""
    now = time.time()
    if now - session.get(_WORKED, 0) > _NOTED_EVERY:
        session[_WORKED] = now


def _begin(request: HttpRequest, **kwargs: Any) -> None:
    request.session[_BEGAN] = request.session[_WORKED] = time.time()
