"""Makes a change and the outbox row that announces it one transaction."""

from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class AtomicUnsafeRequests:
    """Runs the view of every request that may write inside a transaction.

    Not ``ATOMIC_REQUESTS``: with SQLite's IMMEDIATE transactions that would make every page view
    take the one write lock, and readers would queue behind editors.

    Like ``ATOMIC_REQUESTS`` it rolls back when the view raises and leaves alone what
    ``transaction.non_atomic_requests`` marks. It also rolls back an answer of 500 or above, which
    Django REST framework makes out of an exception: who is told that it failed may try again.

    It calls the view itself and so stands last in ``MIDDLEWARE``: whatever wants to refuse a
    request (CSRF, say) has done so before the lock is taken, with the body read. The
    ``process_exception`` of other middleware is not asked about these requests; ours have none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """The view's answer to an unsafe request; None leaves a safe one to Django."""
        if request.method in SAFE_METHODS or DEFAULT_DB_ALIAS in getattr(view, "_non_atomic_requests", ()):
            return None
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
