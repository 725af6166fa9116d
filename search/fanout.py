"""Changes that concern other pages: of a picture, a tag, a page that they name, a collection's privacy."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex

from search import outbox, stamps
from search.chunks import chunks

_followed: list[type[models.Model]] = []


def follow(model: type[models.Model]) -> None:
    """Let a change of a `model` (a picture, a tag, a school) count as a change of the pages that refer to it."""
    if model not in _followed:
        _followed.append(model)
        stamps.watch(model)


def follows(model: type[models.Model]) -> bool:
    return model in _followed


def touch_referring_pages(model: type[models.Model], keys: Iterable[object]) -> None:
    """Note the pages that refer to one of these objects, by a field or from inside a StreamField."""
    page_type = ContentType.objects.get_for_model(Page)
    for some in chunks(keys, outbox.ROWS_PER_STATEMENT):
        references = ReferenceIndex.objects.filter(
            base_content_type=page_type,
            to_content_type=ContentType.objects.get_for_model(model),
            to_object_id__in=[str(key) for key in some],
        )
        outbox.touch({int(page_id) for page_id in references.values_list("object_id", flat=True)})


def touch_pages_naming(tree: QuerySet[Page]) -> None:
    """Note the pages that refer to one of the pages in `tree`: they show its title or address, or a link to it."""
    touch_referring_pages(Page, tree.values_list("pk", flat=True))


def showing_what_is_closed(page_ids: Iterable[int]) -> set[int]:
    """Those of the pages that refer to a picture or file of a restricted collection; one query where there is none."""
    restricted = CollectionViewRestriction.objects.exclude(restriction_type=CollectionViewRestriction.NONE)
    closed = [Q(collection__path__startswith=path) for path in restricted.values_list("collection__path", flat=True)]
    if not closed:
        return set()
    within = reduce(or_, closed)
    return {page for model in _in_collections() for page in _referring(page_ids, model, within)}


def _referring(page_ids: Iterable[int], model: type[models.Model], within: Q) -> Iterator[int]:
    for some in chunks(page_ids, outbox.ROWS_PER_STATEMENT):
        references = ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id__in=[str(page_id) for page_id in some],
            to_content_type=ContentType.objects.get_for_model(model),
        ).values_list("object_id", "to_object_id")
        pairs = [(int(page_id), int(key)) for page_id, key in references]
        hidden = set(
            model._default_manager.filter(within, pk__in={key for _page, key in pairs}).values_list("pk", flat=True)
        )
        yield from (page_id for page_id, key in pairs if key in hidden)


def _in_collections() -> list[type[models.Model]]:
    return [model for model in _followed if any(field.name == "collection" for field in model._meta.fields)]


def touch_pages_using_collection(collection: Collection) -> None:
    """Note the pages that refer to a picture or file of `collection` or of a collection below it."""
    for model in _in_collections():
        stamps.bump([model])
        members = model._default_manager.filter(collection__path__startswith=collection.path)
        touch_referring_pages(model, members.values_list("pk", flat=True))
