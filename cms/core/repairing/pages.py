"""Repairs the texts of a page: what readers see, and the drafts that wait, each as what it is.

A live page's repair is published as a new revision, so that outbox, index and apps that keep a copy follow as they
follow an editor's change; what stood there before stays in the page's history.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Revision

from cms.core.repairing.slots import Change, Slot, block_slots, repair_slots

_NO_TEXTS = (models.URLField, models.SlugField, models.EmailField, models.FilePathField)


def left_alone(page: Page) -> str:
    """Why a page is left to its editors; empty if it is not."""
    if page.locked:
        return _("locked by an editor")
    return _("in moderation") if page.workflow_in_progress else ""


def repair_page(page: Page, *, is_dry_run: bool = False) -> list[Change]:
    """Repair a page, given as its own type, and say what was changed. All of it is written, or nothing."""
    changes = _repair(page, is_written=False)
    if changes and not is_dry_run:
        with transaction.atomic():  # as it is now, and nobody changes it meanwhile
            changes = _repair(Page.objects.select_for_update().get(pk=page.pk).specific, is_written=True)
    return changes


def _repair(page: Page, *, is_written: bool) -> list[Change]:
    waiting = _waiting(page)
    changes = repair_texts(page) if page.live or not waiting else []
    is_live_changed = bool(changes)
    if changes and is_written:
        _save(page)
    for revision in waiting:
        draft = Revision.objects.get(pk=revision.pk).as_object()
        found = repair_texts(draft)
        if is_written and (found or is_live_changed):  # it stays newer than what is live
            draft.save_revision(approved_go_live_at=revision.approved_go_live_at, clean=False)
        changes += found
    return list({(change.slot.name, change.before): change for change in changes}.values())


def _waiting(page: Page) -> list[Revision]:
    """The revision to be published at some time, and the newest draft, where these are not what is live."""
    newest = page.latest_revision if page.has_unpublished_changes or not page.live else None
    found = {revision.pk: revision for revision in (page.scheduled_revision, newest) if revision}
    return list(found.values())


def _save(page: Page) -> None:
    """As an editor does who changes this and nothing else."""
    if page.live and page.go_live_at and page.go_live_at > timezone.now():
        page.go_live_at = None  # it is live, and publishing must not wait for anything
    revision = page.save_revision(clean=False)
    if page.live:
        revision.publish()


def repair_texts(page: Page) -> list[Change]:
    """Repair the texts of a page and of what is edited with it, in memory."""
    streams = stored_streams(page)
    children = {relation.get_accessor_name(): [] for relation in get_all_child_relations(type(page))}
    for name in children:
        children[name] = list(getattr(page, name).all())
    edited = [page, *(child for some in children.values() for child in some)]
    changes = repair_slots(
        [*(slot for instance in edited for slot in field_slots(instance)), *stream_slots(page, streams)]
    )
    if changes:
        _put_back(page, streams, children)
    return changes


def stored_streams(page: Page) -> dict[str, Any]:
    """Copies of the page's streams as they are stored, by their fields' names."""
    names = [field.name for field in page._meta.concrete_fields if isinstance(field, StreamField)]
    return {name: deepcopy(list(getattr(page, name).raw_data)) for name in names}


def stream_slots(page: Page, streams: dict[str, Any]) -> Iterator[Slot]:
    """The texts in stored streams of the page's."""
    for name in streams:
        field = page._meta.get_field(name)
        yield from block_slots(field.stream_block, streams, name, str(field.verbose_name))


def field_slots(instance: models.Model) -> Iterator[Slot]:
    """The texts that editors write in the fields of a page or of one of its parts."""
    for field in instance._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(
            field, (*_NO_TEXTS, StreamField)
        )
        if is_text and field.editable and not field.choices and not field.unique and not field.primary_key:
            yield Slot(vars(instance), field.attname, str(field.verbose_name), isinstance(field, RichTextField))


def _put_back(page: Page, streams: dict[str, Any], children: dict[str, list[models.Model]]) -> None:
    for name, stored in streams.items():
        block = page._meta.get_field(name).stream_block
        setattr(page, name, StreamValue(block, stored, is_lazy=True))
    for name, some in children.items():
        if some:
            setattr(page, name, some)
