"""Every error under /api/ as problem details (RFC 9457), whoever raises it: our views, DRF or Django."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from rest_framework.response import Response
from rest_framework.views import exception_handler

from search.parameters import BadParameters
from search.queries import BadQuery

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"
# A page made private must be gone from the next answer on: keep a copy, but ask before every use.
NO_CACHE = {"Cache-Control": "no-cache"}

TITLES = {
    400: gettext_lazy("Bad request"),
    401: gettext_lazy("Unauthorized"),
    403: gettext_lazy("Forbidden"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Method not allowed"),
    406: gettext_lazy("Not acceptable"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Server error"),
}


def problem(status: int, detail: str, errors: Iterable[BadQuery] = ()) -> JsonResponse:
    """A problem response; `errors` name the parameters that are wrong.

    The type is `about:blank`: the status says what kind of problem it is, `errors` says the rest.
    """
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": str(TITLES.get(status) or HTTPStatus(status).phrase),
        "status": status,
        "detail": detail,
    }
    if wrong := [{"parameter": error.parameter, "detail": error.reason} for error in errors]:
        body["errors"] = wrong
    return JsonResponse(
        body,
        status=status,
        content_type=MEDIA_TYPE,
        headers=NO_CACHE,
        json_dumps_params={"ensure_ascii": False},
    )


def problem_response(exc: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's exception handler. What it does not know goes on to Django, which logs it and calls `server_error`."""
    if isinstance(exc, BadQuery):
        exc = BadParameters(exc)
    if isinstance(exc, BadParameters):
        return problem(400, _("Some parameters cannot be used; “errors” names them."), exc.errors)
    response = exception_handler(exc, context)
    return None if response is None else _as_problem(response)


def _as_problem(response: Response) -> HttpResponse:
    detail = response.data.get("detail", "") if isinstance(response.data, dict) else ""
    answer = problem(response.status_code, str(detail))
    for name, value in response.items():  # WWW-Authenticate
        answer.setdefault(name, value)
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    if _is_api(request):
        return problem(400, _("The request cannot be read."))
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500. Says nothing of the cause, which is in the log."""
    if _is_api(request):
        return problem(500, _("Something went wrong on our side. It has been logged."))
    return defaults.server_error(request)


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """The view of every address below /api/ that has no other, for any method."""
    return problem(404, _("There is nothing at this address."))


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(PREFIX)
