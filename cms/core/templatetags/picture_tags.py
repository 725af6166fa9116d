"""Pictures in templates; see `cms.core.pictures`."""

from typing import Any

from django import template

from cms.core import pictures
from cms.core.models import Image

register = template.Library()


@register.simple_tag
def responsive(image: Image, shape: str, *, sizes: str, alt: str, first: bool = False) -> Any:
    """A picture: `{% responsive value.image "body" sizes="…" alt=value.alt_text %}`.

    It comes when the reader gets near to it; the one that he sees `first` comes at once and before all else.
    """
    when = {"fetchpriority": "high"} if first else {"loading": "lazy", "decoding": "async"}
    return pictures.responsive(image, shape, {"alt": alt, "sizes": sizes, **when})
