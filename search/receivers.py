"""Which changes of the database concern index and stamps: Django's signals, inside the transaction of the change."""

from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Collection as FileCollection
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site

from search import fanout, outbox, stamps

# What is written to a page when a draft of it is saved.
_OF_DRAFTS = frozenset({"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"})


def connect() -> None:
    """Connect everything; called once, when the apps are ready."""
    post_save.connect(saved, dispatch_uid="search.saved")
    pre_delete.connect(about_to_be_deleted, dispatch_uid="search.about_to_be_deleted")
    post_delete.connect(deleted, dispatch_uid="search.deleted")
    m2m_changed.connect(links_changed, dispatch_uid="search.links_changed")


def saved(
    sender: type[models.Model],
    instance: models.Model,
    created: bool,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Without a sender, because expiry and moving send `Page` and publishing the page's own class."""
    if isinstance(instance, Page):
        if update_fields and _OF_DRAFTS.issuperset(update_fields):
            return  # the object holds the draft's title and address, which no reader sees yet
        if outbox.touch_page(instance, created):
            fanout.touch_pages_naming(outbox.subtree(instance.path))
            transaction.on_commit(Site.clear_site_root_paths_cache)
    else:
        _touch_dependants(sender, instance)


def about_to_be_deleted(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Before the deletion, since afterwards the references are gone."""
    if issubclass(sender, Page):
        fanout.touch_pages_naming(Page.objects.filter(pk=instance.pk))
    else:
        _touch_dependants(sender, instance)


def deleted(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Sent for each descendant of a deleted tree, too, and for a page once as what it is and once as `Page`."""
    if issubclass(sender, Page):
        outbox.touch([instance.pk])
        stamps.bump([sender, Page])


def links_changed(instance: Any, **kwargs: Any) -> None:
    """Groups of a restriction, tags of a picture. A group's side (a group deleted, say) changes no anonymous
    reader's rights.
    """
    if isinstance(instance, PageViewRestriction):
        _touch_dependants(PageViewRestriction, instance)
    elif isinstance(instance, models.Model):
        stamps.bump([type(instance)])


def _touch_dependants(sender: type[models.Model], instance: models.Model) -> None:
    stamps.bump([sender])
    if isinstance(instance, PageViewRestriction):
        outbox.touch(outbox.subtree(instance.page.path))
        fanout.touch_pages_naming(outbox.subtree(instance.page.path))
    elif isinstance(instance, Site):
        outbox.touch(Page.objects.all())
        # Wagtail has done so, too early: a reader may have put the roots back as they were before the commit.
        transaction.on_commit(Site.clear_site_root_paths_cache)
    elif isinstance(instance, CollectionViewRestriction):
        fanout.touch_pages_using_collection(instance.collection)
    elif isinstance(instance, FileCollection):  # it may have moved below a restricted one
        fanout.touch_pages_using_collection(instance)
    elif fanout.follows(sender):
        fanout.touch_referring_pages(sender, [instance.pk])
