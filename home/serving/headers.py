"""What browsers may do with our pages.

The site has no inline code at all. The admin has: Wagtail's page editor brings scripts, and editors' pictures are
shown before they are saved; and the documentation of the API is a program that writes styles.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Nothing of ours needs any of it; what the players of videos need (full screen, say) is left as it is.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope"),
        *("hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
    )
)


class ContentPolicy(CSPMiddleware):
    """The policy of CONTENT_SECURITY_POLICY, but what the admin and the API's documentation need in addition there."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.update is None:
            parts.update = _additions(request.path_info)
        return parts


class Permissions:
    """Says which abilities of the browser no page of ours uses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


def _additions(path: str) -> dict[str, list[str]] | None:
    if path.startswith("/admin/"):
        app = urlsplit(settings.PREVIEW_URL)  # where drafts are shown, in a frame of the editor
        frames = [f"{app.scheme}://{app.netloc}"] if app.netloc else []
        return {"script-src": ["'unsafe-inline'"], "style-src": ["'unsafe-inline'"], "img-src": ["blob:"]} | (
            {"frame-src": frames} if frames else {}
        )
    if path.startswith("/api/docs/"):
        return {"style-src": ["'unsafe-inline'"]}
    return None
