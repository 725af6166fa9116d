"""Takes back what an import has written, as long as nobody has been at it since."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ReferenceIndex, Revision

from cms.core.models import ReadCount
from cms.news.importing import history
from cms.news.models import ArticlePage


@dataclass
class Trace:
    """What taking one article has written: its page, as it was before and is now, and what came in with it."""

    page: int | None = None
    is_new: bool = True
    revision_before: int | None = None
    revision: int | None = None
    reads_before: int | None = None
    redirects: list[int] = field(default_factory=list)
    library: list[tuple[str, int]] = field(default_factory=list)  # model and id

    def note_before(self, page: ArticlePage | None) -> None:
        """Remember the page as it is, if it is there."""
        if page is not None:
            self.is_new, self.revision_before = False, page.latest_revision_id
            self.reads_before = _imported_reads(page).values_list("count", flat=True).first()
            self.redirects = _redirects_to(page)

    def note_after(self, page: ArticlePage, made: Iterable[models.Model]) -> None:
        """Note what is there now and was not."""
        self.page, self.revision = page.pk, page.latest_revision_id
        before = set(self.redirects)
        self.redirects = [key for key in _redirects_to(page) if key not in before]
        self.library = [(item._meta.label_lower, item.pk) for item in made]


class Undone(StrEnum):
    DELETED = "deleted"
    RESTORED = "restored"
    KEPT = "kept"


@dataclass(frozen=True)
class Verdict:
    """What became of a page, and of what was kept the reason."""

    undone: Undone
    reason: str = ""


def take_back(trace: Trace, may_change: Callable[[ArticlePage], bool]) -> Verdict:
    """Delete the page that was made, or bring back what it was. Belongs into a transaction of the caller's.

    Articles of one import are taken back from the last to the first: each finds what it has left.
    """
    page = ArticlePage.objects.filter(pk=trace.page).first()
    if page is None:
        verdict = Verdict(Undone.DELETED, _("had been deleted already"))
    elif touched := _touched(page, trace):
        verdict = Verdict(Undone.KEPT, touched)
    elif not may_change(page):
        verdict = Verdict(Undone.KEPT, _("you may not change it"))
    elif trace.is_new:
        page.delete()  # and with it the redirects that lead to it
        verdict = Verdict(Undone.DELETED)
    else:
        _restore(page, trace)
        verdict = Verdict(Undone.RESTORED)
    if verdict.undone is not Undone.KEPT:
        _remove_unshared(trace.library)
    return verdict


def _touched(page: ArticlePage, trace: Trace) -> str:
    return history.touched_since(page, history.LastImport(trace.revision or 0, ""))


def _restore(page: ArticlePage, trace: Trace) -> None:
    Redirect.objects.filter(pk__in=trace.redirects, redirect_page=page).delete()
    if trace.reads_before is None:
        _imported_reads(page).delete()
    else:
        ReadCount.objects.set_imported(page.pk, trace.reads_before)
    before = Revision.objects.filter(pk=trace.revision_before).first()
    if before and trace.revision_before != trace.revision:
        history.publish_again(page, before)


def _remove_unshared(library: Iterable[tuple[str, int]]) -> None:
    """Pictures and files that no page shows any more; their own signals take the files away."""
    for label, key in library:
        item = apps.get_model(label)._default_manager.filter(pk=key).first()
        if item is not None and not ReferenceIndex.get_references_to(item).exists():
            item.delete()


def _redirects_to(page: ArticlePage) -> list[int]:
    return list(Redirect.objects.filter(redirect_page=page).order_by("pk").values_list("pk", flat=True))


def _imported_reads(page: ArticlePage) -> models.QuerySet[ReadCount]:
    return ReadCount.objects.filter(page=page, day=None)
