"""What an import did with each page, for people and for programs."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_LISTED = 50  # lines of each kind in the text; the JSON holds all


class Outcome(StrEnum):
    MADE = "made"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"


LABELS = {
    Outcome.MADE: _("Made"),
    Outcome.CHANGED: _("Changed"),
    Outcome.UNCHANGED: _("Unchanged"),
    Outcome.SKIPPED: _("Skipped"),
    Outcome.FAILED: _("Failed"),
}


@dataclass(frozen=True)
class Entry:
    """What became of one page. `url` is its path here and `page` its key, `doubts` are what somebody should see.

    `unknown` names what the page speaks of and the portal has no page of: `school: …`, `document: …`. `section` is the
    old portal's name of a section that nobody has said a place for.
    """

    file: str
    outcome: Outcome
    reason: str = ""
    title: str = ""
    url: str = ""
    doubts: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    section: str = ""
    page: int | None = None

    def __str__(self) -> str:
        shown = ": ".join(filter(None, (self.file, self.title and f"“{self.title}”", self.reason)))
        shown += f" → {self.url}" if self.url else ""
        return shown.encode("utf-8", "backslashreplace").decode()  # file names need not be text


@dataclass
class Report:
    """Everything that a run did, in order."""

    into: str
    is_dry_run: bool = False
    is_interrupted: bool = False
    entries: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Note what became of a page."""
        self.entries.append(entry)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many pages met each outcome, all outcomes named."""
        counted = Counter(entry.outcome for entry in self.entries)
        return {outcome: counted[outcome] for outcome in Outcome}

    @property
    def sections(self) -> dict[str, int]:
        """The old sections that were not mapped, with the numbers of their pages, the largest first."""
        return dict(Counter(entry.section for entry in self.entries if entry.section).most_common())

    def as_json(self) -> str:
        """`{"into", "dry_run", "interrupted", "counts": {outcome: n}, "sections": {name: n}, "entries": [{…}]}`."""
        values: dict[str, Any] = {
            "into": self.into,
            "dry_run": self.is_dry_run,
            "interrupted": self.is_interrupted,
            "counts": self.counts,
            "sections": self.sections,
            "entries": [asdict(entry) for entry in self.entries],
        }
        text = json.dumps(values, ensure_ascii=False, indent=2)
        return text.encode("utf-8", "backslashreplace").decode()

    def as_text(self) -> str:
        """Failures last, above the counts, where they are seen."""
        lines = [line for outcome in Outcome for line in self._listed(outcome)]
        return "\n".join([*lines, *self._doubts(), *self._unknown(), *self._sections(), *self._closing()])

    def _listed(self, outcome: Outcome) -> Iterator[str]:
        entries = [entry for entry in self.entries if entry.outcome is outcome]
        limit = len(entries) if outcome is Outcome.FAILED else _LISTED
        for entry in entries[:limit]:
            yield f"{LABELS[outcome]}: {entry}"
        if len(entries) > limit:
            yield str(format_lazy(_("… and {count} more (all of them with --report)"), count=len(entries) - limit))

    def _doubts(self) -> Iterator[str]:
        doubtful = [(entry, doubt) for entry in self.entries for doubt in entry.doubts]
        for entry, doubt in doubtful[:_LISTED]:
            yield str(format_lazy(_("Please look at {file}: {doubt}"), file=entry.file, doubt=doubt))
        if len(doubtful) > _LISTED:
            yield str(format_lazy(_("… and {count} more (all of them with --report)"), count=len(doubtful) - _LISTED))

    def _unknown(self) -> Iterator[str]:
        """What has no page on the portal, the most frequent first."""
        counted = Counter(name for entry in self.entries for name in entry.unknown)
        for name, count in counted.most_common(_LISTED):
            yield str(format_lazy(_("Not on the portal, named in {count}: {name}"), count=count, name=name))

    def _sections(self) -> Iterator[str]:
        for name, count in self.sections.items():
            yield str(format_lazy(_("Old section without a place here, {count} pages: {name}"), count=count, name=name))

    def _closing(self) -> Iterator[str]:
        yield " · ".join(f"{LABELS[outcome]}: {count}" for outcome, count in self.counts.items())
        if self.is_dry_run:
            yield str(_("Dry run: nothing was written."))
        if self.is_interrupted:
            yield str(_("Interrupted: run the same command again to go on."))


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there with all of its text or as it was before."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
