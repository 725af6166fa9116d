"""Pictures in the sizes and formats that readers' screens and browsers want.

WebP and one JPEG for old browsers are made when a page first shows the picture, in some milliseconds. AVIF, a third
smaller still, takes ten times as long to make: the scheduler does that, and pages offer it once it is there.
"""

import time
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Replace
from PIL.Image import DecompressionBombError
from wagtail.images.models import Filter, Picture, SourceImageIOError
from wagtail.images.shortcuts import get_renditions_or_not_found

from cms.core.models.media import Image, Rendition

# The sizes of a picture by where it stands, small ones first; browsers choose one by the width that it takes there.
SHAPES: Mapping[str, tuple[str, ...]] = {
    "body": ("width-480", "width-960", "width-1440"),
    "lead": ("fill-480x320", "fill-960x640"),
    "still": ("fill-480x270", "fill-960x540"),
}
ROUND = 3  # seconds after which a round of the scheduler begins no other picture


def responsive(image: Image, shape: str, attributes: dict[str, Any]) -> Picture:
    """The picture for a page, as `<picture>` with width and height, so that nothing moves when it comes."""
    sizes = SHAPES[shape]
    jpeg = [f"{sizes[-2]}|format-jpeg"]
    webp, avif = ([f"{size}|format-{kind}" for size in sizes] for kind in ("webp", "avif"))
    found = {
        made.filter_spec: made for made in image.find_existing_renditions(*map(Filter, (*webp, *avif, *jpeg))).values()
    }
    if missing := [spec for spec in (*webp, *jpeg) if spec not in found]:
        found |= get_renditions_or_not_found(image, missing)
    whole = [*avif, *webp, *jpeg] if all(spec in found for spec in avif) else [*webp, *jpeg]
    return Picture({spec: found[spec] for spec in whole}, attributes)


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
