"""Takes a whole import back, from its last page to its first."""

from django.db import transaction

from cms.imports.access import may_change
from cms.imports.indexing import Batch, batch
from cms.imports.leases import Lease
from cms.imports.models import Import, ImportPage
from cms.imports.pace import paced
from cms.news.importing.undoing import Trace, take_back


def undo(lease: Lease) -> None:
    """Take back every page of which something was written and that nobody has changed since."""
    with batch() as indexed:
        done = _take_all_back(lease, indexed)
    if done:
        lease.finish(Import.State.UNDONE)


def _take_all_back(lease: Lease, indexed: Batch) -> bool:
    """Whether all has been looked at, and nothing came between."""
    while row := lease.importing.pages.to_undo().defer("article").order_by("-number").first():
        with paced(lease), transaction.atomic():
            if not lease.goes_on():
                return False
            if ImportPage.objects.to_undo().select_for_update().filter(pk=row.pk).exists():
                _take_back(lease.importing, row)
                indexed.add(row.page_id)
        indexed.drain_if_due()
    return True


def _take_back(importing: Import, row: ImportPage) -> None:
    trace = Trace(**row.trace)
    verdict = take_back(trace, lambda page: may_change(importing.started_by, page))
    row.undone, row.undone_reason = verdict.undone, verdict.reason
    row.save(update_fields=["undone", "undone_reason"])
