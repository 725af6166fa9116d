"""Pictures as apps need them: in four sizes, each in three formats, with the size known before anything is fetched.

No answer waits for a picture to be made. A size that has been made already is linked where it lies; for another the
link leads to this API (`api.content.images`), which makes it when somebody asks for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from wagtail.images.models import Filter

from api.content.kinds import PREFIX
from cms.core.models import Image, Rendition
from cms.core.thumbnails import THUMBNAIL

FORMATS = {"avif": "format-avif", "webp": "format-webp", "fallback": "format-jpeg"}
# Those that the site shows are among them, so that they are there already.
SIZES = {
    "thumbnail": THUMBNAIL.split("|")[0],
    "small": "width-480",
    "medium": "width-960",
    "large": "width-1920",
}
_FILTERS = {(size, kind): Filter(f"{SIZES[size]}|{FORMATS[kind]}") for size in SIZES for kind in FORMATS}
_SPECS = {made.spec: key for key, made in _FILTERS.items()}

Made = Mapping[tuple[str, str], tuple[str, int, int]]  # (size, format) → file, width, height


def renditions_of(images: Iterable[Image]) -> dict[int, Made]:
    """The sizes that have been made of each of the pictures, in one query; those for an older focal point left out."""
    by_id = {image.pk: image for image in images}
    found = Rendition.objects.filter(image_id__in=by_id, filter_spec__in=_SPECS)
    made: dict[int, dict[tuple[str, str], tuple[str, int, int]]] = defaultdict(dict)
    keys: dict[tuple[int, str], str] = {}
    for image_id, spec, key, *values in found.values_list(
        "image_id", "filter_spec", "focal_point_key", "file", "width", "height"
    ):
        size = _SPECS[spec][0]
        if (image_id, size) not in keys:
            keys[image_id, size] = _FILTERS[_SPECS[spec]].get_cache_key(by_id[image_id])
        if keys[image_id, size] == key:
            made[image_id][_SPECS[spec]] = (values[0], values[1], values[2])
    return dict(made)


def shown(image: Image, made: Made, base: str) -> dict[str, Any]:
    """The picture's sizes by name: width, height, and an address for each format."""
    return {size: _size(image, size, made, base) for size in SIZES}


def filter_of(size: str, kind: str) -> Filter:
    """What makes a size of a picture in a format."""
    return _FILTERS[size, kind]


def focal_point(image: Image) -> dict[str, float] | None:
    """The middle of what matters in the picture, as shares of its width and height."""
    if not (image.has_focal_point() and image.width and image.height):
        return None
    x, y = image.focal_point_x or 0, image.focal_point_y or 0
    return {"x": round(min(x / image.width, 1), 4), "y": round(min(y / image.height, 1), 4)}


def _size(image: Image, size: str, made: Made, base: str) -> dict[str, Any]:
    known = next((found for kind in FORMATS if (found := made.get((size, kind)))), None)
    width, height = known[1:] if known else _FILTERS[size, "fallback"].get_transform(image).size
    return {
        "width": width,
        "height": height,
        **{
            kind: base + (_address(made[size, kind][0]) if (size, kind) in made else _to_be_made(image, size, kind))
            for kind in FORMATS
        },
    }


def _address(name: str) -> str:
    """Where every storage of ours has a picture; asking the storage itself takes longer than all else of a list."""
    return settings.MEDIA_URL + filepath_to_uri(name)


def _to_be_made(image: Image, size: str, kind: str) -> str:
    return f"{PREFIX}images/{image.pk}/renditions/{size}/{kind}/"
