"""Pictures as apps need them: in four sizes, each in three formats, with the size known before anything is fetched.

No answer waits for a picture to be made. A size that has been made already is linked where it lies; for another the
link leads to this API (`api.content.images`), which makes it when somebody asks for it.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import FilteredRelation, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.encoding import filepath_to_uri
from wagtail.images.models import Filter

from api.content.kinds import PREFIX
from cms.core.models import Image
from cms.core.thumbnails import THUMBNAIL
from search.rows import moment

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

# What answers tell of a picture, what its sizes depend on, and the collection, whose default would be looked up.
_COLUMNS = ["id", "collection_id", "title", "description", "credit", "width", "height"]
_COLUMNS += [f"focal_point_{name}" for name in ("x", "y", "width", "height")]
_MADE_COLUMNS = [f"made__{name}" for name in ("filter_spec", "focal_point_key", "file", "width", "height")]

Made = Mapping[tuple[str, str], tuple[str, int, int]]  # (size, format) → file, width, height


def with_renditions(images: QuerySet[Image]) -> list[tuple[Image, Made]]:
    """The pictures with their sizes that have been made, in one query; those for an older focal point left out."""
    made = FilteredRelation("renditions", condition=Q(renditions__filter_spec__in=list(_SPECS)))
    found: dict[int, tuple[Image, dict[tuple[str, str], tuple[str, int, int]]]] = {}
    keys: dict[tuple[int, str], str] = {}
    created = Cast("created_at", TextField())  # which is repeated for each size, and slow to become a datetime
    for row in images.annotate(made=made, created=created).values_list(*_COLUMNS, "created", *_MADE_COLUMNS):
        columns, (created_at, spec, key, file, width, height) = row[: len(_COLUMNS)], row[len(_COLUMNS) :]
        if (pk := columns[0]) not in found:
            found[pk] = Image(created_at=moment(created_at), **dict(zip(_COLUMNS, columns, strict=True))), {}
        image, sizes = found[pk]
        if spec is None:
            continue
        size = _SPECS[spec][0]
        if (image.pk, size) not in keys:
            keys[image.pk, size] = _FILTERS[_SPECS[spec]].get_cache_key(image)
        if keys[image.pk, size] == key:
            sizes[_SPECS[spec]] = (file, width, height)
    return list(found.values())


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
    return settings.MEDIA_URL + _quoted(name)


@lru_cache(maxsize=10_000)
def _quoted(name: str) -> str:
    return str(filepath_to_uri(name))


def _to_be_made(image: Image, size: str, kind: str) -> str:
    return f"{PREFIX}images/{image.pk}/renditions/{size}/{kind}/"
