"""What the page's history says of its imports, and whether an editor has been at it since.

Wagtail's log keeps, for each import, the revision made and the digest of what was imported.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_published

from cms.core.importing.values import ImportedArticle
from cms.news.importing.identity import content_digest
from cms.news.models import ArticlePage

ACTION = "news.import"


@dataclass(frozen=True)
class LastImport:
    """The newest import of a page: the revision that it made, and of what."""

    revision_id: int
    digest: str


def publish(page: ArticlePage, article: ImportedArticle) -> None:
    """Save what is in `page` as a new revision and publish it, as an editor does."""
    revision = page.save_revision(clean=False)  # publishing saves the page, and saving cleans it
    revision.publish(log_action=False)
    _record(page, revision, article)


def publish_new(page: ArticlePage, article: ImportedArticle) -> None:
    """The same for a page that has just been added, live, to the tree.

    It ends in the same state, without saving the page twice more: that halves the time of an import.
    """
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
    )
    state = {
        "live_revision": revision,
        "latest_revision": revision,
        "latest_revision_created_at": revision.created_at,
        "last_published_at": revision.created_at,
    }
    for name, value in state.items():
        setattr(page, name, value)
    ArticlePage.objects.filter(pk=page.pk).update(**state)
    page_published.send(sender=ArticlePage, instance=page, revision=revision)
    _record(page, revision, article)


def _record(page: ArticlePage, revision: Revision, article: ImportedArticle) -> None:
    log(page, ACTION, revision=revision, content_changed=True, data={"digest": content_digest(article)})


def last_import(page: ArticlePage) -> LastImport | None:
    """The page's newest import, or None where its history has none."""
    # Chosen here and not in SQL, where the index of actions would find the imports of all other pages first.
    entries = PageLogEntry.objects.filter(page_id=page.pk).order_by()
    imports = [entry for entry in entries if entry.action == ACTION]
    newest = max(imports, key=lambda entry: entry.pk, default=None)
    return newest and LastImport(newest.revision_id, newest.data.get("digest", ""))


def touched_since(page: ArticlePage, last: LastImport | None) -> str:
    """What an editor has done since the import, as a reason to keep away; empty if nothing."""
    if last is None or page.latest_revision_id != last.revision_id:
        return _("edited since import")
    if not page.live:
        return _("unpublished since import")
    return _("locked by an editor") if page.locked else ""


def publish_again(page: ArticlePage, revision: Revision) -> None:
    """Bring an older revision back as the newest; if that was an import's, so is the new one."""
    again = revision.as_object().save_revision(previous_revision=revision, clean=False, log_action=True)
    again.publish(log_action=False)
    imported = PageLogEntry.objects.filter(page_id=page.pk, action=ACTION, revision=revision).first()
    if imported is not None:
        log(page, ACTION, revision=again, content_changed=True, data=imported.data)
