"""The small picture of a page in lists and results."""

from collections.abc import Mapping
from typing import Any

from PIL.Image import DecompressionBombError

from cms.core.models.media import Image

THUMBNAIL = "fill-320x213|format-webp"


def thumbnail(image: Image | None, private_collections: tuple[str, ...]) -> Mapping[str, Any] | None:
    """`{"url", "width", "height", "alt"}`; None without a picture that everybody may see and that can be read."""
    if image is None or image.collection.path.startswith(private_collections):
        return None
    try:
        rendition = image.get_rendition(THUMBNAIL)
    except (OSError, DecompressionBombError):
        return None  # the file is missing or damaged: the page is found all the same
    return {
        "url": rendition.url,
        "width": rendition.width,
        "height": rendition.height,
        "alt": image.description,
    }
