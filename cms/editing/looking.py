"""What the side panel says of a page that is being written."""

from dataclasses import dataclass, field
from math import ceil
from typing import Any

from wagtail.models import Page

from cms.core.repairing.pages import field_slots, stored_streams, stream_slots
from cms.core.text import html_lines
from cms.documents.models import OfficialDocumentPage, registered
from cms.editing.links import Broken, broken_links
from cms.editing.mending import Fix, link_fix, repair_fix, title_fix
from cms.people.models import PersonPage
from cms.schools.models import SchoolPage
from search import service
from search.queries import Hit, SearchQuery
from search.vietnamese import compose, document_numbers, fold_tokens, tokens

SYLLABLES_A_MINUTE = 250  # that people read
_ALIKE = 0.6  # of the syllables of two titles that are the same
_SHOWN = 5


@dataclass(frozen=True)
class Cited:
    """A document's number in the text, and the document where the register has it."""

    number: str
    page: OfficialDocumentPage | None


@dataclass(frozen=True)
class Findings:
    """What there is to say, and what can be mended, by name."""

    syllables: int
    minutes: int
    similar: list[Hit]
    broken: list[Broken]
    cited: list[Cited]
    fixes: dict[str, Fix] = field(default_factory=dict)


def look(page: Page) -> Findings:
    """Look at a page as it stands in the form; nothing is written."""
    streams = stored_streams(page)
    slots = [*field_slots(page), *stream_slots(page, streams)]
    texts = [(slot, slot.holder[slot.key]) for slot in slots if isinstance(slot.holder[slot.key], str)]
    plain = compose("\n".join("\n".join(html_lines(text)) if slot.is_html else text for slot, text in texts))
    cited = _cited(plain)
    count = len(tokens(plain))
    fixes = {
        "title": title_fix(page, _names),
        "repair": repair_fix(page),
        "links": link_fix(page, [found.page for found in cited if found.page]),
    }
    return Findings(
        syllables=count,
        minutes=ceil(count / SYLLABLES_A_MINUTE),
        similar=_similar(page),
        broken=broken_links(text for slot, text in texts if slot.is_html),
        cited=cited,
        fixes={name: fix for name, fix in fixes.items() if fix},
    )


def _cited(text: str) -> list[Cited]:
    numbers = {number.key: number.printed for _start, _end, number in document_numbers.find(text)}
    pages = registered(numbers)
    return [Cited(printed, pages.get(key)) for key, printed in numbers.items()]


def _similar(page: Page) -> list[Hit]:
    """Public pages with nearly the same title."""
    own = set(fold_tokens(tokens(compose(page.title))))
    if len(own) < 3:
        return []
    hits = service.search(SearchQuery(text=page.title, page_size=2 * _SHOWN)).hits
    return [hit for hit in hits if hit.id != page.pk and _likeness(own, hit.title) >= _ALIKE][:_SHOWN]


def _likeness(own: set[str], title: str) -> float:
    others = set(fold_tokens(tokens(compose(title))))
    return len(own & others) / len(own | others)


def _names() -> list[str]:
    """Names that the portal knows: of its schools, their provinces and people."""
    schools: list[Any] = [name for names in SchoolPage.objects.values_list("title", "province") for name in names]
    return [name for name in [*schools, *PersonPage.objects.values_list("title", flat=True)] if len(name) > 1]
