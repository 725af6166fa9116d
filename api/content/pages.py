"""/api/v1/pages/: pages of all types, with what all of them have."""

from collections.abc import Sequence
from typing import Any

from wagtail.models import Page

from api.content import examples, filters, kinds, orders
from api.content.bodies.shapes import BodySerializer
from api.content.common import LEFT_OUT, PageSerializer
from api.content.described import described
from api.content.selection import Selection
from api.content.views import PageViewSet, wants
from api.content.visibility import NOTHING


class AnyPageSerializer(PageSerializer):
    """A page of any type. What only its type has stands behind `api_url`."""

    body = BodySerializer(allow_null=True, help_text="Null for a type of page that has no text.")


def _types() -> list[str]:
    return sorted(kinds.models())


def _of_type(found: filters.Found, chosen: Sequence[str], _visible: Any) -> filters.Found:
    by_name = {name: key for key, name in kinds.names().items()}
    return found.filter(content_type__in=[by_name[name] for name in chosen])


@described("page", "pages", "In the editors' order, unless sorted otherwise.", examples.PAGE)
class AnyPageViewSet(PageViewSet):
    kind = "page"
    model = Page
    serializer = AnyPageSerializer
    left_out_of_lists = LEFT_OUT
    filters = (
        filters.choices("type", _of_type, _types(), "Only pages of this type.", facet="type"),
        *filters.OF_PAGES,
        filters.of_school(lambda _keys: NOTHING),
    )
    orders = orders.OF_PAGES

    def completed(self, things: Sequence[Any], fields: Selection) -> Sequence[Any]:
        """With what their own tables hold: one query for all types, and one for each type whose texts are wanted."""
        own = _own([page.pk for page in things]) if wants(fields, "summary", "cover") else {}
        bodies = _bodies(things) if wants(fields, "body") else {}
        for page in things:
            page.summary, page.cover_id = own.get(page.pk, ("", None))
            page.body = bodies.get(page.pk)
        return things


def _own(ids: Sequence[int]) -> dict[int, tuple[str, int | None]]:
    """Summary and cover of each of the pages that have them."""
    tables = [
        model.objects.order_by().filter(pk__in=ids).values_list("pk", "summary", "cover_id")
        for name, model in kinds.models().items()
        if name != kinds.HOME
    ]
    return {key: (summary, cover) for key, summary, cover in tables[0].union(*tables[1:], all=True)}


def _bodies(pages: Sequence[Page]) -> dict[int, Any]:
    names = kinds.names()
    found: dict[int, Any] = {}
    for name in {names[page.content_type_id] for page in pages} & kinds.BODIES.keys():
        ids = [page.pk for page in pages if names[page.content_type_id] == name]
        field = kinds.BODIES[name]
        found |= {page.pk: getattr(page, field) for page in kinds.models()[name].objects.filter(pk__in=ids).only(field)}
    return found
