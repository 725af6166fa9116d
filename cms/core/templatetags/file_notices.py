"""What editors are told about a file that they look at."""

from django import template

from cms.core import file_notices as notes
from cms.core.models import Document

register = template.Library()


@register.filter
def file_notices(document: Document) -> list[tuple[Document, str]]:
    """The file with what there is to say about it, if anything."""
    return notes.notices([document])
