"""Old pages whose text is in an encoding from before Unicode, or in a font of that time."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cms.core.importing.values import Doubt
from cms.core.repairing.html import repaired_html
from cms.core.repairing.slots import repair_slots, slots_of
from search.vietnamese.encodings import Part, Repaired, repair, repair_parts

_SURE = 0.95  # what is less is said to whoever reads the report
_NO_TEXTS = frozenset({"url", "date"})  # fields of a record


def repaired(parts: Sequence[tuple[str, str | None]]) -> list[str]:
    """The pieces of a text, each with the name of its font where that is known, in Unicode."""
    return [found.text for found in repair_parts(Part(*part) for part in parts)]


def repaired_text(text: str) -> tuple[str, list[Doubt]]:
    """A text in Unicode, and a doubt where it is not sure what it was in."""
    found = repair(text)
    return found.text, _doubts([found])


def repaired_page(html: str) -> tuple[str, list[Doubt]]:
    """The same for a page of HTML, its elements' fonts taken into account."""
    found = repaired_html(html)
    return found.text, _doubts([found])


def repair_record(record: dict[str, Any]) -> list[Doubt]:
    """The same for the texts of a record of an export, which are repaired where they are."""
    changes = repair_slots(slot for slot in slots_of(record, html=("html",)) if slot.key not in _NO_TEXTS)
    return _doubts([change.repaired for change in changes])


def _doubts(found: Sequence[Repaired]) -> list[Doubt]:
    """What to look at: the least sure of the texts."""
    least = min((one for one in found if one.encoding), key=lambda one: one.confidence, default=None)
    if least is None or least.encoding is None or least.confidence >= _SURE:
        return []
    values = {"encoding": least.encoding.value, "percent": round(100 * least.confidence)}
    return [Doubt(_("some of the text may be in %(encoding)s, of which we are %(percent)d%% sure") % values)]
