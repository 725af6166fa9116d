"""Which page of the site an old page is: by its old address, or else by title and date."""

import hashlib
import json
from dataclasses import asdict
from urllib.parse import urlsplit

from wagtail.contrib.redirects.models import Redirect

from cms.core.importing.values import ImportedArticle
from cms.news.models import ArticlePage
from search.vietnamese import normalise


def import_key(article: ImportedArticle) -> str:
    """What `ArticlePage.import_key` holds for this article."""
    return _address_key(article.address) if article.address else title_key(article)


def title_key(article: ImportedArticle) -> str:
    """The key of an article whose address nobody knows: spelling of tones and capitals do not matter."""
    return f"title:{_digest([normalise(article.title), article.published_at.timestamp()])}"


def _address_key(address: str) -> str:
    """The same with and without `www.`, with http and https, with the query in another order."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return f"address:{_digest([host, Redirect.normalise_path(address)])}"


def find_page(article: ImportedArticle) -> ArticlePage | None:
    """The page that was made from this article earlier, if there is one."""
    pages = {page.import_key: page for page in ArticlePage.objects.filter(import_key__in=_keys(article))}
    if found := next((pages[key] for key in _keys(article) if key in pages), None):
        return found
    return None if article.address else _page_with_address(article)


def _keys(article: ImportedArticle) -> list[str]:
    """The surest first: a page imported without its address is still the same page when the address turns up.

    So is one that an earlier crawl had found under another of its addresses.
    """
    return list(dict.fromkeys([import_key(article), *map(_address_key, article.other_addresses), title_key(article)]))


def _page_with_address(article: ImportedArticle) -> ArticlePage | None:
    """The other way round: the page was imported with its address, which this copy of it lacks."""
    title = normalise(article.title)
    candidates = ArticlePage.objects.filter(published_at=article.published_at, import_key__startswith="address:")
    return next((page for page in candidates if normalise(page.title) == title), None)


class Seen:
    """The articles of one run, to notice the same one in two files."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, bool], str] = {}  # by key, and whether the address is known

    def file_of(self, article: ImportedArticle, file: str) -> str | None:
        """The file that brought this article earlier in the run; None if it is new, and then `file` is remembered."""
        has_address = bool(article.address)
        keys = [(import_key(article), has_address), (title_key(article), not has_address)]
        found = next((self._files[key] for key in keys if key in self._files), None)
        if found is None:
            self._files[keys[0]] = file
            self._files.setdefault((title_key(article), has_address), file)
        return found


def content_digest(article: ImportedArticle) -> str:
    """Equal for articles that make equal pages; reads, doubts and where it stood are no part of the page."""
    values = asdict(article) | {"reads": None, "doubts": None}
    for name in ("section", "other_addresses"):  # left out, and not emptied: digests made before they were there hold
        del values[name]
    return _digest(values)


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
