"""An import's report: the same that `import_articles` writes, and as a table for spreadsheets."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from cms.core.importing.report import LABELS, Entry, Outcome, Report
from cms.imports.models import Import, ImportPage

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a cell begins with that a spreadsheet would reckon with
_ROWS = 500


def entries(importing: Import) -> Iterator[Entry]:
    """What became of everything: files that were not taken, then the pages that are done."""
    for name, reason in importing.refused.items():
        yield Entry(name, Outcome.FAILED, reason)
    for row in importing.pages.exclude(outcome="").defer("article", "trace").iterator(_ROWS):
        yield _entry(row)


def _entry(row: ImportPage) -> Entry:
    return Entry(
        row.origin, Outcome(row.outcome), row.reason, row.title, row.url, tuple(row.doubts), tuple(row.unknown)
    )


def as_json(importing: Import) -> str:
    """As `import_articles --json` prints it."""
    is_broken_off = importing.state in {Import.State.STOPPED, Import.State.RUNNING}
    report = Report(importing.section_title, is_interrupted=is_broken_off, entries=list(entries(importing)))
    return report.as_json()


def as_csv(importing: Import) -> str:
    """One row for each page; no cell is a formula, whatever the old portal's titles are."""
    text = io.StringIO()
    text.write("\ufeff")  # else spreadsheets take it for another encoding
    table = csv.writer(text)
    table.writerow([_("File"), _("Outcome"), _("Title"), _("Address"), _("Reason"), _("To look at"), _("No page of")])
    for entry in entries(importing):
        cells = [
            entry.file,
            LABELS[entry.outcome],
            entry.title,
            entry.url,
            entry.reason,
            "; ".join(entry.doubts),
            "; ".join(entry.unknown),
        ]
        table.writerow([_harmless(str(cell)) for cell in cells])
    return text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def unknown_names(importing: Import, limit: int) -> Sequence[tuple[str, int]]:
    """What pages speak of and the portal has no page of, the most frequent first."""
    lists = importing.pages.exclude(unknown=[]).values_list("unknown", flat=True)
    return Counter(name for names in lists.iterator(_ROWS) for name in names).most_common(limit)
