"""Pictures in the sizes and formats that readers' screens and browsers want.

WebP and one JPEG for old browsers are made when a page first shows the picture, in some milliseconds. AVIF, a third
smaller still, takes ten times as long to make: the scheduler does that, and pages offer it once it is there.
"""

import time
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from django.core.files.storage import Storage
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Replace
from PIL.Image import DecompressionBombError
from wagtail.images.models import Filter, SourceImageIOError
from wagtail.images.shortcuts import get_renditions_or_not_found

from cms.core.models.media import Image, Rendition
from cms.core.rows import by_id, statement
from search import memory

# The sizes of a picture by where it stands, small ones first; browsers choose one by the width that it takes there.
SHAPES: Mapping[str, tuple[str, ...]] = {
    "body": ("width-480", "width-960", "width-1440"),
    "lead": ("fill-480x320", "fill-960x640"),
    "still": ("fill-480x270", "fill-960x540"),
}
ROUND = 3  # seconds after which a round of the scheduler begins no other picture

_SIZES = "SELECT image_id, filter_spec, focal_point_key, file, width, height FROM {} WHERE image_id IN ({})"


class Size(NamedTuple):
    """A picture cut and scaled for one use. A model's instance, with its file, takes ten times as long to make."""

    name: str
    width: int
    height: int

    @property
    def url(self) -> str:
        return _address(Rendition._meta.get_field("file").storage, self.name)


@lru_cache(maxsize=10_000)
def _address(storage: Storage, name: str) -> str:
    return storage.url(name)


def fetch(picture_ids: Iterable[int | None]) -> dict[int, Image]:
    """The pictures with these ids, with what sizes there are of them; of those that are gone, none.

    Two queries, and for what the present answer has fetched already none.
    """
    wanted = {key for key in picture_ids if key is not None}
    fetched = memory.of_this_answer().setdefault("pictures", {})
    if missing := wanted - fetched.keys():
        found = by_id(Image, missing)
        fetch_sizes(found.values())
        fetched |= dict.fromkeys(missing) | found
    return {key: fetched[key] for key in wanted if fetched[key]}


def fetch_sizes(images: Iterable[Image]) -> None:
    """Fetch which sizes there are of pictures that a page shows; one query for all of them."""
    made: dict[int, dict[tuple[str, str], Size]] = {}
    for image in images:  # one that is shown twice is two objects
        image.sizes_made = made.setdefault(image.pk, {})
    if not made:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement(_SIZES, Rendition, made), list(made))
        for image_id, spec, focus, *size in cursor:
            made[image_id][spec, focus] = Size(*size)


def sizes_of(image: Image, specs: Iterable[str]) -> dict[str, Size]:
    """The picture in these sizes, made now where they are not there yet; of a missing file addresses of nothing."""
    found = made_sizes(image, specs)
    if missing := [spec for spec in specs if spec not in found]:
        for spec, made in get_renditions_or_not_found(image, missing).items():
            found[spec] = Size(made.file.name, made.width, made.height)
            image.sizes_made[spec, made.focal_point_key] = found[spec]
    return found


def made_sizes(image: Image, specs: Iterable[str]) -> dict[str, Size]:
    """As many of these sizes as there are."""
    if not hasattr(image, "sizes_made"):
        fetch_sizes([image])
    keys = ((spec, Filter(spec).get_cache_key(image) if _is_focussed(spec) else "") for spec in specs)
    return {key[0]: image.sizes_made[key] for key in keys if key in image.sizes_made}


@cache
def _is_focussed(spec: str) -> bool:
    """Whether a picture in this size depends on what editors marked as its focus."""
    return any(getattr(operation, "vary_fields", ()) for operation in Filter(spec).operations)


def make_avif() -> None:
    """A round of the scheduler's: AVIF of what pages show as WebP, as many as fit into it."""
    end = time.monotonic() + ROUND
    for rendition in _without_avif().select_related("image").iterator(chunk_size=50):
        try:
            rendition.image.get_rendition(rendition.filter_spec.replace("webp", "avif"))
        except (OSError, DecompressionBombError, SourceImageIOError):
            continue  # the file is missing or damaged, which the page shows
        if time.monotonic() > end:
            return


def _without_avif() -> QuerySet[Rendition]:
    shown = [f"{size}|format-webp" for sizes in SHAPES.values() for size in sizes]
    twin = Rendition.objects.filter(
        image=OuterRef("image"),
        focal_point_key=OuterRef("focal_point_key"),
        filter_spec=Replace(OuterRef("filter_spec"), Value("webp"), Value("avif")),
    )
    return Rendition.objects.filter(~Exists(twin), filter_spec__in=shown).order_by("-pk")
