"""Brings the pages of an import in, each in a transaction that also says so: none twice, whatever ends the worker."""

from dataclasses import asdict
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.importing.report import Entry, Outcome
from cms.imports.access import may_change, may_publish_in
from cms.imports.indexing import Batch, batch
from cms.imports.leases import Lease
from cms.imports.models import Import, ImportPage
from cms.imports.pace import paced
from cms.imports.stored import corrections_from_json, reading_of
from cms.news.importing import Importer, ImportOptions
from cms.news.importing.undoing import Trace
from cms.news.models import NewsIndexPage

_READ_AHEAD = 50  # rows


def run(lease: Lease) -> None:
    """Take every page that waits, in order."""
    work = _Run(lease.importing)
    if problem := work.problem:
        lease.finish(Import.State.STOPPED, problem)
        return
    with work.importer.run(), batch() as indexed:
        done = work.take_all(lease, indexed)
    if done:
        lease.finish(Import.State.DONE)


class _Run:
    """One worker's part of an import; whoever set it going must still be allowed to, in each section."""

    def __init__(self, importing: Import) -> None:
        self._import = importing
        self._user = importing.started_by
        self._allowed: dict[int, bool] = {}

    @property
    def problem(self) -> str:
        """Why nothing can be brought in; empty if something can."""
        if self._import.section is None:
            return _("the section has been deleted")
        if not may_publish_in(self._user, self._import.section):
            return _("whoever started the import may not publish in the section")
        return ""

    @cached_property
    def importer(self) -> Importer:
        sections = NewsIndexPage.objects.in_bulk(self._import.sections.values())
        options = ImportOptions(
            overwrite=self._import.overwrite,
            columns=self._import.columns,
            sections={name: sections[key] for name, key in self._import.sections.items() if key in sections},
            may_change=lambda page: may_change(self._user, page),
        )
        return Importer(self._import.section, options)

    def take_all(self, lease: Lease, indexed: Batch) -> bool:
        """Whether all has been taken, and nothing came between."""
        last = 0
        while rows := list(self._import.pages.waiting().filter(number__gt=last).order_by("number")[:_READ_AHEAD]):
            for row in rows:
                with paced(lease):
                    if not self._take(lease, row, indexed):
                        return False
                    indexed.drain_if_due()
            last = rows[-1].number
        return True

    def _take(self, lease: Lease, row: ImportPage, indexed: Batch) -> bool:
        """Bring one page in; False when the worker is to stop before it."""
        row.of, trace = self._import, Trace()
        reading, corrections = reading_of(row), corrections_from_json(row.corrections)
        with transaction.atomic():
            if not lease.goes_on():
                return False
            if not ImportPage.objects.waiting().select_for_update().filter(pk=row.pk).exists():
                return True  # another worker's, who was believed dead
            if reason := self._refusal(row):
                entry = Entry(row.origin, Outcome.FAILED, reason, title=row.title)
            else:
                entry = self.importer.take(reading, corrections, trace)
            _note(row, entry, trace)
            indexed.add(row.page_id)
        return True

    def _refusal(self, row: ImportPage) -> str:
        """Why the page may not go where it is to go; empty if it may."""
        try:
            section = self.importer.section_of(row.old_section, row.corrections.get("section"))
            section.refresh_from_db(fields=["path", "depth", "numchild", "url_path"])  # editors may have moved it
        except NewsIndexPage.DoesNotExist:
            return _("the section has been deleted")
        if section.pk not in self._allowed:
            self._allowed[section.pk] = may_publish_in(self._user, section)
        return "" if self._allowed[section.pk] else _("you may not publish in this section")


def _note(row: ImportPage, entry: Entry, trace: Trace) -> None:
    row.outcome, row.reason, row.url = entry.outcome, entry.reason, entry.url
    row.title = entry.title or row.title
    row.doubts, row.unknown = [str(doubt) for doubt in entry.doubts], list(entry.unknown)
    row.page_id = entry.page
    if entry.outcome in {Outcome.MADE, Outcome.CHANGED}:
        row.trace = asdict(trace)
    row.save(update_fields=["outcome", "reason", "url", "title", "doubts", "unknown", "page_id", "trace"])
