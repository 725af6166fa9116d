"""A crawl as `wget --mirror` leaves it: its articles, each once, with all the addresses that led to it.

Lists, menus and other copies are skipped, with the reason. Everything is looked at before the first article is given,
since any page may be a better copy of any other; what was understood waits on the disk meanwhile.
"""

import pickle
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from cms.core.importing import files, portal_html
from cms.core.importing.addresses import parts_of
from cms.core.importing.crawl_names import addresses_of, has_added_suffixes, is_page, original_of
from cms.core.importing.crawl_shape import common_lines, why_no_article
from cms.core.importing.crawl_stories import Story, groups, story_of
from cms.core.importing.html import lines_of_html
from cms.core.importing.lines import Line
from cms.core.importing.readers import Reading
from cms.core.importing.values import ImportedArticle, Incomplete, NoArticle, Undated, Unreadable

_SAMPLE = 60  # pages, to learn what they all have in common


def read(crawled: Mapping[Path, list[Path]], root: Path) -> Iterator[Reading]:
    """The articles among the files of one crawl, by the folders of their hosts; `root` is the folder above these."""
    pages = [(path, host) for host, paths in crawled.items() for path in paths if is_page(path)]
    has_added = has_added_suffixes([path for path, _host in pages])
    chrome = common_lines(list(_sample([path for path, _host in pages])))
    stories: list[Story] = []
    with tempfile.TemporaryFile(prefix="trang-import-") as kept:
        for path, host in pages:
            reading = _looked_at(path, chrome)
            if reading.article is None or reading.problem:
                yield replace(reading, folders=(host, root))
                continue
            addresses = addresses_of(path, host, has_added=has_added)
            stories.append(story_of(reading.article, path, host, addresses, kept.tell()))
            pickle.dump(reading.article, kept)
        yield from _articles(groups(stories), kept, root)


def _looked_at(path: Path, chrome: Collection[str]) -> Reading:
    """A page with its article, or why there is none; what is an article in a bad state is a failure."""
    origin = str(path)
    if original := original_of(path):
        return Reading(origin, problem=_("another copy of %(file)s") % {"file": original.name}, is_skipped=True)
    try:
        page = portal_html.page_of(files.read_text(path))
        article = portal_html.understand_page(page, chrome=chrome)
    except NoArticle as reason:
        if isinstance(reason, Incomplete) and not isinstance(reason, Undated) and reason.article.title:
            return Reading(origin, reason.article, str(reason), path)
        return Reading(origin, problem=_("no article: %(reason)s") % {"reason": reason}, is_skipped=True)
    except Unreadable as reason:
        return Reading(origin, problem=str(reason))
    problem = why_no_article(page.soup, article)
    return Reading(origin, problem=problem, is_skipped=True) if problem else Reading(origin, article, page=path)


def _sample(paths: list[Path]) -> Iterator[list[Line]]:
    """The lines of some pages, from all over the crawl."""
    for path in paths[:: max(1, len(paths) // _SAMPLE)]:
        with suppress(Unreadable):
            yield lines_of_html(portal_html.page_of(files.read_text(path)).html)


def _articles(found: list[list[Story]], kept: IO[bytes], root: Path) -> Iterator[Reading]:
    claims = Counter(canonical for group in found for canonical in {story.canonical for story in group})
    for group in found:
        first, *others = group
        article = _with_addresses(_taken(first, kept), group, claims)
        if not article.section:
            article = replace(article, section=next(filter(None, (_taken(s, kept).section for s in others)), ""))
        yield Reading(str(first.path), article, page=first.path, folders=(first.host, root))
        for story in others:
            problem = _("same article as %(file)s") % {"file": first.path}
            yield Reading(str(story.path), problem=problem, is_skipped=True)


def _taken(story: Story, kept: IO[bytes]) -> ImportedArticle:
    kept.seek(story.place)
    return pickle.load(kept)  # noqa: S301  written by ourselves, to a file without a name


def _with_addresses(article: ImportedArticle, group: list[Story], claims: Counter[str]) -> ImportedArticle:
    """The address that the page calls its own, unless many do or it is the portal's, and all those that led to it."""
    named = [story.canonical for story in group if claims[story.canonical] == 1 and _is_of_page(story.canonical)]
    addresses = list(dict.fromkeys([*named, *(address for story in group for address in story.addresses)]))
    return replace(article, address=addresses[0], other_addresses=tuple(addresses[1:]))


def _is_of_page(address: str) -> bool:
    parts = parts_of(address)
    return bool(parts.path.strip("/") or parts.query)
