"""How often pages were read. A table of its own: a field of the page would go back with an older draft."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.core.visibility import open_to_all


class ReadCountManager(models.Manager):
    """Reads by page."""

    def set_imported(self, page_id: int, count: int) -> None:
        """Set the undated total that a page brings from its old portal; counts since then stay as they are."""
        self.update_or_create(page_id=page_id, day=None, defaults={"count": count})


class ReadCount(models.Model):
    """The reads of a page on one day of the site's time zone; without a day, its total on an older portal."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="read_counts", verbose_name=_("page"))
    day = models.DateField(_("day"), null=True, blank=True)
    count = models.PositiveIntegerField(_("reads"), default=0)

    objects = ReadCountManager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("read count")
        verbose_name_plural = _("read counts")
        constraints = [
            # Two constraints, as SQLite has no `NULLS NOT DISTINCT`.
            models.UniqueConstraint(fields=["page", "day"], name="reads_once_a_day"),
            models.UniqueConstraint(fields=["page"], condition=Q(day=None), name="reads_imported_once"),
        ]
        indexes = [models.Index(fields=["day", "page", "count"], name="reads_of_days")]  # for what is read most

    def __str__(self) -> str:
        return f"{self.page_id} {self.day or '-'}: {self.count}"


def total_reads(page_ids: Iterable[int]) -> dict[int, int]:
    """All reads of each of these pages, in one query; a page never read is left out."""
    counts = ReadCount.objects.filter(page_id__in=list(page_ids)).values("page_id").annotate(total=Sum("count"))
    return dict(counts.values_list("page_id", "total"))


def most_read(pages: PageQuerySet, days: int, limit: int) -> list[Page]:
    """Those of `pages`, as far as anybody may open them, that were read most in the last `days`, today among them.

    Each has the number as `recent_reads`. Reads on an older portal have no day and do not count.
    """
    since = timezone.localdate() - timedelta(days=days)
    recent = open_to_all(pages).filter(read_counts__day__gt=since).annotate(recent_reads=Sum("read_counts__count"))
    return list(recent.order_by("-recent_reads", "-pk")[:limit])
