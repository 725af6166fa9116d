"""The way from a site's home page down to the page at an address, in one query for all of its pages.

Wagtail looks for each page on the way by itself, and reads it whole.
"""

from collections.abc import Sequence

from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page


def way_down(top: Page, slugs: Sequence[str]) -> list[Page]:
    """The pages below `top` that bear these slugs, each the child of the one before; as many as there are.

    It ends with a page that takes what follows in the address for itself.
    """
    reach = (top.path, top.path + "Z" * Page.steplen * len(slugs))
    candidates = Page.objects.filter(slug__in=set(slugs), path__range=reach, depth__lte=top.depth + len(slugs))
    found = {(page.path[: -Page.steplen], page.slug): page for page in candidates}
    way: list[Page] = []
    for slug in slugs:
        above = way[-1] if way else top
        if (page := found.get((above.path, slug))) is None:
            break
        way.append(page)
        if issubclass(page.specific_class or Page, RoutablePageMixin):
            break
    return way
