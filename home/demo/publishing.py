"""Putting a page of the demo content into the tree: through a revision, as an editor's would go."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.models import ContentPage
from home.demo import marks
from home.demo.bodies import Names
from home.demo.content_page import DemoPage
from home.demo.tables import BadDemo


def publish(
    page: ContentPage, part: DemoPage, parent: Page, names: Names, body: Sequence[dict[str, Any]] = ()
) -> ContentPage:
    """Publish `page` with what all kinds of pages have; `body` is as a StreamField stores it. Raises BadDemo."""
    page.title, page.slug, page.summary, page.live = part.title, part.slug, part.summary, False
    page.cover_id = names.pictures[part.cover] if part.cover else None
    try:
        if body:
            page.body = _body(page._meta.get_field("body"), body)
        parent.add_child(instance=page)
        page.save_revision(clean=True).publish()
    except ValidationError as error:
        raise BadDemo(f"{part.table.place}: {'; '.join(_reasons(error))}") from None
    page.refresh_from_db(fields=["path", "numchild", "url_path"])
    marks.mark(page, part.name)
    return page


def _body(field: StreamField, blocks: Sequence[dict[str, Any]]) -> object:
    """Checked as the editor's form would, which also takes text alternatives and credits over from the pictures."""
    return field.stream_block.clean(field.to_python(json.dumps(blocks)))


def _reasons(error: ValidationError) -> Iterator[str]:
    """What is wrong, by field or by block; a StreamField's errors lie in its blocks' errors."""
    if nested := getattr(error, "block_errors", None):
        for place, inner in nested.items() if isinstance(nested, dict) else enumerate(nested):
            name = f"[{place + 1}]" if isinstance(place, int) else place
            yield from (f"{name} {reason}" for reason in _reasons(inner)) if inner else ()
    elif hasattr(error, "error_dict"):
        for field, inner in error.message_dict.items():
            yield f"{field}: {' '.join(inner)}"
    else:
        yield from error.messages
