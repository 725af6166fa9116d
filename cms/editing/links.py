"""Links in a page's texts that lead nowhere, as far as that can be told without asking other sites."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.importing.addresses import parts_of
from cms.core.models import Document
from cms.core.visibility import open_files, open_to_all

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?")


class Broken(NamedTuple):
    """The text of a link, and why it leads nowhere."""

    text: str
    reason: str


def broken_links(htmls: Iterable[str]) -> list[Broken]:
    """Those of these rich texts; two queries at most."""
    links = [link for html in htmls if "<a" in html for link in BeautifulSoup(html, "html.parser").find_all("a")]
    return [*_to_pages(links), *_to_files(links), *filter(None, map(_elsewhere, links))]


def _to_pages(links: list[Tag]) -> Iterator[Broken]:
    wanted = _targets(links, "page")
    if not wanted:
        return
    there = dict(Page.objects.filter(pk__in=wanted.keys()).values_list("pk", "title"))
    public = set(open_to_all(Page.objects.filter(pk__in=wanted.keys())).values_list("pk", flat=True))
    for key, text in wanted.items():
        if key not in there:
            yield Broken(text, _("the page has been deleted"))
        elif key not in public:
            yield Broken(text, _("readers cannot open the page: it is not published, or private"))


def _to_files(links: list[Tag]) -> Iterator[Broken]:
    wanted = _targets(links, "document")
    if not wanted:
        return
    open_ones = {file.pk for file in open_files(Document.objects.filter(pk__in=wanted.keys()))}
    yield from (
        Broken(text, _("readers cannot open the file: it has been deleted, or is private"))
        for key, text in wanted.items()
        if key not in open_ones
    )


def _targets(links: list[Tag], kind: str) -> dict[int, str]:
    found = ((str(link.get("id") or ""), link) for link in links if link.get("linktype") == kind)
    return {int(key): link.get_text() for key, link in found if key.isdecimal()}


def _elsewhere(link: Tag) -> Broken | None:
    """A link to another site, by the form of its address only: nobody is asked."""
    address = str(link.get("href") or "").strip()
    if link.get("linktype") or address.startswith(("#", "/")):
        return None
    parts = parts_of(address)
    if parts.scheme in {"mailto", "tel"} and parts.path:
        return None
    if parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.netloc) and " " not in address:
        return None
    return Broken(link.get_text(), _("the address is not complete: %(address)s") % {"address": address or "–"})
