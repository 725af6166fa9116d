"""Pages read from the database as the index should hold them now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import translation
from wagtail.models import Page, get_page_models

from search.documents import Searchable, SearchDocument
from search.highlighting import Terms, highlight_page
from search.queries import Hit
from search.visibility import public_ids


@dataclass
class Documents:
    """The documents of those pages that should be found, and the reasons of those that could not be made."""

    made: dict[int, SearchDocument] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


def documents(page_ids: Collection[int]) -> Documents:
    """Documents of the public, searchable pages among `page_ids`; pages in neither part are not to be found.

    A constant number of queries for each page type. Labels are in the site's language, whoever asks.
    """
    result = Documents()
    with translation.override(settings.LANGUAGE_CODE):
        for page_type, ids in _by_type(public_ids(page_ids)):
            for page in _pages(page_type, ids, result.failed):
                _add(page, result)
    return result


def hit(document: SearchDocument, terms: Terms) -> Hit:
    """A document that no engine found, as a result: the database did, or an editor."""
    return Hit(
        id=document.id,
        type=document.type,
        language=document.language,
        title=document.title,
        date=document.date,
        card=document.card,
        highlights=highlight_page(document.title, document.body, terms, document.attachments),
    )


def searchable_types() -> dict[str, type[Page]]:
    """The page types that readers can find, by the API's name of the type; all of them are Searchable."""
    return {
        model.search_type: model for model in get_page_models() if getattr(model, "search_document", None) is not None
    }


def _by_type(page_ids: Iterable[int]) -> Iterator[tuple[Any, list[int]]]:
    content_types = ContentType.objects.get_for_models(*searchable_types().values())
    groups: dict[int, list[int]] = defaultdict(list)
    for page_id, type_id in Page.objects.filter(pk__in=page_ids).values_list("pk", "content_type_id"):
        groups[type_id].append(page_id)
    for page_type in searchable_types().values():
        if ids := groups.get(content_types[page_type].pk):
            yield page_type, ids


def _pages(page_type: type[Searchable], ids: Sequence[int], failed: dict[int, str]) -> Iterator[Searchable]:
    """Pages ready for their documents; when a batch cannot be read, each by itself, so that one spoils only itself."""
    try:
        pages = list(page_type.for_search(ids))
    except Exception as error:
        if len(ids) == 1:
            failed[ids[0]] = _reason(error)
            return
        pages = [page for page_id in ids for page in _pages(page_type, [page_id], failed)]
    yield from pages


def _add(page: Searchable, result: Documents) -> None:
    try:
        document = page.search_document()
    except Exception as error:
        result.failed[page.id] = _reason(error)
    else:
        if document is not None:
            result.made[page.id] = document


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
