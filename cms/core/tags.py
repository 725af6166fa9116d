"""Merging tags: editors make `Thi đua`, `thi-dua` and `Thi đua, khen thưởng`, and mean the same."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models, transaction
from taggit.models import ItemBase, Tag
from wagtail.models import Page, ReferenceIndex, Revision

from search import outbox


@transaction.atomic
def merge(tags: Iterable[Tag], into: Tag) -> int:
    """Let everything that bears one of `tags` bear `into` instead, drafts too, and delete them; how many are gone."""
    gone = [tag.pk for tag in tags if tag.pk != into.pk]
    pages: set[int] = set()
    for model in apps.get_models():
        if issubclass(model, ItemBase) and model._meta.get_field("tag").related_model is Tag:
            pages |= _retag(model, gone, into.pk)
    _retag_drafts(gone, into.pk)
    Tag.objects.filter(pk__in=gone).delete()
    for page in Page.objects.filter(pk__in=pages).specific():
        ReferenceIndex.create_or_update_for_object(page)
    outbox.touch(pages)
    return len(gone)


def _retag(model: type[ItemBase], gone: list[int], into: int) -> set[int]:
    """Exchange the tags of one kind of content; an item that has both keeps one. Returns the pages among the items."""
    key = next(f.name for f in model._meta.fields if f.name in {"content_object", "object_id"})
    owner = [key, "content_type"] if key == "object_id" else [key]
    items = model.objects.filter(tag_id__in=gone)
    owners = list(items.values_list(*owner))
    kept = set(model.objects.filter(tag_id=into).values_list(*owner))
    for item in items.order_by("pk"):
        values = tuple(getattr(item, model._meta.get_field(name).attname) for name in owner)
        if values in kept:
            item.delete()
        else:
            kept.add(values)
            model.objects.filter(pk=item.pk).update(tag_id=into)
    is_of_pages = key == "content_object" and issubclass(model._meta.get_field(key).related_model, Page)
    return {owner[0] for owner in owners} if is_of_pages else set()


def _retag_drafts(gone: list[int], into: int) -> None:
    """The same in drafts of pages that are not published yet, or that go on from what is."""
    latest = Page.objects.exclude(latest_revision=None).values("latest_revision")
    for revision in Revision.objects.filter(pk__in=latest).iterator():
        items = revision.content.get("tagged_items") or []
        if not any(item.get("tag") in gone for item in items):
            continue
        by_tag: dict[int, dict] = {}
        for item in items:
            tag = into if item["tag"] in gone else item["tag"]
            by_tag.setdefault(tag, item | {"tag": tag})
        revision.content["tagged_items"] = list(by_tag.values())
        models.Model.save(revision, update_fields=["content"])
