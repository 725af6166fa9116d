"""A draft as the content endpoints show pages: with its own rows, which no table has yet, and only public others."""

from collections.abc import Iterable
from typing import Any

from modelcluster.fields import ParentalKey
from rest_framework.request import Request
from wagtail.models import Page

from api.content import kinds
from api.content.related import Related
from api.content.urls import VIEWS
from api.content.views import related_to, shape


class AroundDraft(Related):
    """What surrounds a draft. Its rows are those that its editor sees."""

    def __init__(self, base: str, draft: Page) -> None:
        super().__init__(base)
        self._draft = draft

    def rows(
        self, model: Any, key: str, ids: Iterable[int], order: Iterable[Any], also: Iterable[str] = ()
    ) -> dict[int, list[Any]]:
        parent = model._meta.get_field(key.removesuffix("_id"))
        if not isinstance(parent, ParentalKey):
            return super().rows(model, key, ids, order, also)
        of_draft = getattr(self._draft, parent.remote_field.get_accessor_name())
        return {self._draft.pk: list(of_draft.all())}


def shown(draft: Page, request: Request) -> Any:
    """The draft with all that the endpoint of its type shows."""
    name = getattr(draft, "search_type", kinds.HOME)
    view = VIEWS[kinds.ENDPOINTS.get(name, "pages")]
    if name not in kinds.ENDPOINTS:
        draft.body = getattr(draft, kinds.BODIES.get(name, ""), None)
    related = AroundDraft(related_to(request).base, draft)
    return shape(view.serializer, view.detail_fields()).shown([draft], related)[0]
