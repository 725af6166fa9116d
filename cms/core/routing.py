"""The way from a site's home page down to the page at an address, in one query for all of its pages, and one for it.

Wagtail looks for each page on the way by itself, and reads it whole.
"""

from collections.abc import Sequence
from functools import cache

from django.http import Http404
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

from cms.core.rows import instances, statement

# Of the pages above the one that is shown this is enough; what else is asked of them is looked up then.
_WAY = """
SELECT id, path, depth, numchild, slug, title, live, url_path, content_type_id, locale_id FROM {}
WHERE path BETWEEN %s AND %s AND depth <= %s AND slug IN ({})
"""


def way_down(top: Page, slugs: Sequence[str]) -> list[Page]:
    """The pages below `top` that bear these slugs, each the child of the one before; as many as there are.

    It ends with a page that takes what follows in the address for itself.
    """
    if not slugs:
        return []
    reach = (top.path, top.path + "Z" * Page.steplen * len(slugs))
    candidates = instances(Page, statement(_WAY, Page, slugs), [*reach, top.depth + len(slugs), *slugs])
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


def whole(page: Page) -> Page:
    """The page as what it is."""
    model = page.specific_class
    if model is None or isinstance(page, model):
        return page
    found = instances(model, _statement(model), [page.pk])
    if not found:
        raise Http404
    return found[0]


@cache
def _statement(model: type[Page]) -> str:
    """The query for one page of a type, built once, which takes longer than the database to answer it."""
    sql, _parameters = model._base_manager.filter(pk=0).order_by().query.sql_with_params()
    return sql
