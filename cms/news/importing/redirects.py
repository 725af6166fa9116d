"""Keeps old addresses working."""

from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.core.importing.values import ImportedArticle
from cms.news.models import ArticlePage

_MAX_PATH = Redirect._meta.get_field("old_path").max_length


class OldAddress:
    """The path that an article had on the old portal, query included, and whether it can lead to the article's page."""

    def __init__(self, article: ImportedArticle, page: ArticlePage | None) -> None:
        """`page` is the article's page, None where it is still to be made."""
        self._path = Redirect.normalise_path(article.address) if article.address else ""
        self._existing = Redirect.objects.filter(old_path=self._path).first() if self._path else None
        self.doubt = self._doubt(page) if self._path else ""

    def lead_to(self, page: ArticlePage) -> None:
        """Make the redirect, unless it is there, cannot be, or need not be, as the page has kept its address."""
        if self._path and not (self._existing or self.doubt) and self._path != Redirect.normalise_path(page.url or ""):
            Redirect.add_redirect(self._path, redirect_to=page)

    def _doubt(self, page: ArticlePage | None) -> str:
        """Why the old address cannot lead to the page; empty if it can."""
        if len(self._path) > _MAX_PATH:
            return _("the old address is too long for a redirect")
        if self._existing:
            leads_here = page is not None and self._existing.redirect_page_id == page.pk
            return "" if leads_here else _("the old address %(path)s already leads elsewhere") % {"path": self._path}
        if (found := _page_at(self._path)) and found != (page and page.pk):
            return _("the old address %(path)s is a page of this site") % {"path": self._path}
        return ""


def _page_at(path: str) -> int | None:
    """The live page that answers at this path of a site, which then never asks for a redirect."""
    inside = path.split("?")[0].strip("/")
    roots = Site.objects.values_list("root_page__url_path", flat=True)
    # By the slug first, as the whole path has no index.
    named = Page.objects.live().filter(slug=inside.rpartition("/")[2])
    return named.filter(url_path__in=[f"{root}{inside}/" for root in roots]).values_list("pk", flat=True).first()
