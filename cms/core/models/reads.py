"""How often pages were read. A table of its own: a field of the page would go back with an older draft."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


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

    def __str__(self) -> str:
        return f"{self.page_id} {self.day or '-'}: {self.count}"


def total_reads(page_ids: Iterable[int]) -> dict[int, int]:
    """All reads of each of these pages, in one query; a page never read is left out."""
    counts = ReadCount.objects.filter(page_id__in=list(page_ids)).values("page_id").annotate(total=Sum("count"))
    return dict(counts.values_list("page_id", "total"))
