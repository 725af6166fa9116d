"""Pictures in templates; see `cms.core.pictures`."""

from typing import Any

from django import template

from cms.core import pictures
from cms.core.models import Image
from cms.core.visibility import closed_collections

register = template.Library()


@register.simple_tag(takes_context=True)
def responsive(context: dict[str, Any], image: Image, shape: str, *, sizes: str, alt: str, first: bool = False) -> Any:
    """A picture: `{% responsive value.image "body" sizes="…" alt=value.alt_text %}`.

    Nothing for a picture that not everybody may see. It comes when the reader gets near to it; the one that he sees
    `first` comes at once and before all else.
    """
    if image.collection_id in closed_collections(context.get("request")):
        return ""
    when = {"fetchpriority": "high"} if first else {"loading": "lazy", "decoding": "async"}
    return pictures.responsive(image, shape, {"alt": alt, "sizes": sizes, **when})
