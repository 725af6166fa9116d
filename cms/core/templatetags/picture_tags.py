"""Pictures in templates; see `cms.core.figures`."""

from typing import Any

from django import template

from cms.core import figures
from cms.core.models import Image
from cms.core.visibility import open_files

register = template.Library()


@register.simple_tag
def responsive(image: Image, shape: str, **options: Any) -> str:
    """A picture: `{% responsive value.still "still" sizes="…" alt="" %}`; with `first=True` it comes before all else.

    Nothing for a picture that not everybody may see.
    """
    return figures.responsive(image, shape, **options) if open_files([image]) else ""
