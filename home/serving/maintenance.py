"""The site closed for work on it: readers are told so, and may come back; operators and editors go on."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

OPEN = ("/admin/", "/static/")
COME_BACK = 300  # seconds


class Maintenance:
    """Answers 503 while MAINTENANCE is set, which search engines take for what it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.MAINTENANCE or request.path_info.startswith(OPEN):
            return self.get_response(request)
        response = render(request, "503.html", status=503)
        response["Retry-After"], response["Cache-Control"] = str(COME_BACK), "no-store"
        return response
