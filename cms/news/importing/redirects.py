"""Keeps old addresses working."""

from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.core.importing.values import ImportedArticle
from cms.news.models import ArticlePage

_MAX_PATH = Redirect._meta.get_field("old_path").max_length


class OldAddresses:
    """The paths that an article had on the old portal, queries included, and whether they can lead to its page."""

    def __init__(self, article: ImportedArticle, page: ArticlePage | None) -> None:
        """`page` is the article's page, None where it is still to be made."""
        addresses = filter(None, (article.address, *article.other_addresses))
        paths = list(dict.fromkeys(map(Redirect.normalise_path, addresses)))
        existing = {redirect.old_path: redirect for redirect in Redirect.objects.filter(old_path__in=paths)}
        doubts = {path: doubt for path in paths if (doubt := _doubt(path, existing.get(path), page))}
        self._free = [path for path in paths if path not in existing and path not in doubts]
        self.doubts = tuple(doubts.values())

    def lead_to(self, page: ArticlePage) -> None:
        """Make the redirects, where they are not there and can be."""
        for path in self.wanting(page):
            Redirect.add_redirect(path, redirect_to=page)

    def wanting(self, page: ArticlePage) -> list[str]:
        """The paths that do not lead to the page yet, though they could; not the one that it has kept."""
        return [path for path in self._free if path != Redirect.normalise_path(page.url or "")]


def _doubt(path: str, existing: Redirect | None, page: ArticlePage | None) -> str:
    """Why an old address cannot lead to the page; empty if it can."""
    if len(path) > _MAX_PATH:
        return _("the old address is too long for a redirect")
    if existing:
        leads_here = page is not None and existing.redirect_page_id == page.pk
        return "" if leads_here else _("the old address %(path)s already leads elsewhere") % {"path": path}
    if (found := _page_at(path)) and found != (page and page.pk):
        return _("the old address %(path)s is a page of this site") % {"path": path}
    return ""


def _page_at(path: str) -> int | None:
    """The live page that answers at this path of a site, which then never asks for a redirect."""
    inside = path.split("?")[0].strip("/")
    roots = Site.objects.values_list("root_page__url_path", flat=True)
    # By the slug first, as the whole path has no index.
    named = Page.objects.live().filter(slug=inside.rpartition("/")[2])
    return named.filter(url_path__in=[f"{root}{inside}/" for root in roots]).values_list("pk", flat=True).first()
