"""What can be mended with a click: the new values of the fields and blocks that would change, and of no others."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from wagtail.models import Page

from cms.core.repairing.pages import field_slots, stored_streams, stream_slots
from cms.core.repairing.slots import Slot, repair_slots
from cms.documents.linking import link_to
from cms.documents.models import OfficialDocumentPage
from cms.editing.titles import is_shouted, sentence_case
from search.vietnamese import compose

Fix = dict[str, Any]  # {"fields": {name: text}, "blocks": {field: [block as the editor's script takes it]}}

_TO_PAGE = re.compile(r'href="page:([0-9]+)"')


def title_fix(page: Page, names: Callable[[], Iterable[str]]) -> Fix | None:
    """A title in capitals as a sentence, with these names, which are asked for when there is something to mend."""
    if not is_shouted(page.title):
        return None
    return {"fields": {"title": sentence_case(page.title, names())}, "blocks": {}}


def repair_fix(page: Page) -> Fix | None:
    """Texts in an old encoding, or with marks apart from their letters, as Unicode has them."""

    def mend(slots: list[Slot]) -> None:
        repair_slots(slots)
        for slot in slots:
            if isinstance(text := slot.holder[slot.key], str):
                slot.holder[slot.key] = compose(text)

    return _fix(page, mend)


def link_fix(page: Page, cited: Iterable[OfficialDocumentPage]) -> Fix | None:
    """Links to the documents where their numbers stand in the body."""
    targets = {paper.number_key: f"page:{paper.pk}" for paper in cited if paper.pk != page.pk}

    def mend(slots: list[Slot]) -> None:
        for slot in slots:
            if slot.is_html and isinstance(html := slot.holder[slot.key], str):
                slot.holder[slot.key] = _TO_PAGE.sub(r'linktype="page" id="\1"', link_to(html, targets))

    return _fix(page, mend, with_fields=False) if targets else None


def _fix(page: Page, mend: Callable[[list[Slot]], None], *, with_fields: bool = True) -> Fix | None:
    """What a change of the page's texts comes to; the page itself stays as it is."""
    streams, before = stored_streams(page), stored_streams(page)
    fields = {slot.key: slot.holder[slot.key] for slot in field_slots(page) if not slot.is_html} if with_fields else {}
    texts = dict(fields)
    mend([*(Slot(texts, name) for name in texts), *stream_slots(page, streams)])
    changed = {name: text for name, text in texts.items() if text != fields[name]}
    blocks = {name: found for name in streams if (found := _changed(page, name, before[name], streams[name]))}
    return {"fields": changed, "blocks": blocks} if changed or blocks else None


def _changed(page: Page, name: str, before: list[Any], after: list[Any]) -> list[Any]:
    blocks = [new for old, new in zip(before, after, strict=True) if old != new]
    stream = page._meta.get_field(name).stream_block
    return stream.get_form_state(stream.to_python(blocks)) if blocks else []
