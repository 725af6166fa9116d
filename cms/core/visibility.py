"""Lists for readers hold only what anybody may open."""

from typing import TypeVar

from django.db.models import Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound=PageQuerySet)


def open_to_all(pages: Pages) -> Pages:
    """Those of `pages` that are live, below no unpublished page and in no private section.

    Two queries beside that of the pages, whatever their number.
    """
    unpublished = Page.objects.filter(live=False, numchild__gt=0, depth__gt=1).values_list("path", flat=True)
    below_unpublished = Q(pk__in=[])
    for path in unpublished:
        below_unpublished |= Q(path__range=(path, path + "Z" * Page.steplen))
    return pages.live().public().exclude(below_unpublished)
