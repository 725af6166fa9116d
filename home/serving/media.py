"""Pictures for the site from the media folder: the sizes made for readers, never what was uploaded.

In production the web server in front may answer `/media/images/` itself; the rule is the same:
only this folder, because originals and documents can belong to private collections.
"""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

# The host's own table may lack the newer kinds; an unlisted kind (SVG can carry scripts) is not served.
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# Seconds. A day and not for ever: a picture that was replaced twice can come back to an earlier name.
MAX_AGE = 24 * 60 * 60


@require_safe
def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """The picture at `path` below `images/` of the media folder, or 404 for everything else."""
    content_type = CONTENT_TYPES.get(PurePosixPath(path).suffix.lower())
    if content_type is None:
        raise Http404
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT / "images")
    except (OSError, ValueError, SuspiciousOperation):  # too long a name, a NUL, a way out of the folder
        raise Http404 from None
    if response.status_code == 200:
        response["Content-Type"] = content_type
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response
