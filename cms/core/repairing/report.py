"""What a repair did with each page, for people and for programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.repairing.slots import Change

_LISTED = 50  # pages in the text; the JSON holds all
_SHOWN = 100  # characters of a text; the JSON holds all of it


@dataclass(frozen=True)
class Repair:
    """A text that was changed. `confidence` goes from 0.5 to 1."""

    field: str
    encoding: str
    confidence: float
    before: str
    after: str

    def __str__(self) -> str:
        before, after = _around(self.before, self.after)
        return f"  {self.field} ({self.encoding}, {self.confidence:.0%}): {before} → {after}"


@dataclass(frozen=True)
class Entry:
    """A page with what was changed in it, or the reason why nothing was."""

    page: int
    title: str
    url_path: str
    repairs: tuple[Repair, ...]
    reason: str = ""

    @classmethod
    def of(cls, page: Page, changes: Sequence[Change], reason: str) -> "Entry":
        repairs = tuple(
            Repair(slot.name, str(repaired.encoding), round(repaired.confidence, 3), before, repaired.text)
            for slot, before, repaired in changes
        )
        return cls(page.pk, page.title, page.url_path, repairs, reason if repairs else "")


@dataclass
class Report:
    """Everything that a run found, in order; sound pages are only counted."""

    is_dry_run: bool = False
    is_interrupted: bool = False
    looked_at: int = 0
    entries: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Note what was found in a page."""
        self.looked_at += 1
        if entry.repairs:
            self.entries.append(entry)

    @property
    def repaired(self) -> list[Entry]:
        """The pages that were changed, or would be."""
        return [entry for entry in self.entries if not entry.reason]

    def as_json(self) -> str:
        """`{"dry_run", "interrupted", "looked_at", "repaired": n, "pages": [{"page", "title", …, "repairs"}]}`."""
        values = {
            "dry_run": self.is_dry_run,
            "interrupted": self.is_interrupted,
            "looked_at": self.looked_at,
            "repaired": len(self.repaired),
            "pages": [asdict(entry) for entry in self.entries],
        }
        return json.dumps(values, ensure_ascii=False, indent=2)

    def as_text(self) -> str:
        """What was changed, page by page, and the counts below."""
        return "\n".join([*self._pages(), *self._closing()])

    def _pages(self) -> Iterator[str]:
        for entry in self.entries[:_LISTED]:
            yield f"{entry.url_path} “{entry.title}”" + (f": {entry.reason}" if entry.reason else "")
            yield from map(str, entry.repairs)
        if len(self.entries) > _LISTED:
            yield _("… and %(count)d more (all of them with --report)") % {"count": len(self.entries) - _LISTED}

    def _closing(self) -> Iterator[str]:
        counts = {"looked_at": self.looked_at, "repaired": len(self.repaired)}
        yield _("Pages looked at: %(looked_at)d · repaired: %(repaired)d") % counts
        if left := len(self.entries) - len(self.repaired):
            yield _("Left alone, though they need it: %(count)d") % {"count": left}
        if self.is_dry_run:
            yield _("Dry run: nothing was written.")
        if self.is_interrupted:
            yield _("Interrupted: run the same command again to go on.")


def _around(before: str, after: str) -> tuple[str, str]:
    """The two from shortly before the first difference on."""
    pairs = zip(before, after, strict=False)
    first = next((place for place, (old, new) in enumerate(pairs) if old != new), 0)
    start = max(0, before.rfind(" ", 0, max(0, first - 20)) + 1)
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    shown = " ".join(text[start : start + _SHOWN].split())
    return f"{'… ' if start else ''}{shown}{' …' if len(text) > start + _SHOWN else ''}"
