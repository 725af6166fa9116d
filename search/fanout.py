"""Changes that concern other pages: of a picture, a tag, a page that they name, a collection's privacy."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from wagtail.models import Collection, Page, ReferenceIndex

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


def touch_pages_using_collection(collection: Collection) -> None:
    """Note the pages that refer to a picture or file of `collection` or of a collection below it."""
    for model in _followed:
        if any(field.name == "collection" for field in model._meta.fields):
            stamps.bump([model])
            members = model._default_manager.filter(collection__path__startswith=collection.path)
            touch_referring_pages(model, members.values_list("pk", flat=True))
