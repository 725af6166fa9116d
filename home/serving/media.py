"""Pictures for the site from the media folder or bucket: the sizes made for readers, never what was uploaded.

In production the web server in front answers `/media/images/` itself where the folder is there; the rule is the
same: only this folder, because originals and documents can belong to private collections.
"""

import re
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import FileSystemStorage, storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
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
NO_NAMES = {"", ".", ".."}
# Seconds. A day and not for ever: a picture that was replaced twice can come back to an earlier name.
MAX_AGE = 24 * 60 * 60


@require_safe
def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """The picture at `path` below `images/` of the media folder, or 404 for everything else."""
    content_type = CONTENT_TYPES.get(PurePosixPath(path).suffix.lower())
    if content_type is None:
        raise Http404
    try:
        response = _file(request, path)
    except (OSError, ValueError, SuspiciousOperation):  # too long a name, a NUL, a way out of the folder
        raise Http404 from None
    if response.status_code == 200:
        response["Content-Type"] = content_type
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


def _file(request: HttpRequest, path: str) -> HttpResponseBase:
    storage = storages["default"]
    if isinstance(storage, FileSystemStorage):
        return serve(request, path, document_root=storage.path("images"))
    if NO_NAMES & set(re.split(r"[/\\]", path)):  # a bucket knows no folders, and its client would resolve them
        raise Http404
    return FileResponse(storage.open(f"images/{path}"))
